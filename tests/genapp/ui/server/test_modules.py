"""The page's modules: what is served, at which address, and that their imports lead somewhere."""

from __future__ import annotations

import posixpath
import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from genapp.ui.server.modules import LinkHeader, Modules, page_modules
from genapp.ui.views import folders

SMALL = Modules({"web/page.js": b"export const one = 1;", "views/make/view.js": b"export default 2;"})
IMPORT = re.compile(r'^(?:import |\}).* from "(\.[^"]+)"', re.MULTILINE)


def _imports(path: str) -> set[str]:
    names = IMPORT.findall(page_modules().files[path].decode())
    return {posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) for name in names}


def _reached(path: str) -> set[str]:
    seen, todo = set(), {path}
    while todo:
        seen |= todo
        todo = {found for one in todo for found in _imports(one)} - seen
    return seen


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/", lambda _: Response("the page")), SMALL.route()]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(LinkHeader, link=SMALL.ahead(["make"]))]))


@pytest.mark.parametrize("path", sorted(page_modules().files))
def test_imports_lead_to_what_is_served(path: str) -> None:
    assert _imports(path) <= page_modules().files.keys()


def test_every_module_is_needed() -> None:
    firsts = ["web/page.js", *(path for path in page_modules().files if path.endswith("/view.js"))]
    assert {found for first in firsts for found in _reached(first)} == page_modules().files.keys()


def test_all_that_a_view_imports_is_loaded_ahead() -> None:
    views = [folder.name for folder in folders()]
    for view in views:
        ahead = set(re.findall(r"<\./genapp/[0-9a-f]{16}/([^>]+)>; rel=modulepreload", page_modules().ahead([view])))
        assert _reached("web/page.js") | _reached(f"views/{view}/view.js") <= ahead


def test_the_page_alone_says_what_to_load_ahead(client: TestClient) -> None:
    link = client.get("/").headers["link"]
    assert link.count("modulepreload") == 2 and f"<./{SMALL.address}/web/page.js>" in link
    assert "link" not in client.get(f"/{SMALL.address}/web/page.js").headers


def test_a_module_is_kept_by_browsers(client: TestClient) -> None:
    reply = client.get(f"/{SMALL.address}/views/make/view.js")
    assert (reply.status_code, reply.text) == (200, "export default 2;")
    assert reply.headers["content-type"].startswith("text/javascript")
    assert "immutable" in reply.headers["cache-control"]


def test_other_content_has_another_address() -> None:
    assert SMALL.address == Modules(dict(reversed(SMALL.files.items()))).address
    others = [
        {**SMALL.files, "web/page.js": b"export const one = 2;"},
        {"web/page.js": SMALL.files["web/page.js"]},
        {"web/other.js": SMALL.files["web/page.js"], "views/make/view.js": b"export default 2;"},
    ]
    assert len({SMALL.address, *(Modules(other).address for other in others)}) == 4


def test_nothing_else_is_served(client: TestClient) -> None:
    assert all(path.endswith(".js") and path.startswith(("web/", "views/")) for path in page_modules().files)
    for path in ("", "web", "web/", "web/page.html", "views/make/view.py", "web/%2e%2e/web/page.js"):
        reply = client.get(f"/{SMALL.address}/{path}")
        assert reply.status_code == 404 and "immutable" not in reply.headers.get("cache-control", "")
    assert client.get("/genapp/0123456789abcdef/web/page.js").status_code == 404
    assert client.post(f"/{SMALL.address}/web/page.js").status_code == 405
