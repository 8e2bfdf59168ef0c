"""Time to the first pictures in a browser that was never here: `python -m benchmarks.first_visit ../other-checkout`.

Opens the page of this checkout and of another one, in turn first and second, each time as a new visitor with an empty
cache, and waits until a grid of pictures is drawn. Over an emulated connection, too: every reply comes later.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import tyro

from benchmarks.startup import LIMIT_S, ROOT, answers, free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DRAWN = """
const look = () => {
  const grid = [...document.querySelectorAll("[data-shown]")].find((element) => element.getClientRects().length);
  if (grid) window.drawnAfter = performance.now();
  else requestAnimationFrame(look);
};
look();
"""
"""Keeps the milliseconds since the visit began, once pictures are seen: then the grid says which."""


@dataclass(frozen=True)
class Visit:
    """Milliseconds to the first pictures, and requests until then."""

    ms: float
    requests: int


def main(other: tyro.conf.Positional[Path], pairs: int = 7, latencies: tuple[int, ...] = (0, 80)) -> None:
    """Start both and print medians and their ratio.

    Args:
        other: Another checkout, with which this one is compared.
        pairs: How often each is visited, after one visit that only warms the server.
        latencies: Milliseconds by which every reply is late.
    """
    with ExitStack() as stack:
        urls = {name: stack.enter_context(serving(folder)) for name, folder in (("here", ROOT), ("other", other))}
        for latency in latencies:
            print(compare(urls, pairs, latency))


def compare(urls: Mapping[str, str], pairs: int, latency: int) -> str:
    """A line with the medians of two pages, by name, and the ratio of the first to the second."""
    from playwright.sync_api import sync_playwright

    visits: dict[str, list[Visit]] = {name: [] for name in urls}
    with sync_playwright() as playwright:
        path = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for url in urls.values():
            first_visit(browser, url, latency)
        for pair in range(pairs):
            for name in sorted(urls, reverse=bool(pair % 2)):
                visits[name].append(first_visit(browser, urls[name], latency))
        browser.close()
    medians = {name: statistics.median(visit.ms for visit in ours) for name, ours in visits.items()}
    (first, ours), (second, others) = visits.items()
    ratios = [one.ms / other.ms for one, other in zip(ours, others, strict=True)]
    asked = {name: round(statistics.median(visit.requests for visit in ours)) for name, ours in visits.items()}
    return (
        f"{latency:3} ms  {first} {medians[first]:.0f} ms, {asked[first]} requests  "
        f"{second} {medians[second]:.0f} ms, {asked[second]} requests  "
        f"ratio of medians {medians[first] / medians[second]:.2f}, median of pairs {statistics.median(ratios):.2f}, "
        f"{min(ratios):.2f} to {max(ratios):.2f} ({pairs} pairs, {os.cpu_count()} cores)"
    )


def first_visit(browser: Browser, url: str, latency: int) -> Visit:
    """One visit with an empty cache.

    Args:
        browser: A running Chromium.
        url: The page.
        latency: Milliseconds by which every reply is late.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        page = context.new_page()
        page.add_init_script(DRAWN)
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        conditions = {"offline": False, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1}
        network.send("Network.emulateNetworkConditions", conditions)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
        page.goto(url, wait_until="commit", timeout=LIMIT_S * 1000)
        page.wait_for_function("window.drawnAfter", polling=20, timeout=LIMIT_S * 1000)
        return Visit(float(page.evaluate("window.drawnAfter")), len(asked))
    finally:
        context.close()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of `python app.py` of a checkout, while it runs."""
    port = free_port()
    environment = os.environ | {"GRADIO_ANALYTICS_ENABLED": "False"}
    command = [sys.executable, "app.py", "--port", str(port)]
    url = f"http://127.0.0.1:{port}/"
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + LIMIT_S
            while not answers(url):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"no page of {folder}")
                time.sleep(0.1)
            yield url
        finally:
            process.terminate()


if __name__ == "__main__":
    tyro.cli(main)
