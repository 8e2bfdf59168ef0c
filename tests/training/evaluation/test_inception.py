"""The standard FID's network: what is said where it cannot be had, and what it gives where it can."""

from urllib.error import URLError

import numpy as np
import pytest
import torch

from training.evaluation import inception
from training.evaluation.features import Features
from training.evaluation.inception import InceptionError, load_inception


class Small(torch.nn.Module):
    """Stands in for the network of 24 million weights: takes and gives what that does."""

    def __init__(self, name: str, features_list: list[str], antialias: bool) -> None:
        super().__init__()
        assert (name, features_list, antialias) == ("inception-v3-compat", ["2048"], False)
        self.weight = torch.nn.Parameter(torch.arange(3.0))

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        assert images.dtype == torch.uint8
        assert images.shape[1] == 3
        return images.float().mean((2, 3)) @ torch.diag(self.weight)


def raising(error: Exception):
    def load(*_: object, **__: object) -> Features:
        raise error

    return load


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (ModuleNotFoundError("no torch-fidelity"), "pip install torch-fidelity"),
        (
            URLError("no network"),
            r"cannot be fetched \(<urlopen error no network>\).*weights-inception-2015-12-05-6726825d",
        ),
        (RuntimeError("invalid hash value"), "invalid hash value"),
    ],
)
def test_what_to_do_where_it_cannot_be_had(monkeypatch: pytest.MonkeyPatch, error: Exception, says: str) -> None:
    monkeypatch.setattr(inception, "NoTrainInceptionV3", raising(error))
    with pytest.raises(InceptionError, match=says):
        load_inception()


def test_its_features_are_named_and_grey_pictures_have_three_channels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inception, "NoTrainInceptionV3", Small)
    features = load_inception()
    images = np.random.RandomState(0).randint(0, 256, (70, 8, 8, 1), np.uint8)
    found = features(images)
    assert (features.name, len(features.sha256)) == ("inception-v3-compat", 64)
    assert (found.dtype, found.shape) == (np.float32, (70, 3))
    assert np.allclose(found, images.mean((1, 2)) * [0, 1, 2], atol=1e-3)
