"""README.md and samples.png of real (small) model folders."""

from pathlib import Path

import numpy as np
import pytest
from huggingface_hub import ModelCard
from PIL import Image

import genapp
from genapp.model.config import ClassCondition, ModelConfig
from tests.faces import LOOKS, make_face_artist, make_face_gan
from tests.folders import DIGITS, make_generator, make_judge
from training.data.pictures import Pictures
from training.evaluation.metrics_file import merge_metrics
from training.report.model_card import render, write_model_card

SIZE = 28
ACROSS = 16 * 56 + 15 * 2  # sixteen pictures, twice enlarged, with gaps of two pixels
SAMPLES = {
    "frechet_distance": {"value": 3.25, "real": 1.125, "less_real": 2.125},
    "recall": {"value": 0.5, "real": 0.75},
    "class_shares": {"value": {"0": 0.4, "1": 0.6}, "real": {"0": 0.45, "1": 0.55}, "minimum": 0.4, "maximum": 0.6},
    "network": {"name": "tiny-judge", "model_sha256": "ab" * 32},
    "counts": {"samples": 10_000, "reference": 10_000},
    "seed": 0,
    "command": "python -m training evaluate tiny",
}


@pytest.fixture(scope="module")
def judge_folder(tmp_path_factory) -> Path:
    return make_judge(tmp_path_factory.mktemp("judge"), size=SIZE)


@pytest.fixture(scope="module")
def pictures(judge_folder) -> Pictures:
    """Random pictures, of which three have another label than the judge reads."""
    images = np.random.RandomState(0).randint(0, 256, (100, SIZE, SIZE, 1), np.uint8)
    labels = genapp.load_model(str(judge_folder)).classify(images)[0].argmax(1).astype(np.int64)
    labels[[4, 50, 99]] = (labels[[4, 50, 99]] + 1) % 10
    return Pictures(images, labels, tuple("0123456789"), "00" * 32, "assets/data/mnist")


def on_mnist(folder: Path, **changes) -> ModelConfig:
    """The folder's card, saved with MNIST as its data."""
    model_config = ModelConfig.load(folder)
    made = {"data": "assets/data/mnist", "command": "python -m training train tiny", "commit": "c" * 40, "threads": 2}
    made |= {"images_seen": 1_234_567, "minutes": 30.25, "processor": "Test CPU"}
    model_config = model_config.model_copy(
        update={"provenance": model_config.provenance.model_copy(update=made), **changes}
    )
    model_config.save(folder)
    return model_config


def test_a_card_says_on_what_the_minutes_were_measured(judge_folder) -> None:
    model_config = on_mnist(judge_folder)

    def rendered(**made) -> str:
        return render(
            model_config.model_copy(update={"provenance": model_config.provenance.model_copy(update=made)}), {}, {}
        )

    assert "| Time | 30.2 minutes, 2 threads, Test CPU, fp32 |" in rendered(precision="fp32")
    chain = "python -m training train tiny --run a && python -m training train tiny --start a"
    text = rendered(command=chain, critic="assets/weights/tiny")
    assert "| Time | 30.2 minutes in all; the last run, 2 threads, Test CPU |" in text
    assert "| Critic | that of `assets/weights/tiny`" in text


def test_a_card_says_who_labelled_what_nobody_had(judge_folder) -> None:
    model_config = on_mnist(judge_folder)
    assert "Labeller" not in render(model_config, {}, {})
    made = model_config.provenance.model_copy(update={"labeller": "python -m training train tiny-labeller"})
    text = render(model_config.model_copy(update={"provenance": made}), {}, {})
    assert "| Labeller | `python -m training train tiny-labeller` |" in text and "nobody has labelled" in text


def cut(sheet: Image.Image, column: int, row: int) -> np.ndarray:
    """One picture out of a sheet, at its own size again."""
    left, top = column * 58, row * 58
    return np.asarray(sheet)[top : top + 56 : 2, left : left + 56 : 2]


def test_a_generators_sheet_shows_the_first_64_seeds_untruncated(tmp_path, pictures):
    folder = make_generator(tmp_path / "m", "tiny", size=SIZE, mapping=True, layers=2)
    write_model_card(folder, pictures)
    text = (folder / "README.md").read_text("utf-8")
    model = genapp.load_model(str(folder))
    expected = model.generate(seeds=range(64), truncation=1.0)[..., 0]
    with Image.open(folder / "samples.png") as sheet:
        assert (sheet.mode, sheet.size) == ("L", (ACROSS, 4 * 56 + 3 * 2))
        assert np.array_equal(cut(sheet, 0, 0), expected[0])
        assert np.array_equal(cut(sheet, 15, 3), expected[63])
    assert "](samples.png)" in text
    assert "Samples of seeds 0 to 63, untruncated and not selected." in text


def test_a_sheet_of_orders_has_a_row_a_seed_and_a_column_a_class(tmp_path, pictures):
    digit = ClassCondition(name="digit", labels=DIGITS, graphs=("generator",))
    folder = make_generator(tmp_path / "writer", "writer", size=SIZE, conditions=(digit,))
    write_model_card(folder, pictures)
    text = (folder / "README.md").read_text("utf-8")
    assert "A seed a row, from 0 to 5, a digit a column" in text
    assert 'generate(seeds=range(16), truncation=0.8, digit="9")' in text
    assert "not a promise" in text
    with Image.open(folder / "samples.png") as sheet:
        assert sheet.size == (10 * 56 + 9 * 2, 6 * 56 + 5 * 2)
        assert np.array_equal(cut(sheet, 7, 3), genapp.load_model(str(folder)).generate([3], digit="7")[0, ..., 0])


def test_an_autoencoders_sheet_shows_originals_above_reconstructions(tmp_path, pictures):
    folder = make_generator(tmp_path / "m", "tiny", size=SIZE, encoder=True, sampling=None, family="autoencoder")
    write_model_card(folder, pictures)
    model = genapp.load_model(str(folder))
    rebuilt = model.decode(model.encode(pictures.images[:32]))
    with Image.open(folder / "samples.png") as sheet:
        assert np.array_equal(cut(sheet, 3, 0), pictures.images[3, ..., 0])
        assert np.array_equal(cut(sheet, 3, 1), rebuilt[3, ..., 0])
        assert np.array_equal(cut(sheet, 2, 2), pictures.images[18, ..., 0])
        assert np.array_equal(cut(sheet, 2, 3), rebuilt[18, ..., 0])
    text = (folder / "README.md").read_text("utf-8")
    assert "model.decode(model.encode(images))" in text
    assert "cannot draw new pictures" in text
    assert "genapp generate" not in text


def test_a_judges_sheet_shows_what_it_misreads_and_none_when_it_misreads_nothing(judge_folder, pictures):
    write_model_card(judge_folder, pictures)
    with Image.open(judge_folder / "samples.png") as sheet:
        assert sheet.size == (3 * 56 + 2 * 2, 56)
        assert np.array_equal(cut(sheet, 1, 0), pictures.images[50, ..., 0])
    assert "reads wrongly: 3 of 3, 100 were shown" in (judge_folder / "README.md").read_text("utf-8")
    write_model_card(judge_folder, pictures.part(5, 50))
    assert not (judge_folder / "samples.png").exists()
    text = (judge_folder / "README.md").read_text("utf-8")
    assert "samples.png" not in text
    assert "model.classify(images)" in text


def test_the_readme_is_a_hub_card_with_results(tmp_path, pictures):
    folder = make_generator(tmp_path / "m", "tiny", size=SIZE, title="Tiny digits")
    model_config = on_mnist(folder, licence="CC BY-SA 3.0")
    merge_metrics(folder, "samples", SAMPLES)
    write_model_card(folder, pictures)
    readme = ModelCard.load(folder / "README.md")
    data = readme.data
    assert tuple(data.to_dict()[key] for key in ("license", "library_name", "pipeline_tag")) == (
        "cc-by-sa-3.0",
        "onnx",
        "unconditional-image-generation",
    )
    assert data.datasets == ["ylecun/mnist"]
    assert {"genapp", "gan", "digits"} <= set(data.tags)
    assert data.model_name == "tiny"
    results = {result.metric_type: result for result in data.eval_results}
    assert results["frechet_distance"].metric_value == 3.25
    assert "tiny-judge" in results["frechet_distance"].metric_name
    assert (results["recall"].dataset_type, results["recall"].dataset_split) == ("ylecun/mnist", "test")
    for part in (
        "# Tiny digits",
        "1,234,567",
        "30.2 minutes, 2 threads, Test CPU",
        "creativecommons.org/licenses/by-sa/3.0",
        "Licence of the weights: CC BY-SA 3.0",
        model_config.model_sha256,
        "python -m training train tiny",
        "## Intended use",
        "It has no encoder",
    ):
        assert part in readme.text, part


def test_the_table_puts_the_floor_beside_each_score(tmp_path):
    model_config = on_mnist(make_generator(tmp_path / "m", "tiny", size=SIZE))
    bound = {"nats": 84.126, "standard_error": 0.214, "importance_samples": 5000, "pictures": 1000}
    likelihood = {"bounds": {"5000": bound}, "binarisation_seed": 3, "seed": 0, "other": {"value": 2.5}}
    text = render(model_config, {"likelihood": likelihood, "samples": SAMPLES}, {})
    lines = text.splitlines()
    header = lines.index("| Score | This model | Real pictures | Difference |")
    assert lines[header + 1] == "| --- | --- | --- | --- |"
    assert lines[header + 2] == "| Frechet distance (less is better) | 3.25 | 1.125 | 2.125 |"
    assert lines[header + 3] == "| Recall, k = 3 (variety reached) | 0.5 | 0.75 | -0.25 |"
    assert lines[header + 4] == "| Rarest class, share of samples | 0.4 | 0.45 |  |"
    assert lines[header + 6] == ""
    assert [line for line in lines if "5,000 importance samples, 1,000 test pictures | 84.13 ± 0.21 |" in line]
    assert "| Other | 2.5 |" in lines
    assert "binarisation seed 3; seed 0." in text
    assert text.index("### Samples") < text.index("### Likelihood")
    assert "network tiny-judge (abababababab); counts samples 10,000, reference 10,000; seed 0;" in text


def test_scores_of_other_weights_are_left_out(tmp_path, pictures):
    folder = make_generator(tmp_path / "m", "tiny", size=SIZE)
    merge_metrics(folder, "samples", SAMPLES)
    make_generator(folder, "tiny", size=SIZE, weights_seed=5)
    write_model_card(folder, pictures)
    text = (folder / "README.md").read_text("utf-8")
    assert "| Score |" not in text
    assert "Not scored yet: run `python -m training evaluate tiny`" in text


def faces(folder: Path, name: str, **changes) -> Path:
    """A folder of a model of faces that says it was trained on CelebA."""
    make_generator(folder, name, size=64, channels=3, task="faces", **changes)
    model_config = ModelConfig.load(folder)
    made = model_config.provenance.model_copy(update={"data": "data/celeba"})
    model_config.model_copy(update={"provenance": made, "licence": "non-commercial research"}).save(folder)
    return folder


@pytest.fixture(scope="module")
def photographs() -> Pictures:
    """They stand for photographs of people: every one is of a grey that no model here draws."""
    return Pictures(np.full((40, 64, 64, 3), 77, np.uint8), None, (), "00" * 32, "data/celeba")


def test_a_card_of_faces_says_that_nobody_exists_what_the_licence_is_and_who_is_missing(tmp_path, photographs):
    folder = faces(tmp_path / "m", "faces-gan")
    write_model_card(folder, photographs)
    readme = ModelCard.load(folder / "README.md")
    assert (readme.data.license, readme.data.to_dict()["license_name"]) == ("other", "non-commercial-research")
    text = " ".join(readme.text.split())
    for part in (
        "These people do not exist",
        "Licence of the weights: non-commercial research",
        "non-commercial research only",
        "Ziwei Liu, Ping Luo, Xiaogang Wang and Xiaoou Tang",
        "51 % smiling",
        "light-skinned",
        "hats, hands",
        "glasses",
        "profile",
        "none of them is a fact about a person",
        "Not for identifying",
        "turns random numbers into new faces",
    ):
        assert part in text, part
    model = genapp.load_model(str(folder))
    for file, truncation in (("samples.png", 1.0), ("samples-0.7.png", 0.7)):
        expected = model.generate(seeds=range(64), truncation=truncation)
        with Image.open(folder / file) as sheet:
            assert (sheet.mode, sheet.size) == ("RGB", (16 * 64 + 15 * 2, 4 * 64 + 3 * 2))
            assert np.array_equal(np.asarray(sheet)[:64, :64], expected[0])
            assert np.array_equal(np.asarray(sheet)[-64:, -64:], expected[63])
    assert "at truncation 0.7, not selected either" in text


def test_a_card_of_a_judge_of_attributes_draws_nobody_and_warns(tmp_path, photographs):
    make_judge(tmp_path / "m", "faces-judge", size=64, channels=3)
    model_config = ModelConfig.load(tmp_path / "m")
    model_config.model_copy(
        update={
            "task": "faces",
            "labels": (),
            "attributes": tuple(f"look{number}" for number in range(10)),
            "licence": "non-commercial research",
        }
    ).save(tmp_path / "m")
    merge_metrics(tmp_path / "m", "classification", {"balanced_accuracy_by_attribute": {"look3": 0.87654}})
    write_model_card(tmp_path / "m", photographs)
    text = " ".join((tmp_path / "m" / "README.md").read_text().split())
    assert "| Balanced accuracy, look3 | 0.8765 |" in text and "half of those photographs that have labels" in text
    assert (
        "nothing that it says is a fact about a person" in text and "Not to be used on photographs of anybody" in text
    )
    assert "do not exist" not in text and "hats, hands" not in text and not (tmp_path / "m" / "samples.png").exists()
    make_face_gan(tmp_path / "faces-gan")
    write_model_card(tmp_path / "m", photographs)
    judge, gan = (genapp.load_model(tmp_path / name) for name in ("m", "faces-gan"))
    images = gan.generate(range(1000))
    with Image.open(tmp_path / "m" / "samples.png") as sheet:
        assert sheet.size == (16 * 64 + 15 * 2, 10 * 64 + 9 * 2)
        shown = np.asarray(sheet)
    assert np.array_equal(shown[3 * 66 : 3 * 66 + 64, :64], images[judge.classify(images)[0][:, 3].argmax()])


def test_sheets_show_orders_directions_and_copies(tmp_path, photographs):
    artist = make_face_artist(tmp_path / "artist")
    write_model_card(artist, photographs)
    looks = len(LOOKS)
    with Image.open(artist / "samples-asked.png") as sheet:
        assert sheet.size == (looks * 64 + (looks - 1) * 2, 8 * 64 + 7 * 2)
        drawn = np.asarray(sheet)
    model = genapp.load_model(str(artist))
    assert np.array_equal(drawn[:64, :64], model.generate([0], smiling=False)[0])
    assert np.array_equal(drawn[66:130, :64], model.generate([0], smiling=True)[0])
    gan = make_face_gan(tmp_path / "gan")
    write_model_card(gan, photographs)
    with Image.open(gan / "samples-directions.png") as sheet:
        assert sheet.size == (14 * 64 + 13 * 2, 2 * 64 + 2)
        first = np.asarray(sheet)[:64, :64]
    model = genapp.load_model(str(gan))
    assert np.array_equal(first, model.generate([0], 0.7, {"pca-1": -3.0})[0])
    assert "pca-1, smiling" in (gan / "README.md").read_text()
    coder = faces(tmp_path / "vae", "faces-vae", encoder=True)
    write_model_card(coder, photographs)
    with Image.open(coder / "samples-encoded.png") as sheet:
        rows = np.asarray(sheet)
    model = genapp.load_model(str(coder))
    sample = model.generate([64])
    assert np.array_equal(rows[:64, :64], sample[0])
    assert np.array_equal(rows[66:130, :64], model.decode(model.encode(sample))[0])


def test_no_photograph_of_a_person_is_shown(tmp_path, photographs):
    folder = faces(tmp_path / "ae", "faces-autoencoder", encoder=True, sampling=None, family="autoencoder")
    write_model_card(folder, photographs)
    assert not (folder / "samples.png").exists()
    assert "samples.png" not in (folder / "README.md").read_text("utf-8")
    gan = genapp.load_model(str(faces(tmp_path / "faces-gan", "faces-gan", weights_seed=8)))
    write_model_card(folder, photographs)
    with Image.open(folder / "samples.png") as sheet:
        shown = np.asarray(sheet)
    drawn = gan.generate(range(32))
    model = genapp.load_model(str(folder))
    assert np.array_equal(shown[:64, :64], drawn[0])
    assert np.array_equal(shown[66:130, :64], model.decode(model.encode(drawn[:1]))[0])
    assert not (shown == 77).all(-1).any()
    assert "Samples of faces-gan, seeds 0 to 31" in (folder / "README.md").read_text("utf-8")


def test_the_scores_of_faces_are_named_with_their_network(tmp_path):
    model_config = ModelConfig.load(faces(tmp_path / "m", "faces-gan"))
    network = {"name": "efficientnet-lite0", "model_sha256": "cd" * 32, "resize": "bilinear to 128x128"}
    samples = {
        "frechet_distance": {"value": 9.5, "real": 2.5, "less_real": 7.0},
        "linear_accuracy": {"value": 0.9, "real": 0.5},
        "one_face": {"value": 0.96, "real": 0.98, "detector": "a detector"},
        "network": network,
        "counts": {"samples": 3000, "looked_at": 1000},
    }
    inception = {"frechet_inception_distance": {"value": 20.5, "real": 1.5}, "network": network}
    text = render(model_config, {"inception": inception, "samples": samples}, {})
    lines = text.splitlines()
    assert "| Frechet distance (less is better) | 9.5 | 2.5 | 7 |" in lines
    assert "| Share in which a face detector finds exactly one face | 0.96 | 0.98 | -0.02 |" in lines
    assert [line for line in lines if "(0.5 cannot tell) | 0.9 | 0.5 | 0.4 |" in line]
    assert "| FID, standard Inception network (less is better) | 20.5 | 1.5 | 19 |" in lines
    assert (
        "network efficientnet-lite0 (cdcdcdcdcdcd); pictures resized, bilinear to 128x128; counts samples 3,000" in text
    )
    assert "They are not the published FID" in text


def test_own_pictures_get_an_own_text_and_a_licence_that_the_hub_does_not_know(tmp_path, pictures):
    folder = make_generator(tmp_path / "m", "shoes", size=SIZE, channels=3, task="shoes", family="flow")
    on_mnist(folder, licence="House rules")
    model_config = ModelConfig.load(folder)
    model_config = model_config.model_copy(
        update={"provenance": model_config.provenance.model_copy(update={"data": "data/shoes"})}
    )
    model_config.save(folder)
    write_model_card(folder, pictures)
    readme = ModelCard.load(folder / "README.md")
    assert (readme.data.license, readme.data.to_dict()["license_name"]) == ("other", "house-rules")
    assert readme.data.datasets is None
    assert "Trained on data/shoes." in readme.text
    assert "A model of pictures." in readme.text
    assert "MNIST" not in readme.text
    with Image.open(folder / "samples.png") as sheet:
        assert sheet.mode == "RGB"
