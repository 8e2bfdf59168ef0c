"""The page's JavaScript, served as ES modules below an address that names their content.

A browser may keep them for ever: other content has another address, and all relative imports stay below one address, so
that modules of two versions never meet in one page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

UI = Path(__file__).parents[1]
FOLDERS = ("web", "views")
"""Below genapp/ui; of these only the `.js` files are served."""
CACHE = {"cache-control": "public, max-age=31536000, immutable"}


@dataclass(frozen=True)
class Modules:
    """JavaScript files by their path below genapp/ui, as they were when the app started."""

    files: Mapping[str, bytes]

    @property
    def address(self) -> str:
        """Where they are served, without a slash at either end: it goes behind the page's own address."""
        digest = hashlib.sha256()
        for path, content in sorted(self.files.items()):
            digest.update(f"{path}\n{len(content)}\n".encode() + content)
        return f"genapp/{digest.hexdigest()[:16]}"

    def preloads(self, views: Iterable[str]) -> str:
        """HTML for the document's head: a browser loads them all at once, and not one import after the other."""
        folders = ("web", *(f"views/{view}" for view in views))
        paths = [path for path in sorted(self.files) if path.rpartition("/")[0] in folders]
        return "".join(f'<link rel="modulepreload" href="{self.address}/{path}">' for path in paths)

    def mount(self) -> Mount:
        """The route of these files, and of nothing else. GET and HEAD only."""

        async def answer(request: Request) -> Response:
            content = self.files.get(request.path_params["path"])
            if content is None:
                return PlainTextResponse("Not here", 404)
            return Response(content, media_type="text/javascript", headers=CACHE)

        return Mount(f"/{self.address}", routes=[Route("/{path:path}", answer)])


@cache
def page_modules() -> Modules:
    """The modules of this installation."""
    paths = [path for folder in FOLDERS for path in (UI / folder).rglob("*.js")]
    return Modules({path.relative_to(UI).as_posix(): path.read_bytes() for path in paths})
