"""What a model's folder says of it: facts from config.json, and its README as HTML that can do no harm."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token

from genapp.ui.server.endpoint import Reply, Request, endpoint
from genapp.ui.server.envelope import Name
from genapp.ui.server.packing import to_base64
from genapp.ui.server.registry import ModelRegistry

MAX_README = 100_000
SAMPLES = "samples.png"
MAX_SAMPLES = 1_000_000


class About(Request):
    """What a model is."""

    model: Name


@endpoint(About)
def about(registry: ModelRegistry, request: About) -> Reply:
    """Facts of a model, and its README."""
    model = registry.model(request.model)
    config, made = model.config, model.config.provenance
    readme = model.folder / "README.md"
    text = readme.read_text("utf-8", errors="replace")[:MAX_README] if readme.is_file() else ""
    return {
        "facts": {
            "version": config.model_sha256[:12],
            "licence": config.licence,
            "data": made.data,
            "seen": made.images_seen,
            "minutes": made.minutes,
            "command": made.command,
        },
        "html": harmless_html(text, _samples(model.folder)),
    }


def _samples(folder: Path) -> bytes | None:
    path = folder / SAMPLES
    return path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_SAMPLES else None


def harmless_html(markdown: str, samples: bytes | None = None) -> str:
    """Markdown as HTML, without front matter, the author's own HTML, and pictures, which could come from anywhere.

    Args:
        samples: the PNG that stands for the picture `samples.png`, the only one that is shown.
    """
    if markdown.startswith("---\n") and "\n---" in markdown[4:]:
        markdown = markdown[4:].split("\n---", 1)[1].partition("\n")[2]
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    shown = f'<img alt="" src="data:image/png;base64,{to_base64(samples)}">' if samples else ""

    def image(self: RendererProtocol, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return shown if tokens[index].attrs["src"] == SAMPLES else ""

    reader.add_render_rule("image", image)
    return reader.render(markdown)
