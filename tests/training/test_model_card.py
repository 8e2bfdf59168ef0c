"""README.md and samples.png of real (small) model folders."""

from pathlib import Path

import numpy as np
import pytest
from huggingface_hub import ModelCard
from PIL import Image

import genapp
from genapp.card import Card
from tests.folders import make_generator, make_judge
from training.data import Pictures
from training.evaluate import merge_metrics
from training.model_card import render, write_model_card

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


def on_mnist(folder: Path, **changes) -> Card:
    """The folder's card, saved with MNIST as its data."""
    card = Card.load(folder)
    made = {"data": "assets/data/mnist", "command": "python -m training train tiny", "commit": "c" * 40, "threads": 2}
    made |= {"images_seen": 1_234_567, "minutes": 30.25, "processor": "Test CPU"}
    card = card.model_copy(update={"provenance": card.provenance.model_copy(update=made), **changes})
    card.save(folder)
    return card


def cut(sheet: Image.Image, column: int, row: int) -> np.ndarray:
    """One picture out of a sheet, at its own size again."""
    left, top = column * 58, row * 58
    return np.asarray(sheet)[top : top + 56 : 2, left : left + 56 : 2]


def test_a_generators_sheet_shows_the_first_64_seeds_untruncated(tmp_path, pictures):
    folder = make_generator(tmp_path / "m", "tiny", size=SIZE, mapping=True, layers=2)
    write_model_card(folder, pictures)
    expected = genapp.load_model(str(folder)).generate(seeds=range(64), truncation=1.0)[..., 0]
    with Image.open(folder / "samples.png") as sheet:
        assert (sheet.mode, sheet.size) == ("L", (ACROSS, 4 * 56 + 3 * 2))
        assert np.array_equal(cut(sheet, 0, 0), expected[0])
        assert np.array_equal(cut(sheet, 15, 3), expected[63])


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
    card = on_mnist(folder, licence="CC BY-SA 3.0")
    merge_metrics(folder, "samples", SAMPLES)
    write_model_card(folder, pictures)
    readme = ModelCard.load(folder / "README.md")
    data = readme.data
    assert (data.license, data.library_name, data.pipeline_tag) == (
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
        card.model_sha256,
        "python -m training train tiny",
        "## Intended use",
        "It has no encoder",
    ):
        assert part in readme.text, part


def test_the_table_puts_the_floor_beside_each_score(tmp_path):
    card = on_mnist(make_generator(tmp_path / "m", "tiny", size=SIZE))
    bound = {"nats": 84.126, "standard_error": 0.214, "importance_samples": 5000, "pictures": 1000}
    likelihood = {"bounds": {"5000": bound}, "binarisation_seed": 3, "seed": 0, "other": {"value": 2.5}}
    text = render(card, {"likelihood": likelihood, "samples": SAMPLES}, "")
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


def test_own_pictures_get_an_own_text_and_a_licence_that_the_hub_does_not_know(tmp_path, pictures):
    folder = make_generator(tmp_path / "m", "shoes", size=SIZE, channels=3, task="shoes", family="flow")
    on_mnist(folder, licence="House rules")
    card = Card.load(folder)
    card = card.model_copy(update={"provenance": card.provenance.model_copy(update={"data": "data/shoes"})})
    card.save(folder)
    write_model_card(folder, pictures)
    readme = ModelCard.load(folder / "README.md")
    assert (readme.data.license, readme.data.to_dict()["license_name"]) == ("other", "House rules")
    assert readme.data.datasets is None
    assert "Trained on data/shoes." in readme.text
    assert "A model of pictures." in readme.text
    assert "MNIST" not in readme.text
    with Image.open(folder / "samples.png") as sheet:
        assert sheet.mode == "RGB"
