"""How the app starts, and the routes it shuts."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from genapp.ui.server.app import main
from genapp.ui.server.routes import RouteFilter

ROOT = Path(__file__).parents[4]


def test_the_app_refuses_to_let_visitors_run_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_VIBE_MODE", "1")
    with pytest.raises(SystemExit, match="GRADIO_VIBE_MODE"):
        main([])


def test_neither_torch_nor_training_is_loaded_with_the_page() -> None:
    code = (
        "import sys; from genapp.model import library; from genapp.ui.server import app, page;"
        "from genapp.ui.server.tabs import tabs; from genapp.ui.server.registry import ModelRegistry;"
        "registry = ModelRegistry(library.shipped()); shown = tabs(registry);"
        "page.blocks(registry, shown, page.start(registry, shown));"
        "print(*{'torch', 'training', 'datasets', 'gradio'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert done.stdout.split() == ["gradio"], done.stderr


def _visit(path: str, body: bytes = b"", announced: bool = True, max_body: int = 10) -> tuple[int, list[str]]:
    seen: list[str] = []

    async def app(scope, receive, send) -> None:
        seen.append((await receive())["type"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def visit() -> int:
        sent = []

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message) -> None:
            sent.append(message)

        headers = [(b"content-length", str(len(body)).encode())] if announced else []
        scope = {"type": "http", "method": "POST", "path": path, "headers": headers}
        await RouteFilter(app, max_body)(scope, receive, send)
        return sent[0]["status"]

    with ThreadPoolExecutor(1) as aside:  # Playwright keeps a loop running in this one
        return aside.submit(asyncio.run, visit()).result(), seen


def test_doors() -> None:
    assert _visit("/gradio_api/component_server", b"0123456789") == (200, ["http.request"])
    assert _visit("/gradio_api/component_server", b"0123456789x") == (413, [])
    assert _visit("/gradio_api/component_server", b"0123456789x", announced=False) == (200, ["http.disconnect"])
    for path in (
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/queue/join",
        "/gradio_api/run/sample",
        "/gradio_api",
    ):
        assert _visit(path) == (404, [])
