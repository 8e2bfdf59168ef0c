"""What a run keeps of itself in `recipe.json`: enough to export its model without the data it was trained on."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from training.core.checkpoint import RunError

FACTS_FILE = "recipe.json"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DataFacts(_Frozen):
    """The examples of a run. `name`: as a recipe names them, never a path of this machine. `held_out`: so many of the
    last ones were kept out of training."""

    name: str
    sha256: str
    held_out: int = Field(ge=0)


class Facts(_Frozen):
    """A run. `recipe`: the fields of its configuration. `meaning`: what its family says of the networks beyond that,
    e.g. the names of classes. `start`: the run whose weights it began with."""

    family: str
    recipe: dict[str, Any]
    meaning: dict[str, Any] = {}
    data: DataFacts
    command: str
    commit: str
    threads: int = Field(ge=1)
    processor: str = ""
    precision: Literal["", "bf16", "fp32"] = ""
    start: Start | None = None

    @property
    def commands(self) -> str:
        """What was typed to train the run, after what was typed for the run that it began with."""
        return f"{self.start.facts.commands} && {self.command}" if self.start else self.command


class Start(_Frozen):
    """The run that another one began with: its folder as it was typed, and its facts."""

    run: str
    facts: Facts


def read_facts(run: Path) -> Facts:
    """The facts of a run. Raises `RunError` where there are none, or none that can be read."""
    path = run / FACTS_FILE
    try:
        return Facts.model_validate_json(path.read_text("utf-8"))
    except FileNotFoundError:
        raise RunError(f"{run} is not a run: it has no {FACTS_FILE}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RunError(f"{path}: {where}: {first['msg']}") from None


def write_facts(run: Path, facts: Facts) -> None:
    """Write the facts of a run."""
    (run / FACTS_FILE).write_text(facts.model_dump_json(indent=2) + "\n", "utf-8")
