"""`python app.py`: finds the models, draws the first pictures while Gradio loads, and opens the page."""

from __future__ import annotations

import argparse
import logging
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from genapp.model import library

if TYPE_CHECKING:
    from genapp.ui.server.endpoint import Reply
    from genapp.ui.server.registry import ModelRegistry
    from genapp.ui.server.tabs import OfferedTab

SILENCE = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_DISABLE_TELEMETRY": "1"}
"""Neither Gradio nor the Hub's client calls home."""
MAX_BODY = 3_000_000
"""The largest request that makes sense: a PNG of 2 MB in base64."""


def main(argv: Sequence[str] | None = None) -> None:
    """Serve the page until stopped.

    Args:
        argv: command line without the program's name; None takes the process's own.

    Raises:
        SystemExit: wrong arguments, or an environment in which visitors could run code.
    """
    options = _parser().parse_args(argv)
    if os.environ.get("GRADIO_VIBE_MODE"):
        raise SystemExit("GRADIO_VIBE_MODE is set: with it every visitor can run code here. Unset it and start again.")
    os.environ |= SILENCE
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    try:
        launch(options.models, options.host, options.port)
    except OSError as error:  # Gradio says which port is taken
        raise SystemExit(f"The page could not be opened: {error}") from error


def launch(sources: Sequence[str] = (), host: str | None = None, port: int | None = None) -> None:
    """Open the page, and stay until interrupted.

    Args:
        sources: model folders, folders of them, or Hub ids, offered before the shipped ones.
        host: address to listen on; None: this machine only, or what GRADIO_SERVER_NAME says.
        port: None: the first free one from 7860, or what GRADIO_SERVER_PORT says.
    """
    from genapp.ui.server.registry import ModelRegistry

    found = library.find([*sources, library.SHIPPED])
    for problem in found.problems:
        logging.getLogger(__name__).warning("%s", problem.message)
    with ThreadPoolExecutor(1) as beside:
        prepared = beside.submit(_prepare, ModelRegistry(found))
        import gradio as gr
        from starlette.middleware import Middleware

        from genapp.ui.server import page
        from genapp.ui.server.modules import LinkHeader, page_modules
        from genapp.ui.server.routes import RouteFilter

        registry, shown, knows = prepared.result()
    app = page.blocks(registry, shown, knows)
    app.queue(api_open=False, max_size=16)
    _, address, _ = app.launch(
        server_name=host,
        server_port=port,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        head=page.head(),
        favicon_path=page.WEB / "seal.svg",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size=MAX_BODY,
        ssr_mode=False,
        state_session_capacity=1000,
        quiet=True,
        prevent_thread_lock=True,
        app_kwargs={
            "middleware": [Middleware(RouteFilter, max_body=MAX_BODY), Middleware(LinkHeader, link=page.ahead(shown))],
            "routes": [page_modules().route()],
        },
    )
    print(f"GenApp is open at {address}", flush=True)
    threading.Thread(target=_warm, args=(registry, shown), daemon=True).start()
    app.block_thread()


def _prepare(registry: ModelRegistry) -> tuple[ModelRegistry, tuple[OfferedTab, ...], Reply]:
    from genapp.ui.server import page
    from genapp.ui.server.tabs import tabs

    shown = tabs(registry)
    return registry, shown, page.start(registry, shown)


def _warm(registry: ModelRegistry, shown: tuple[OfferedTab, ...]) -> None:
    for tab in shown:
        try:
            tab.warm(registry)
        except Exception:  # whoever uses that model is told then
            logging.getLogger(__name__).exception("the tab %s could not be warmed up", tab.name)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="app.py", description="Opens GenApp's page on the shipped models.")
    parser.add_argument(
        "--models",
        nargs="+",
        default=[],
        metavar="FOLDER_OR_HUB_ID",
        help="more models: a model folder, a folder of them, or owner/name on the Hugging Face Hub",
    )
    parser.add_argument("--host", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, help="port to listen on (default: the first free one from 7860)")
    return parser
