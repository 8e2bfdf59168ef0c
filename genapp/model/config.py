"""A model folder's `config.json` as typed, frozen objects: what a model takes, what it gives, where it came from."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SerializeAsAny, ValidationError, model_validator

from genapp.model import kinds
from genapp.model.kinds.image import ImageOutput
from genapp.model.kinds.output import Output

SCHEMA_VERSION: Final = 1
CONFIG_FILE = "config.json"

GraphRole = Literal["mapping", "generator", "encoder", "critic", "classifier"]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$")]


class ConfigError(ValueError):
    """A model folder that cannot be used; the message names the file and says what to do."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Latent(_Frozen):
    """Shapes of the latents: `z` is float32 (N, dim), `w` is float32 (N, layers, width).

    `styles` names half-open ranges of layers for style mixing, e.g. `{"coarse": (0, 2), "fine": (2, 5)}`.
    """

    dim: int = Field(gt=0)
    layers: int = Field(gt=0)
    width: int = Field(gt=0)
    styles: dict[str, tuple[int, int]] = {}

    @property
    def shape(self) -> tuple[int, int]:
        """Of one `w`: (layers, width)."""
        return self.layers, self.width


class ClassCondition(_Frozen):
    """One label out of several: input `label` int64 (N,) of the graphs named in `graphs`."""

    name: str
    kind: Literal["class"] = "class"
    labels: tuple[str, ...] = Field(min_length=2)
    graphs: tuple[GraphRole, ...]


class AttributeCondition(_Frozen):
    """A column of the input `attributes` float32 (N, K): -1 without, +1 with, 0 free."""

    name: str
    kind: Literal["attribute"] = "attribute"
    graphs: tuple[GraphRole, ...]


Condition = Annotated[ClassCondition | AttributeCondition, Field(discriminator="kind")]


class Provenance(_Frozen):
    """How to make the model again. `processor`, `threads` and `precision` say what the minutes were measured on, or the
    last of them where one run began with another's weights; "" is not known.

    `held_out`: so many of the last training pictures were kept out of training. They are the test pictures where the
    data has no test split. `encoder`: the command of an encoder that was trained afterwards; `labeller`: that of the
    network that labelled what nobody had. `critic`: the weights of a GAN whose critic compared rebuilt pictures.
    """

    data: str
    data_sha256: str
    command: str
    commit: str
    images_seen: int = Field(ge=0)
    minutes: float = Field(ge=0)
    threads: int = Field(ge=1)
    processor: str = ""
    precision: Literal["", "bf16", "fp32"] = ""
    held_out: int = Field(default=0, ge=0)
    encoder: str = ""
    labeller: str = ""
    critic: str = ""


class ModelConfig(_Frozen):
    """What one model folder holds; see `load` and `save`."""

    schema_version: Literal[1] = SCHEMA_VERSION
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    title: str
    role: Literal["generator", "judge"]
    task: str
    family: str
    output: Annotated[SerializeAsAny[Output], BeforeValidator(kinds.parse)]
    """What the generator gives, by its `kind`; see `genapp.model.kinds`."""
    latent: Latent | None = None
    sampling: Literal["normal"] | None = None
    conditions: tuple[Condition, ...] = ()
    graphs: dict[GraphRole, FileName]
    sha256: dict[FileName, Sha256]
    licence: str
    provenance: Provenance
    labels: tuple[str, ...] = ()
    """Of a judge of classes: what the columns of `probabilities` mean."""
    attributes: tuple[str, ...] = ()
    """Of a judge of attributes, likewise: each column is a probability of its own."""

    @model_validator(mode="after")
    def _consistent(self) -> ModelConfig:
        needed = "generator" if self.role == "generator" else "classifier"
        if needed not in self.graphs:
            raise ValueError(f"a {self.role} needs a graph '{needed}'")
        if self.role == "generator" and self.latent is None:
            raise ValueError("a generator needs 'latent'")
        unhashed = sorted(set(self.graphs.values()) - set(self.sha256))
        if unhashed:
            raise ValueError(f"no sha256 for {', '.join(unhashed)}")
        return self

    @property
    def model_sha256(self) -> str:
        """One hash for all of the weights: sha256 of the sorted lines `<sha256>  <file>`."""
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.sha256.items()))
        return hashlib.sha256(lines.encode()).hexdigest()

    @property
    def latent_space(self) -> Latent:
        """Shapes of a generator's latents. Raises ValueError for a judge, which has none."""
        if self.latent is None:
            raise ValueError(f"{self.name} is a judge: it has no latents")
        return self.latent

    @property
    def image(self) -> ImageOutput:
        """The output of a model of pictures. Raises ValueError for a model of anything else."""
        if not isinstance(self.output, ImageOutput):
            raise ValueError(f"{self.name} draws no pictures but {self.output.kind}: choose a model of pictures")
        return self.output

    @property
    def class_condition(self) -> ClassCondition | None:
        """The class that the model takes; None where there is none."""
        return next((condition for condition in self.conditions if isinstance(condition, ClassCondition)), None)

    @property
    def attribute_conditions(self) -> tuple[str, ...]:
        """The attributes that the model takes, in the order of the input `attributes`."""
        return tuple(condition.name for condition in self.conditions if isinstance(condition, AttributeCondition))

    @classmethod
    def load(cls, folder: Path) -> ModelConfig:
        """Read and check `folder/config.json`. Raises `ConfigError` with what is wrong and where."""
        path = Path(folder) / CONFIG_FILE
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError:
            raise ConfigError(f"{folder} is not a model folder: it has no {CONFIG_FILE}") from None
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path} cannot be read: {error}") from None
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the file"
            raise ConfigError(f"{path}: {where}: {first['msg']}") from None

    def save(self, folder: Path) -> None:
        """Write `folder/config.json`."""
        (Path(folder) / CONFIG_FILE).write_text(self.model_dump_json(indent=2) + "\n", "utf-8")


def file_sha256(path: Path) -> str:
    """Hex sha256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
