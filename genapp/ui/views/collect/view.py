"""The Collect view: labelled pictures for the training of other models, as a file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

from pydantic import Field

from genapp.limits import Seed, Truncation
from genapp.picture.dataset import SUFFIXES, Kind, Order, counts_of, write
from genapp.picture.writing import writes
from genapp.ui.endpoints import jobs, pictures
from genapp.ui.server.endpoint import Refused, Reply, Request, endpoint
from genapp.ui.server.envelope import Name
from genapp.ui.server.jobs import Job
from genapp.ui.server.packing import to_base64
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.server.view import View

MAX_PICTURES = 10_000
"""In one file from the page; the command line makes as many as there is room for."""
TYPES = {".zip": "application/zip", ".npz": "application/octet-stream", ".parquet": "application/octet-stream"}


class Collection(Request):
    """`counts` pictures by label, of seeds from `seed` on."""

    model: Name
    counts: Annotated[dict[Name, Annotated[int, Field(strict=True, ge=0, le=MAX_PICTURES)]], Field(max_length=100)]
    seed: Seed
    truncation: Truncation
    kind: Kind


@endpoint(Collection)
def collect(registry: ModelRegistry, request: Collection) -> Reply:
    """Begin a file, and give its `ticket`. Raises ValueError beyond 10,000 pictures."""
    model = registry.model(request.model)
    if not writes(model.config):
        raise Refused("model")
    order = Order(counts_of(model.config, 0, request.counts), request.seed, request.truncation)
    if order.total > MAX_PICTURES:
        raise ValueError(f"{order.total} pictures")
    return registry.jobs.start(lambda job: _make(registry, job, request, order))


def _make(registry: ModelRegistry, job: Job, request: Collection, order: Order) -> Reply:
    job.total = order.total
    with tempfile.TemporaryDirectory(prefix="genapp-") as folder:
        path = Path(folder) / f"{request.model}-{order.total}{SUFFIXES[request.kind]}"
        work = write(registry.model(request.model), order, path, request.kind)
        try:
            while (done := job.turn(registry.gate, lambda: next(work, None))) is not None:
                job.done = done
        finally:
            work.close()
        data = path.read_bytes()
    return {"file": to_base64(data), "name": path.name, "type": TYPES[path.suffix]}


VIEW = View(
    tabs={"conditional": 4},
    fits=writes,
    uses=(pictures, jobs),
    knows=lambda registry, models: {"most": MAX_PICTURES},
)
