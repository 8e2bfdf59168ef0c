"""ONNX Runtime: which processor runs a graph, in which batches, how fast. It knows arrays, not pictures."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from genapp.model import hardware

if TYPE_CHECKING:
    import onnxruntime

Provider = Literal["auto", "cpu", "cuda"]
PROVIDERS: tuple[Provider, ...] = ("auto", "cpu", "cuda")
BATCHES = (64, 16, 4, 1)
"""The only batch sizes a graph ever sees: each new shape costs memory planning, on CUDA a new choice of algorithms.
Other counts are split, not padded: on the CPU the time is proportional to the rows (measured at 1 to 64 on both digit
generators), so 15 rows cost as much in six runs as in one, and one row padded to 4 costs four times as much."""
SMALL_MACHINE = 4
"""With so few threads a spinning one takes the core from somebody who works."""


class EngineError(RuntimeError):
    """The wanted processor cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Settings:
    """What the host asks of the engine.

    Attributes:
        provider: "auto" takes a GPU when there is a usable one; "cpu" never; "cuda" raises without one.
        threads: threads of one graph on the CPU.
    """

    provider: Provider = "auto"
    threads: int = 1

    @classmethod
    def from_environment(cls) -> Settings:
        """Read `GENAPP_PROVIDER` (auto, cpu, cuda) and `GENAPP_THREADS` (default: the cores this process may use).

        Raises:
            EngineError: one of them has a value that means nothing.
        """
        provider = os.environ.get("GENAPP_PROVIDER", "").strip().lower() or "auto"
        if provider not in PROVIDERS:
            raise EngineError(f"GENAPP_PROVIDER is {provider!r}: set it to one of {', '.join(PROVIDERS)}, or unset it")
        threads = os.environ.get("GENAPP_THREADS", "").strip()
        if threads and not (threads.isdecimal() and 1 <= int(threads) <= 1024):
            raise EngineError(f"GENAPP_THREADS is {threads!r}: set it to a number of threads from 1, or unset it")
        return cls(provider, int(threads) if threads else hardware.usable_cores())


class Graph:
    """One ONNX graph, ready to run. Safe to call from several threads at once."""

    def __init__(self, onnx: bytes, settings: Settings) -> None:
        """Open a graph.

        Args:
            onnx: the file's content, weights inside it.
            settings: processor and threads.

        Raises:
            EngineError: CUDA is asked for and cannot be used, or the content is no ONNX graph that runs here.
        """
        self._session = _open(onnx, settings)
        self.provider = self._session.get_providers()[0].removesuffix("ExecutionProvider")
        self.inputs = {arg.name: (arg.type, tuple(arg.shape)) for arg in self._session.get_inputs()}
        self.outputs = {arg.name: (arg.type, tuple(arg.shape)) for arg in self._session.get_outputs()}

    @property
    def warm_rows(self) -> int:
        """Rows to run once before somebody waits: on CUDA every batch size, on the CPU any."""
        return 1 if self.provider == "CPU" else sum(BATCHES)

    def run(self, inputs: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Run N rows, in chunks of `BATCHES`.

        Args:
            inputs: name to array (N, ...), of exactly the dtypes that the graph declares. Names it does not take are
                left out, so that one set of conditions can be handed to every graph.

        Returns:
            Name to array (N, ...), for each output.

        Raises:
            ValueError: an input is missing, or the arrays do not have the same N >= 1.
        """
        missing = sorted(self.inputs.keys() - inputs.keys())
        if missing:
            raise ValueError(f"the graph also needs {', '.join(missing)}")
        feeds = {name: np.ascontiguousarray(inputs[name]) for name in self.inputs}
        counts = {len(array) for array in feeds.values()}
        if len(counts) != 1 or 0 in counts:
            raise ValueError(f"every input needs the same number of rows, at least one; got {sorted(counts)}")
        names = list(self.outputs)
        begin = time.perf_counter()
        parts = [
            self._session.run(names, {name: array[start:stop] for name, array in feeds.items()})
            for start, stop in chunks(counts.pop())
        ]
        watch = _watch.get()
        if watch is not None:
            watch.milliseconds += (time.perf_counter() - begin) * 1000
        columns = zip(*parts, strict=True)
        return {
            name: column[0] if len(column) == 1 else np.concatenate(column)
            for name, column in zip(names, columns, strict=True)
        }


def chunks(count: int) -> Iterator[tuple[int, int]]:
    """Cut `count` rows into (start, stop) pieces whose sizes are in `BATCHES`, largest first."""
    start = 0
    for size in BATCHES:
        while count - start >= size:
            yield start, start + size
            start += size


@dataclass
class Stopwatch:
    """Milliseconds spent inside graphs."""

    milliseconds: float = 0.0


_watch: ContextVar[Stopwatch | None] = ContextVar("genapp_stopwatch", default=None)


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    """Time what graphs take inside this block, in this thread of work only: `with stopwatch() as watch: ...`."""
    watch = Stopwatch()
    token = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(token)


def _open(onnx: bytes, settings: Settings) -> onnxruntime.InferenceSession:
    import onnxruntime

    want_cuda = settings.provider == "cuda" or (settings.provider == "auto" and cuda_problem() is None)
    if settings.provider == "cuda" and (problem := cuda_problem()):
        raise EngineError(f"GENAPP_PROVIDER=cuda, but {problem}. Or unset GENAPP_PROVIDER to run on the CPU")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = settings.threads
    options.inter_op_num_threads = 1
    if settings.threads <= SMALL_MACHINE:
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    providers: list = ["CPUExecutionProvider"]
    if want_cuda:
        _preload_cuda_libraries()
        # HEURISTIC: the default, EXHAUSTIVE, benchmarks every algorithm again for each new shape.
        # TF32 would move pictures by several grey levels from the CPU's.
        cuda = {"cudnn_conv_algo_search": "HEURISTIC", "arena_extend_strategy": "kSameAsRequested", "use_tf32": 0}
        providers.insert(0, ("CUDAExecutionProvider", cuda))
    try:
        session = onnxruntime.InferenceSession(onnx, options, providers=providers)
    except Exception as error:  # ONNX Runtime's own exceptions share no base class but this one
        raise EngineError(f"ONNX Runtime cannot open the graph: {str(error).splitlines()[0]}") from error
    if settings.provider == "cuda" and session.get_providers()[0] != "CUDAExecutionProvider":
        raise EngineError(
            "GENAPP_PROVIDER=cuda, but ONNX Runtime fell back to the CPU: it found no CUDA and cuDNN libraries. "
            "Install them with `pip install 'onnxruntime-gpu[cuda,cudnn]'`, or unset GENAPP_PROVIDER"
        )
    session.disable_fallback()
    return session


def cuda_problem() -> str | None:
    """Why CUDA cannot be used here, and what to do; None when nothing speaks against it.

    ONNX Runtime lists CUDA on machines without a GPU too, so this asks the driver.
    """
    import onnxruntime

    if "CUDAExecutionProvider" not in onnxruntime.get_available_providers():
        return (
            "this ONNX Runtime is built without CUDA: `pip uninstall onnxruntime`, then `pip install onnxruntime-gpu`"
        )
    if hardware.nvidia_gpu() is None:
        return "no NVIDIA GPU answers: check that `nvidia-smi` lists one"
    return None


@cache
def _preload_cuda_libraries() -> None:
    import onnxruntime

    onnxruntime.preload_dlls()
