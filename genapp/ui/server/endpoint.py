"""What a browser may ask of the server: checked, counted, answered kindly. Requests can be crafted by hand, so no view
is called but through `public`."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel, ConfigDict

from genapp.model import engine

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


def public(name: str, request: type[Request], work: Callable[[Any], Reply], gate: Gate) -> Callable[[Any], Reply]:
    """A server function `name` for the page: validates, takes its turn, measures, and never raises.

    Args:
        request: what the browser's JSON must be.
        work: a checked request to a reply.

    Returns:
        A function of the JSON to `work`'s reply with `ms` added (milliseconds inside the graphs), or
        `{"error": code, ...}`.
    """

    def call(json: Any) -> Reply:
        checked = None
        try:
            checked = request.model_validate(json)
            with gate.enter(), engine.stopwatch() as watch:
                reply = work(checked)
            return {**reply, "ms": round(watch.milliseconds, 1)}
        except Refused as refusal:
            return {**refusal.values, "error": refusal.code}
        except ValueError as error:
            # Of what did not get through the check, the first line of pydantic's message quotes nothing.
            secret = checked is not None and checked.confidential
            why = _place(error) if secret else str(error).splitlines()[0]
            logger.info("a call of %s was refused: %s", name, why)
            return {"error": "request"}
        except Exception as error:
            log_failure(f"the call {name}", error, checked is not None and checked.confidential)
            return {"error": "failed"}

    call.__name__ = name
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
