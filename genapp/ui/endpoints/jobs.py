"""Jobs as a browser sees them: it asks how far one is, fetches its result, or gives it up."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from genapp.ui.server.endpoint import Reply, Request, endpoint
from genapp.ui.server.registry import ModelRegistry


class Ticket(Request):
    """What `Jobs.start` gave for a job."""

    ticket: Annotated[str, Field(max_length=64)]


@endpoint(Ticket)
def watch(registry: ModelRegistry, request: Ticket) -> Reply:
    """How far a job is, in the end with its result; see `Jobs.look`."""
    return registry.jobs.look(request.ticket)


@endpoint(Ticket)
def cancel(registry: ModelRegistry, request: Ticket) -> Reply:
    """Give a job up."""
    registry.jobs.give_up(request.ticket)
    return {}
