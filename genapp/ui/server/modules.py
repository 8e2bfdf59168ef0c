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
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from genapp.ui.views import folders

WEB = Path(__file__).parents[1] / "web"
CACHE = {"cache-control": "public, max-age=31536000, immutable"}


@dataclass(frozen=True)
class Modules:
    """JavaScript files, `web/NAME.js` and `views/VIEW/NAME.js`, as they were when the app started."""

    files: Mapping[str, bytes]

    @property
    def address(self) -> str:
        """Where they are served, without a slash at either end: it goes behind the page's own address."""
        digest = hashlib.sha256()
        for path, content in sorted(self.files.items()):
            digest.update(f"{path}\n{len(content)}\n".encode() + content)
        return f"genapp/{digest.hexdigest()[:16]}"

    def ahead(self, views: Iterable[str]) -> str:
        """Value of a Link header: a browser that reads it loads all modules of the page and of `views` at once, while
        it waits for Gradio's own scripts; those go before."""
        folders = ("web", *(f"views/{view}" for view in views))
        paths = [path for path in sorted(self.files) if path.rpartition("/")[0] in folders]
        return ", ".join(f"<./{self.address}/{path}>; rel=modulepreload; fetchpriority=low" for path in paths)

    def route(self) -> Route:
        """The route of these files, and of nothing else. GET and HEAD only.

        No Mount: behind a proxy that keeps its own path to itself, Starlette's routes below a Mount look for that path.
        """

        async def answer(request: Request) -> Response:
            content = self.files.get(request.path_params["path"])
            if content is None:
                return PlainTextResponse("Not here", 404)
            return Response(content, media_type="text/javascript", headers=CACHE)

        return Route(f"/{self.address}/{{path:path}}", answer)


class LinkHeader:
    """ASGI middleware: the page itself is answered with a Link header."""

    def __init__(self, app: ASGIApp, link: str) -> None:
        self._app, self._header = app, (b"link", link.encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def linked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], self._header]}
            await send(message)

        is_page = scope["type"] == "http" and scope["path"].removeprefix(scope.get("root_path", "")) in ("", "/")
        await self._app(scope, receive, linked if is_page else send)


@cache
def page_modules() -> Modules:
    """The modules of this installation."""
    places = {"web": WEB} | {f"views/{folder.name}": folder for folder in folders()}
    return Modules(
        {
            f"{place}/{path.relative_to(folder).as_posix()}": path.read_bytes()
            for place, folder in places.items()
            for path in folder.rglob("*.js")
        }
    )
