"""Time to the first page of `python app.py` against a two-line Gradio app: `python -m benchmarks.startup [--pairs 7]`.

Each pair starts both, in turn first and second, and waits until `GET /` answers with a page. Beside the seconds on the
clock it prints the processor's seconds, which other work on the machine disturbs less.
"""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import tyro

ROOT = Path(__file__).resolve().parents[1]
TWO_LINES = "import gradio as gr\ngr.Interface(lambda text: text, 'text', 'text').launch(quiet=True)"
LIMIT_S = 120


@dataclass(frozen=True)
class Start:
    """Seconds from the process's start to its first page, on the clock and of processor time."""

    clock: float
    processor: float


def main(pairs: int = 7) -> None:
    """Run the pairs and print medians and their ratio.

    Args:
        pairs: How often each is started, after one start of each that only fills the disk cache.
    """
    for line in compare({"app.py": [sys.executable, "app.py"], "two lines": [sys.executable, "-c", TWO_LINES]}, pairs):
        print(line)


def compare(commands: Mapping[str, list[str]], pairs: int) -> list[str]:
    """A line for each clock: the medians of two commands, by name, and their ratio."""
    for command in commands.values():
        first_page(command)
    starts: dict[str, list[Start]] = {name: [] for name in commands}
    for pair in range(pairs):
        for name in sorted(commands, reverse=bool(pair % 2)):
            starts[name].append(first_page(commands[name]))
    return [_line(clock, starts) for clock in ("clock", "processor")]


def _line(clock: str, starts: Mapping[str, list[Start]]) -> str:
    seconds = {name: [getattr(start, clock) for start in ours] for name, ours in starts.items()}
    medians = {name: statistics.median(ours) for name, ours in seconds.items()}
    first, second = seconds
    ratios = [a / b for a, b in zip(seconds[first], seconds[second], strict=True)]
    return (
        f"{clock:9}  {first} {medians[first]:.2f} s  {second} {medians[second]:.2f} s  "
        f"ratio of medians {medians[first] / medians[second]:.2f}, "
        f"of pairs {min(ratios):.2f} to {max(ratios):.2f} ({len(ratios)} pairs, {os.cpu_count()} cores)"
    )


def first_page(command: list[str]) -> Start:
    """Start a server on a free port, wait for its page, end it."""
    port = free_port()
    environment = os.environ | {"GRADIO_SERVER_PORT": str(port), "GRADIO_ANALYTICS_ENABLED": "False"}
    begin = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            while not answers(f"http://127.0.0.1:{port}/"):
                if process.poll() is not None:
                    raise SystemExit(f"{command[1]} ended with {process.returncode} before its first page")
                if time.perf_counter() - begin > LIMIT_S:
                    raise SystemExit(f"no page of {command[1]} within {LIMIT_S} s")
                time.sleep(0.005)
            clock = time.perf_counter() - begin
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGKILL)
                usage = os.wait4(process.pid, 0)[2]
                process.returncode = -signal.SIGKILL
    return Start(clock, usage.ru_utime + usage.ru_stime)


def answers(url: str) -> bool:
    """Whether there is a page yet."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200 and b"<html" in response.read(4096).lower()
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    tyro.cli(main)
