"""The network of the standard FID, for those who can fetch its weights."""

from __future__ import annotations

import hashlib

import numpy as np
import torch
from numpy.typing import NDArray
from torchmetrics.image.fid import NoTrainInceptionV3

from training.evaluation.features import Features

WEIGHTS = "weights-inception-2015-12-05-6726825d.pth"
_AT_ONCE = 32


class InceptionError(ValueError):
    """The network cannot be had here; the message says what to do."""


def load_inception() -> Features:
    """Inception of the published FIDs: float32 (N, 2048), TensorFlow's weights and resize in PyTorch (torch-fidelity).

    Raises `InceptionError` without the package, or when its weights cannot be fetched.
    """
    try:
        # Without antialiasing, as TensorFlow resized for the published numbers.
        network = NoTrainInceptionV3("inception-v3-compat", ["2048"], antialias=False)
    except ModuleNotFoundError:
        raise InceptionError("--inception needs another package: pip install torch-fidelity") from None
    except (OSError, RuntimeError) as error:
        raise InceptionError(
            f"the weights of --inception cannot be fetched ({error}): run it once where the Internet is reached, or "
            f"copy {WEIGHTS} from torch-fidelity's releases on GitHub into {torch.hub.get_dir()}/checkpoints"
        ) from error
    digest = hashlib.sha256()
    for name, tensor in sorted(network.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.numpy().tobytes())

    @torch.no_grad()
    def extract(images: NDArray[np.uint8]) -> NDArray[np.float32]:
        pictures = torch.from_numpy(np.ascontiguousarray(images)).permute(0, 3, 1, 2).expand(-1, 3, -1, -1)
        return np.concatenate([network(part).numpy() for part in pictures.split(_AT_ONCE)])

    return Features("inception-v3-compat", digest.hexdigest(), "bilinear to 299x299 as in TensorFlow 1", extract)
