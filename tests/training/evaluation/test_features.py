"""The real EfficientNet-Lite0, whose weights come with a package."""

import numpy as np
import pytest

from training.evaluation.features import EFFICIENTNET, Features, load_features


@pytest.fixture(scope="module")
def features() -> Features:
    return load_features(EFFICIENTNET)


def test_it_names_what_a_distance_depends_on(features: Features) -> None:
    assert features.name == "efficientnet-lite0"
    assert len(features.sha256) == 64
    assert "128x128" in features.resize


def test_features_do_not_depend_on_the_batch_and_tell_pictures_apart(features: Features) -> None:
    images = np.random.RandomState(0).randint(0, 256, (3, 32, 32, 3), np.uint8)
    images[2] = images[0]
    found = features(images)
    assert (found.dtype, found.shape) == (np.float32, (3, 1280))
    np.testing.assert_allclose(features(images[1:2])[0], found[1], atol=1e-4)
    np.testing.assert_allclose(found[2], found[0], atol=1e-4)
    assert np.abs(found[1] - found[0]).max() > 0.1


def test_a_grey_picture_is_read_as_one_of_three_equal_channels(features: Features) -> None:
    grey = np.random.RandomState(1).randint(0, 256, (1, 28, 28, 1), np.uint8)
    np.testing.assert_allclose(features(grey), features(grey.repeat(3, -1)), atol=1e-5)
