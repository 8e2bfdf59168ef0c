"""Answers 404 on those routes of Gradio's server that this page does not use, and limits the size of every request."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

API = "/gradio_api"
OPEN = ("/component_server", "/heartbeat/", "/startup-events")
"""Routes below /gradio_api that the page needs: its calls, and Gradio's own housekeeping. It has no Gradio events and
moves no files, so queue, uploads, downloads and the REST routes that would go round the queue stay shut."""


class RouteFilter:
    """ASGI middleware: 404 for routes nobody needs, 413 for a body that is larger than any honest request."""

    def __init__(self, app: ASGIApp, max_body: int) -> None:
        self._app, self._max_body = app, max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _shut(scope["path"]):
            await PlainTextResponse("Not here", 404)(scope, receive, send)
        elif _announced(scope) > self._max_body:
            await PlainTextResponse("Too large", 413)(scope, receive, send)
        else:
            await self._app(scope, _limited(receive, self._max_body), send)


def _shut(path: str) -> bool:
    _, api, route = path.partition(API)
    return bool(api) and not route.startswith(OPEN)


def _announced(scope: Scope) -> int:
    sizes = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(sizes[0]) if sizes and sizes[0].isdigit() else 0


def _limited(receive: Receive, most: int) -> Receive:
    """A body without an announced size is cut off as if the visitor had hung up."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > most else message

    return limited
