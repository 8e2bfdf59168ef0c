"""Writes the types of the page's elements from its HTML: `python scripts/refs.py`, after a `data-ref` came or went.

Each view's refs.d.ts says which elements its script finds by name, so that `tsc` knows when one is not there.
"""

from __future__ import annotations

import re
from pathlib import Path

UI = Path(__file__).parents[1] / "genapp/ui"
PARTS = UI / "web/parts"
HEAD = "// Written by scripts/refs.py from the HTML.\n\n"


def interface(name: str, html: str) -> str:
    """TypeScript of the elements with a `data-ref` in `html`, and of the parts that it includes."""
    found = re.findall(r'<([a-z][a-z0-9]*)\b[^>]*?\bdata-ref="(\w+)"', html)
    parts = [part for part in re.findall(r"@([a-z]+)", html) if (PARTS / f"{part}.html").is_file()]
    bases = ", ".join(f"{part.title()}Refs" for part in dict.fromkeys(parts))
    lines = "".join(f'  {ref}: HTMLElementTagNameMap["{tag}"];\n' for tag, ref in found)
    return f"export interface {name}{f' extends {bases}' if bases else ''} {{\n{lines}}}\n"


def written() -> dict[Path, str]:
    """What each refs.d.ts should hold."""
    parts = {path.stem: path.read_text("utf-8") for path in sorted(PARTS.glob("*.html"))}
    files = {
        PARTS / "refs.d.ts": "\n".join(interface(f"{name.title()}Refs", html) for name, html in parts.items()),
        UI / "web/refs.d.ts": _with_parts("PageRefs", (UI / "web/page.html").read_text("utf-8"), "./parts/refs"),
    }
    for path in sorted((UI / "views").glob("*/view.html")):
        files[path.parent / "refs.d.ts"] = _with_parts("Refs", path.read_text("utf-8"), "../../web/parts/refs")
    return {path: HEAD + text for path, text in files.items()}


def _with_parts(name: str, html: str, parts: str) -> str:
    text = interface(name, html)
    bases = re.search(r"extends ([\w, ]+) {", text)
    return f'import type {{ {bases[1]} }} from "{parts}";\n\n{text}' if bases else text


if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text, "utf-8")
