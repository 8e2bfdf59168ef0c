"""Endpoints: what a browser may ask of the server.

A function that is decorated with `@endpoint(ItsRequest)` is one. Requests can be crafted by hand, so a browser reaches
an endpoint through `served` only, which checks them, lets them wait their turn, and never raises.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from genapp.model import engine
from genapp.model.conditions import Contradiction

if TYPE_CHECKING:
    from genapp.ui.server.registry import ModelRegistry

logger = logging.getLogger(__name__)

Reply = dict[str, Any]


class Request(BaseModel):
    """Base of every request: nothing unknown, nothing not finite."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @property
    def confidential(self) -> bool:
        """Whether it holds what no log may: somebody's photograph, or a latent made from one."""
        return False


class Refused(Exception):
    """A request that is answered with one of the page's texts, `error.<code>`, and the values that the text names."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code, self.values = code, values


class Gate:
    """The queue before the engine: some work, some wait, the rest are asked to come back.

    Gradio's own queue does not see these calls (they are a component's server functions), so this is what bounds them.
    """

    def __init__(self, working: int = 1, waiting: int = 24, patience_s: float = 15) -> None:
        self._places = threading.BoundedSemaphore(working + waiting)
        self._desks = threading.BoundedSemaphore(working)
        self._patience_s = patience_s

    @contextmanager
    def enter(self) -> Iterator[None]:
        """Wait for a turn. Raises `Refused("busy")` when the line is full or does not move."""
        if not self._places.acquire(blocking=False):
            raise Refused("busy")
        try:
            if not self._desks.acquire(timeout=self._patience_s):
                raise Refused("busy")
            try:
                yield
            finally:
                self._desks.release()
        finally:
            self._places.release()


Asked = TypeVar("Asked", bound=Request)


@dataclass(frozen=True)
class Endpoint(Generic[Asked]):
    """A server call, `name` for the page: `work` answers a checked `request`. Called from Python, it is just `work`."""

    name: str
    request: type[Asked]
    work: Callable[[ModelRegistry, Asked], Reply]

    def __call__(self, registry: ModelRegistry, request: Asked) -> Reply:
        return self.work(registry, request)


def endpoint(request: type[Asked]) -> Callable[[Callable[[ModelRegistry, Asked], Reply]], Endpoint[Asked]]:
    """Declare a function of the registry and a `request` to be a server call of the function's name."""

    def declare(work: Callable[[ModelRegistry, Asked], Reply]) -> Endpoint[Asked]:
        return Endpoint(work.__name__, request, work)

    return declare


def endpoints_of(modules: Iterable[ModuleType]) -> dict[str, Endpoint[Any]]:
    """The endpoints that these modules declare or import, by name.

    Raises ValueError where two of them have one name, as a browser could not tell them apart.
    """
    found: dict[str, Endpoint[Any]] = {}
    for module in modules:
        for one in vars(module).values():
            if isinstance(one, Endpoint) and found.setdefault(one.name, one) is not one:
                raise ValueError(f"two server calls have the name {one.name}: the second is in {module.__name__}")
    return found


def served(asked: Endpoint[Any], registry: ModelRegistry) -> Callable[[Any], Reply]:
    """An endpoint as a browser meets it: validates, takes its turn at the registry's gate, measures, and never raises.

    Returns:
        A function of the request's JSON to the endpoint's reply with `ms` added (milliseconds inside the graphs), or to
        `{"error": code, ...}`.
    """

    def call(json: Any) -> Reply:
        checked = None
        try:
            checked = asked.request.model_validate(json)
            with registry.gate.enter(), engine.stopwatch() as watch:
                reply = asked.work(registry, checked)
            return {**reply, "ms": round(watch.milliseconds, 1)}
        except Refused as refusal:
            return {**refusal.values, "error": refusal.code}
        except Contradiction:
            return {"error": "contradiction"}
        except ValueError as error:
            # Of what did not get through the check, the first line of pydantic's message quotes nothing.
            secret = checked is not None and checked.confidential
            why = _place(error) if secret else str(error).splitlines()[0]
            logger.info("a call of %s was refused: %s", asked.name, why)
            return {"error": "request"}
        except Exception as error:
            log_failure(f"the call {asked.name}", error, checked is not None and checked.confidential)
            return {"error": "failed"}

    call.__name__ = asked.name
    return call


def log_failure(what: str, error: Exception, confidential: bool) -> None:
    """Tell the log of an accident: of a confidential request kind and place alone, as a message may quote it."""
    if confidential:
        logger.error("%s failed: %s", what, _place(error))
    else:
        logger.error("%s failed", what, exc_info=error)


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {last.name}, line {last.lineno} of {last.filename}"
