"""Work that takes a while is done beside the page: asked for, watched, fetched, given up."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from genapp.ui.server.endpoint import Gate, Refused, Reply, log_failure

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

MAX_JOBS = 6
"""Asked for and not yet fetched, of all visitors; more are asked to come back."""
BREATH_S = 0.002
"""Pause between two parts of a job. A semaphore is not fair: without it a job would pass everybody who waits."""
PATIENCE_S = 20
"""A job that nobody asks after is given up."""


class Unwanted(Exception):
    """Nobody waits for this job any more."""


class Job:
    """One job: `done` of `total` steps."""

    def __init__(self) -> None:
        self.done, self.total = 0, 1
        self.asked_after = time.monotonic()
        self.given_up = threading.Event()
        self.reply: Reply | None = None
        self.refusal: str | None = None

    @property
    def wanted(self) -> bool:
        """Whether anybody still asks after it."""
        return not self.given_up.is_set() and time.monotonic() - self.asked_after < PATIENCE_S

    def turn(self, gate: Gate, work: Callable[[], Result]) -> Result:
        """Do a small part of the job when its turn comes, as a click of somebody else would.

        Raises `Unwanted` once nobody asks after the job.
        """
        while True:
            if not self.wanted:
                raise Unwanted
            time.sleep(BREATH_S)
            try:
                with gate.enter():
                    return work()
            except Refused:
                continue  # a crowd: try again, as long as somebody asks after the job


class Jobs:
    """All jobs, one at work at a time. Their results live in memory until they are fetched, or nobody wants them."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._desk = threading.Semaphore(1)

    def start(self, work: Callable[[Job], Reply], confidential: bool = False) -> Reply:
        """Begin, and give a `ticket`. Raises `Refused("busy")` when there are too many.

        work: does the job and gives what `look` replies in the end; it raises `Unwanted` when the job is not.
        confidential: as `Request.confidential`.
        """
        ticket, job = secrets.token_urlsafe(16), Job()
        with self._lock:
            self._forget_unwanted()
            if len(self._jobs) >= MAX_JOBS:
                raise Refused("busy")
            self._jobs[ticket] = job
        threading.Thread(target=self._do, args=(job, work, confidential), daemon=True).start()
        return {"ticket": ticket}

    def look(self, ticket: str) -> Reply:
        """How far it is: `done` of `total`, in the end with its result. Raises `Refused("job")` for none."""
        with self._lock:
            job = self._jobs.get(ticket)
            if job is None or not job.wanted:
                raise Refused("job")
            job.asked_after = time.monotonic()
            if job.refusal or job.reply:
                del self._jobs[ticket]
                job.given_up.set()
        if job.refusal:
            raise Refused(job.refusal)
        return {"done": job.done, "total": job.total, **(job.reply or {})}

    def give_up(self, ticket: str) -> None:
        """Stop working on it."""
        with self._lock:
            job = self._jobs.pop(ticket, None)
        if job:
            job.given_up.set()

    def _do(self, job: Job, work: Callable[[Job], Reply], confidential: bool) -> None:
        try:
            with self._desk:
                job.reply = work(job)
        except Unwanted:
            logger.info("a job was given up")
        except Exception as error:
            log_failure("a job", error, confidential)
            job.refusal = "failed"
        while job.wanted:
            job.given_up.wait(PATIENCE_S / 10)
        with self._lock:
            self._forget_unwanted()

    def _forget_unwanted(self) -> None:
        self._jobs = {name: job for name, job in self._jobs.items() if job.wanted}
