"""Kinds of output: what a generator's numbers are (a picture now), and how that is run, shown, saved and compared.

A kind is one module with one subclass of `Output`; this table names it. Nothing else knows which kinds there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from genapp.model.kinds.output import Output

KINDS = {
    "image": "genapp.model.kinds.image:ImageOutput",
}
"""Kind, as a config's `output.kind` has it, to "module:class"."""


def output_class(kind: str) -> type[Output]:
    """The class of a kind. Raises ValueError for one that this version does not know."""
    if kind not in KINDS:
        raise ValueError(f"outputs of kind {kind!r} are not known here (only {', '.join(KINDS)}): update GenApp")
    module, _, name = KINDS[kind].partition(":")
    return getattr(import_module(module), name)


def output_classes() -> Iterator[type[Output]]:
    """The classes of all kinds, in the order of the table."""
    return map(output_class, KINDS)


def parse(value: Any) -> Any:
    """A config's `output`, as JSON has it, as an object of its kind. Raises ValueError for an unknown kind, and
    pydantic's ValidationError (a ValueError) for fields that the kind does not have."""
    if not isinstance(value, dict):
        return value
    return output_class(str(value.get("kind", "image"))).model_validate(value)
