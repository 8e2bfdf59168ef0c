"""Features of real pictures are computed once, and again when pictures or weights change."""

from pathlib import Path

import numpy as np

from training.evaluation.feature_cache import features_of, real_features_of
from training.evaluation.features import Features


class Counting:
    """Features that remember how many pictures they were asked about."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, images: np.ndarray) -> np.ndarray:
        self.asked += len(images)
        return images.reshape(len(images), -1)[:, :2].astype(np.float32)


def pictures(count: int, seed: int = 0) -> np.ndarray:
    return np.random.RandomState(seed).randint(0, 256, (count, 4, 4, 3), np.uint8)


def test_many_pictures_are_read_in_parts_and_in_order() -> None:
    images = pictures(600)
    found = features_of(Features("tiny", "0" * 64, "none", Counting()), images, "samples")
    assert (found.dtype, found.shape) == (np.float32, (600, 2))
    assert np.array_equal(found, images[:, 0, 0, :2])


def test_real_pictures_are_read_once(tmp_path: Path) -> None:
    asked = Counting()
    features = Features("tiny", "0" * 64, "none", asked)
    first = real_features_of(features, pictures(5), "test pictures", tmp_path / "cache")
    again = real_features_of(features, pictures(5), "test pictures", tmp_path / "cache")
    assert asked.asked == 5
    assert np.array_equal(first, again)
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".npy"]


def test_other_pictures_weights_and_sizes_are_read_anew(tmp_path: Path) -> None:
    asked = Counting()
    real_features_of(Features("tiny", "0" * 64, "none", asked), pictures(5), "x", tmp_path)
    for changed, images in (
        (Features("tiny", "0" * 64, "none", asked), pictures(5, seed=1)),
        (Features("tiny", "1" * 64, "none", asked), pictures(5)),
        (Features("tiny", "0" * 64, "twice as large", asked), pictures(5)),
        (Features("tiny", "0" * 64, "none", asked), pictures(5).reshape(5, 8, 2, 3)),
    ):
        before = asked.asked
        real_features_of(changed, images, "x", tmp_path)
        assert asked.asked == before + 5


def test_a_part_of_a_memory_map_is_read_like_an_array(tmp_path: Path) -> None:
    images = pictures(8)
    images.tofile(tmp_path / "images.u8")
    mapped = np.memmap(tmp_path / "images.u8", np.uint8, "r", shape=images.shape)
    asked = Counting()
    features = Features("tiny", "0" * 64, "none", asked)
    found = real_features_of(features, mapped[3:], "x", tmp_path)
    assert np.array_equal(real_features_of(features, images[3:], "x", tmp_path), found)
    assert asked.asked == 5
