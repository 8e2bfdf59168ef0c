"""What a picture's last bits depend on besides its recipe: versions and processor."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from genapp.model import hardware

if TYPE_CHECKING:
    from genapp.model.model import Model


class Fingerprint(BaseModel):
    """With the same one a recipe gives the same bits; `processor` is a GPU's name or a CPU's vector features."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    onnxruntime: str
    provider: str
    processor: str
    pillow: str


@lru_cache(maxsize=64)
def fingerprint(model: Model) -> Fingerprint:
    """The fingerprint of this machine, as `model` runs on it."""
    import onnxruntime
    import PIL

    on_cpu = model.provider == "CPU"
    return Fingerprint(
        onnxruntime=onnxruntime.__version__,
        provider=model.provider,
        processor=hardware.processor_features() if on_cpu else hardware.nvidia_gpu() or "unknown",
        pillow=PIL.__version__,
    )
