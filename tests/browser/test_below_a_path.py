"""The page below a path of another server, as a proxy shows it: `https://host/genapp-here/`."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import serve
from tests.browser.look import cells, ref, view, wait_until_shown
from tests.folders import make_generator

PREFIX = "/some/where"


def _proxy(target: str) -> type[BaseHTTPRequestHandler]:
    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith(f"{PREFIX}/"):
                return self.send_error(404)
            body = self.rfile.read(int(self.headers.get("content-length", 0))) or None
            headers = {"content-type": self.headers.get("content-type", ""), "x-forwarded-host": self.headers["host"]}
            request = urllib.request.Request(target + self.path.removeprefix(PREFIX), body, headers)
            try:
                reply = urllib.request.urlopen(request, timeout=60)
            except urllib.error.HTTPError as error:
                reply = error
            with reply:
                content = reply.read()
                self.send_response(reply.status)
                for name in ("content-type", "cache-control"):
                    if name in reply.headers:
                        self.send_header(name, reply.headers[name])
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    return Proxy


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    models: Path = tmp_path_factory.mktemp("models")
    make_generator(models / "clouds", "clouds", size=16, channels=3, task="clouds", title="Clouds")
    folder = tmp_path_factory.mktemp("server")
    with (
        serve(models, folder, GRADIO_ROOT_PATH=PREFIX) as running,
        ThreadingHTTPServer(("127.0.0.1", 0), _proxy(running.url)) as proxy,
    ):
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_port}{PREFIX}"
        proxy.shutdown()


def test_the_page_works_below_a_path(below: str, visit) -> None:
    page = visit("#digits-make", at=below, quietly=True)  # favicon.ico is asked of the host itself
    loaded = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    modules = {url for url in loaded if url.endswith(".js") and "/genapp/" in url}
    assert len(modules) > 20 and all(url.startswith(f"{below}/genapp/") for url in modules)
    make = view(page, "make")
    wait_until_shown(page, make, model="digits-gan")
    before = ref(make, "grid").get_attribute("data-shown")
    ref(make, "new").click()
    expect(ref(make, "grid")).not_to_have_attribute("data-shown", before)
    expect(cells(make)).not_to_have_count(0)
