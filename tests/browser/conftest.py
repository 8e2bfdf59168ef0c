"""The real page in a real Chromium: one server and one browser for all tests, a fresh visitor for each."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.folders import make_generator

ROOT = Path(__file__).parents[2]
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE_MS = 30_000
"""The cores may be busy with training."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder are marked `browser`."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


@dataclass(frozen=True)
class Server:
    """A running app. `temp` is where it and its libraries put temporary files."""

    url: str
    temp: Path


@pytest.fixture(scope="session")
def server(face_models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    models = tmp_path_factory.mktemp("models")
    make_generator(models / "clouds", "clouds", size=16, channels=3, task="clouds", title="Clouds")
    for folder in face_models.iterdir():  # named like the shipped ones, and found before them
        (models / folder.name).symlink_to(folder)
    with serve(models, tmp_path_factory.mktemp("server")) as running:
        yield running


@contextmanager
def serve(models: Path, folder: Path, app: tuple[str, ...] = ("app.py",), **more: str) -> Iterator[Server]:
    """`python APP --models MODELS` on a free port; `folder` takes its log and temporary files, `more` is put into its
    environment."""
    temp, log = folder / "temp", folder / "server.log"
    temp.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "TMPDIR": str(temp), "GRADIO_TEMP_DIR": str(temp / "gradio"), **more}
    command = [sys.executable, *app, "--port", str(port), "--models", str(models)]
    url = f"http://127.0.0.1:{port}"
    with (
        open(log, "w") as output,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output) as process,
    ):
        try:
            _wait(url, process, log)
            yield Server(url, temp)
        finally:
            process.terminate()


def _wait(url: str, app: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and app.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the app did not open:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    system = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Opens the page as a visitor, on digits unless told otherwise: `visit("#digits-map", locale="zh-CN")`; `at` is
    another server's address.

    Afterwards nobody may have seen an error in the console, a failed request, or a request to another host.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def visit(place: str = "#digits-make", quietly: bool = False, at: str = server.url, **options: object) -> Page:
        context = browser.new_context(**{"locale": "en-US", "viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        if not quietly:
            page.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
            page.on("response", lambda r: troubles.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith((at, "data:", "blob:")) else troubles.append(r.url))
        page.goto(f"{at}/{place}")
        page.wait_for_selector(".ga.ready")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not troubles
