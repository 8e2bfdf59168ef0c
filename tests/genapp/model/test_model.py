from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save, save_file

import genapp
from genapp.limits import MAX_SEED
from genapp.model.conditions import condition_arrays, drawn
from genapp.model.config import AttributeCondition, ClassCondition, ConfigError, ModelConfig, file_sha256
from genapp.model.model import Model, load_model
from genapp.model.signature import joint_table
from tests.conftest import open_model
from tests.folders import DIGITS, make_generator


def test_a_seed_means_numpys_frozen_stream(plain: Model) -> None:
    expected = np.random.RandomState(7).standard_normal(6).astype(np.float32)
    np.testing.assert_array_equal(plain.latents([7])[0, 0], expected)


def test_shapes_and_types(plain: Model, styled: Model) -> None:
    assert plain.generate(range(3)).shape == (3, 8, 8, 1)
    assert plain.generate(5).shape == (1, 8, 8, 1)
    pictures = styled.generate(np.arange(4))
    assert (pictures.shape, pictures.dtype) == ((4, 8, 8, 3), np.uint8)
    w = styled.latents(range(2))
    assert (w.shape, w.dtype, styled.mean.shape) == ((2, 3, 8), np.float32, (3, 8))
    assert styled.provider == "CPU"


def test_generate_is_latents_truncated_and_decoded(styled: Model) -> None:
    w = styled.latents(range(5))
    by_hand = styled.decode((styled.mean + np.float32(0.5) * (w - styled.mean)).astype(np.float32))
    np.testing.assert_array_equal(styled.generate(range(5), truncation=0.5), by_hand)
    np.testing.assert_array_equal(styled.generate(range(5)), styled.decode(w))


def test_truncation_at_zero_gives_the_mean_picture(styled: Model) -> None:
    pictures = styled.generate(range(3), truncation=0)
    np.testing.assert_array_equal(pictures, styled.decode(styled.mean[None]).repeat(3, axis=0))


def test_a_picture_depends_on_its_own_seed_only(styled: Model) -> None:
    grid = styled.generate([4, 9, 2, 9])
    np.testing.assert_array_equal(grid[1], grid[3])
    np.testing.assert_array_equal(grid[2], styled.generate([2])[0])
    assert (grid[0] != grid[1]).any()


def test_edits_add_directions(styled: Model) -> None:
    w = styled.latents([1])
    expected = w + np.float32(1.5) * styled.directions["smile"].vector
    np.testing.assert_array_equal(styled.edit(w, {"smile": 1.5}), expected)
    np.testing.assert_array_equal(styled.generate([1], edits={"smile": 1.5}), styled.decode(expected))
    both, turned = ({"age": 1.0, "smile": 2.0}, {"smile": 2.0, "age": 1.0})
    np.testing.assert_array_equal(styled.edit(w, both), styled.edit(w, turned))


def test_encoder_critic_and_judge(coder: Model, plain: Model, judge: Model) -> None:
    pictures = np.random.RandomState(0).randint(0, 256, (70, 8, 8, 1), np.uint8)
    w = coder.encode(pictures)
    assert (w.shape, w.dtype) == ((70, 1, 6), np.float32)
    assert coder.decode(w).shape == pictures.shape
    assert plain.score(pictures).shape == (70,)
    probabilities, features = judge.classify(pictures)
    assert (probabilities.shape, features.shape) == ((70, 10), (70, 5))
    np.testing.assert_allclose(probabilities.sum(1), 1, rtol=1e-5)


def test_conditions_change_the_picture_and_leave_z(asked: Model) -> None:
    seven, three = asked.generate([1], digit=7), asked.generate([1], digit="3")
    assert (seven != three).any()
    np.testing.assert_array_equal(seven, asked.generate([1], digit="7"))
    assert (asked.generate([1], digit=7, smiling=True) != asked.generate([1], digit=7, smiling=False)).any()
    np.testing.assert_array_equal(seven, asked.generate([1], digit=7, smiling=None, male=None))
    each = asked.generate([1, 1], digit=[7, 3])
    np.testing.assert_array_equal(each, np.concatenate([seven, three]))
    np.testing.assert_array_equal(seven, asked.decode(asked.latents([1], digit=7), digit=7))


def test_an_open_class_is_drawn_by_the_seed_alone(asked: Model) -> None:
    many = asked.generate(range(40))
    np.testing.assert_array_equal(many[13], asked.generate([13])[0])
    drawn = {
        label for label in range(10) for seed in range(40) if (asked.generate([seed], digit=label) == many[seed]).all()
    }
    assert len(drawn) >= 7


@pytest.mark.parametrize("seeds", [[-1], [MAX_SEED + 1], [10**30], [1.5], ["3"], [True], [None], [], [[1]]])
def test_seeds_that_do_not_exist(plain: Model, seeds: list) -> None:
    with pytest.raises(ValueError, match="seed"):
        plain.generate(seeds)
    with pytest.raises(ValueError, match="seed"):
        plain.latents(seeds)


def test_the_largest_seed_works(plain: Model) -> None:
    assert plain.generate([0, MAX_SEED]).shape[0] == 2


def test_too_many_pictures(plain: Model) -> None:
    with pytest.raises(ValueError, match="100001 seeds: ask for 1 to 100000"):
        plain.generate(range(100_001))


@pytest.mark.parametrize("psi", [float("nan"), float("inf"), 2.5, "1", None])
def test_truncation_that_makes_no_sense(plain: Model, psi: object) -> None:
    with pytest.raises(ValueError, match=r"truncation is .*between -2 and 2"):
        plain.generate([0], truncation=psi)


@pytest.mark.parametrize(
    ("edits", "message"),
    [({"hair": 1.0}, "no direction 'hair': it has age, smile"), ({"smile": float("nan")}, "finite")],
)
def test_edits_that_do_not_exist(styled: Model, edits: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        styled.generate([0], edits=edits)


@pytest.mark.parametrize(
    ("conditions", "message"),
    [
        ({"hat": True}, "no condition 'hat': it takes digit, smiling, male"),
        ({"digit": 10}, "unknown: ask for one of 0, 1"),
        ({"digit": True}, "unknown"),
        ({"digit": [1, 2, 3]}, "3 values for 2 pictures"),
        ({"smiling": "yes"}, "ask for True"),
    ],
)
def test_conditions_that_do_not_exist(asked: Model, conditions: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        asked.generate([0, 1], **conditions)


def test_decode_cannot_draw_a_class(asked: Model) -> None:
    with pytest.raises(ValueError, match="say which digit"):
        asked.decode(np.zeros((1, 2, 8), np.float32))


def test_each_graph_gets_every_attribute_and_only_its_classes(tmp_path: Path) -> None:
    digit = ClassCondition(name="digit", labels=DIGITS, graphs=("mapping",))
    smiling = AttributeCondition(name="smiling", graphs=("mapping",))
    male = AttributeCondition(name="male", graphs=("generator",))
    folder = make_generator(tmp_path / "split", mapping=True, conditions=(digit, smiling, male))
    model = open_model(folder)
    asked = {"smiling": True, "male": False}
    whole = model.generate([1], digit=3, **asked)
    w = model.latents([1], digit=3, **asked)
    np.testing.assert_array_equal(model.decode(w, **asked), whole)
    np.testing.assert_array_equal(model.decode(w, digit=5, **asked), whole)
    assert (model.decode(w, smiling=True, male=True) != whole).any()


def test_an_unconditional_model_takes_no_conditions(plain: Model) -> None:
    with pytest.raises(ValueError, match="plain has no condition 'digit': it takes none"):
        plain.generate([0], digit=3)


@pytest.mark.parametrize(
    "w",
    [
        np.zeros((1, 6), np.float32),
        np.zeros((1, 1, 5), np.float32),
        np.zeros((0, 1, 6), np.float32),
        np.zeros((1, 1, 6), np.int64),
        np.full((1, 1, 6), np.nan, np.float32),
        [[[0.0] * 6]],
    ],
)
def test_latents_of_a_wrong_shape(plain: Model, w: object) -> None:
    with pytest.raises(ValueError, match="give"):
        plain.decode(w)


@pytest.mark.parametrize(
    "images",
    [
        np.zeros((1, 8, 8, 1), np.float32),
        np.zeros((1, 8, 8), np.uint8),
        np.zeros((8, 8, 1), np.uint8),
        np.zeros((1, 8, 8, 3), np.uint8),
        np.zeros((1, 28, 28, 1), np.uint8),
        np.zeros((0, 8, 8, 1), np.uint8),
        "picture.png",
    ],
)
def test_pictures_of_a_wrong_shape(coder: Model, images: object) -> None:
    with pytest.raises(ValueError, match="give"):
        coder.encode(images)


def test_what_a_model_cannot_do_is_said(plain: Model, coder: Model, judge: Model) -> None:
    with pytest.raises(ValueError, match="coder cannot generate: it has no prior"):
        coder.generate([0])
    with pytest.raises(ValueError, match="coder cannot generate"):
        coder.latents([0])
    with pytest.raises(ValueError, match="judge cannot generate: it is a judge"):
        judge.generate([0])
    with pytest.raises(ValueError, match="plain has no encoder"):
        plain.encode(np.zeros((1, 8, 8, 1), np.uint8))
    with pytest.raises(ValueError, match="judge is a judge"):
        judge.decode(np.zeros((1, 1, 6), np.float32))
    with pytest.raises(ValueError, match="judge is a judge: it has no latents"):
        _ = judge.mean


def test_load_model_gives_one_object_until_the_folder_changes(tmp_path: Path) -> None:
    folder = make_generator(tmp_path / "mine", "mine")
    first = load_model(folder)
    assert load_model("mine", [tmp_path]) is first
    assert genapp.load_model(str(folder)) is first
    make_generator(folder, "mine", weights_seed=5)
    second = load_model(folder)
    assert (second.generate([0]) != first.generate([0])).any()


def test_a_file_that_was_altered_is_refused(tmp_path: Path) -> None:
    folder = make_generator(tmp_path / "mine")
    data = bytearray((folder / "generator.onnx").read_bytes())
    data[-1] ^= 1
    (folder / "generator.onnx").write_bytes(data)
    with pytest.raises(ConfigError, match=r"generator\.onnx is not the file that its config.json names"):
        open_model(folder)


@pytest.mark.parametrize("name", ["generator.onnx", "latents.safetensors", "config.json"])
def test_a_file_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    folder = make_generator(tmp_path / "mine")
    (folder / name).unlink()
    with pytest.raises(ConfigError, match=name):
        open_model(folder)
    with pytest.raises(ConfigError, match=name):
        load_model(folder)


def _rewrite(folder: Path, **changes: object) -> None:
    """Change the card and make its hashes right again."""
    config = ModelConfig.load(folder)
    hashes = {name: file_sha256(folder / name) for name in config.sha256}
    config.model_copy(update={"sha256": hashes, **changes}).save(folder)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"output": {"kind": "image", "height": 9, "width": 8, "channels": 1}}, r"output 'image' is .*promises"),
        ({"latent": {"dim": 6, "layers": 1, "width": 7}}, r"'mean' is float32 \(1, 6\)"),
    ],
)
def test_a_graph_that_breaks_its_cards_word_is_refused(tmp_path: Path, changes: dict, message: str) -> None:
    folder = make_generator(tmp_path / "mine")
    text = ModelConfig.load(folder).model_dump() | changes
    ModelConfig.model_validate(text).save(folder)
    with pytest.raises(ConfigError, match=message):
        open_model(folder).warm()


def test_files_swapped_between_models_are_refused(tmp_path: Path) -> None:
    small, large = make_generator(tmp_path / "a"), make_generator(tmp_path / "b", size=16)
    (small / "generator.onnx").write_bytes((large / "generator.onnx").read_bytes())
    _rewrite(small)
    with pytest.raises(ConfigError, match=r"config\.json promises"):
        open_model(small).generate([0])


def test_garbage_in_the_latents_file_is_refused(tmp_path: Path) -> None:
    folder = make_generator(tmp_path / "mine")
    (folder / "latents.safetensors").write_bytes(b"garbage")
    _rewrite(folder)
    with pytest.raises(ConfigError, match=r"latents\.safetensors cannot be read"):
        open_model(folder)


def test_a_mapping_needs_a_mean(tmp_path: Path) -> None:
    folder = make_generator(tmp_path / "mine", mapping=True)
    config = ModelConfig.load(folder)
    hashes = {name: digest for name, digest in config.sha256.items() if name.endswith(".onnx")}
    config.model_copy(update={"sha256": hashes}).save(folder)
    with pytest.raises(ConfigError, match=r"needs latents\.safetensors"):
        open_model(folder)


@pytest.mark.parametrize("limits", [None, [1.0, 3.0], [-2.0, 0.0], [-2.0, float("inf")], [-1.0, 0.0, 1.0]])
def test_a_direction_needs_a_useful_range(tmp_path: Path, limits: list[float] | None) -> None:
    folder = make_generator(tmp_path / "mine", mapping=True, directions=("smile",))
    assert (open_model(folder).directions["smile"].low, open_model(folder).directions["smile"].high) == (-2, 3)
    tensors = load_file(folder / "latents.safetensors")
    del tensors["ranges.smile"]
    if limits:
        tensors["ranges.smile"] = np.array(limits, np.float32)
    save_file(tensors, folder / "latents.safetensors")
    _rewrite(folder)
    with pytest.raises(ConfigError, match=r"ranges\.smile"):
        open_model(folder)


def test_warm_starts_every_graph(models: Path) -> None:
    for name in ("plain", "styled", "coder", "asked", "judge"):
        model = open_model(models / name)
        model.warm()
        assert model.provider == "CPU"


def test_many_threads_may_use_a_new_model_at_once(models: Path) -> None:
    model = open_model(models / "styled")
    expected = open_model(models / "styled").generate(range(20))
    results: dict[int, np.ndarray] = {}

    def draw(index: int) -> None:
        results[index] = model.generate(range(20))

    threads = [threading.Thread(target=draw, args=(index,)) for index in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    assert all((pictures == expected).all() for pictures in results.values())


JOINT = {(1, 1): 1, (1, -1): 3, (-1, -1): 4}
"""Smiling and male: nobody is male who does not smile."""


@pytest.fixture(scope="module")
def posed(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """Smiling and male, each with its share of the data."""
    attributes = tuple(AttributeCondition(name=name, graphs=("generator",)) for name in ("smiling", "male"))
    folder = tmp_path_factory.mktemp("posed") / "posed"
    return open_model(make_generator(folder, "posed", mapping=True, conditions=attributes, joint=JOINT))


def test_free_attributes_are_drawn_as_they_occur_together(posed: Model) -> None:
    free = np.stack([condition_arrays(posed.config, {}, [seed], posed.joint)["attributes"][0] for seed in range(2000)])
    rows, counts = np.unique(free, axis=0, return_counts=True)
    assert {tuple(row): count for row, count in zip(rows, counts / 2000, strict=True)} == pytest.approx(
        {row: count / 8 for row, count in JOINT.items()}, abs=0.03
    )
    smiling = [
        condition_arrays(posed.config, {"smiling": True}, [seed], posed.joint)["attributes"][0, 1]
        for seed in range(2000)
    ]
    assert np.mean(np.array(smiling) > 0) == pytest.approx(1 / 4, abs=0.03)
    assert condition_arrays(posed.config, {"male": True}, [5], posed.joint)["attributes"].tolist() == [[1, 1]]
    given = drawn(posed.config, {}, 11, posed.joint)
    np.testing.assert_array_equal(posed.generate([11]), posed.generate([11], **given))
    w = posed.latents([11])
    np.testing.assert_array_equal(w, posed.latents([11], smiling=True))
    assert not np.array_equal(posed.decode(w), posed.decode(w, **given))  # no seed, no draw: free is free


def test_what_never_occurs_together_is_refused(posed: Model) -> None:
    with pytest.raises(ValueError, match="nothing that posed has seen is not smiling and male: leave one of them open"):
        posed.generate([1], smiling=False, male=True)


@pytest.mark.parametrize(
    "tensors",
    [
        {"rows": np.ones((2, 2), np.int8)},
        {"rows": np.ones((2, 3), np.int8), "counts": np.ones(2, np.int64)},
        {"rows": np.zeros((2, 2), np.int8), "counts": np.ones(2, np.int64)},
        {"rows": np.ones((2, 2), np.int8), "counts": np.zeros(2, np.int64)},
        {"rows": np.ones((0, 2), np.int8), "counts": np.ones(0, np.int64)},
    ],
)
def test_a_wrong_table_of_attributes_is_named(posed: Model, tensors: dict) -> None:
    with pytest.raises(ConfigError, match=r"attributes\.safetensors"):
        joint_table(posed.folder, posed.config, save(tensors))
