"""`python -m benchmarks.first_visit`, with pages that draw at once."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from benchmarks import first_visit

PAGE = """<!doctype html><title>page</title><link rel="icon" href="data:,"><div id="grid">pictures</div>
<script>setTimeout(() => { document.querySelector("#grid").dataset.shown = "{}"; }, WAIT)</script>"""


@contextmanager
def page(wait_ms: int) -> Iterator[str]:
    """The address of a page whose pictures come after so many milliseconds."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = PAGE.replace("WAIT", str(wait_ms)).encode()
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def compared(pages: dict[str, str], latency: int) -> list[str]:
    """The words of a comparison; in a thread of its own, as the tests of the page have a browser open in theirs."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(first_visit.compare, pages, pairs=1, latency=latency).result().split()


@pytest.mark.browser
def test_the_later_pictures_take_longer() -> None:
    with page(1500) as slow, page(0) as quick:
        words = compared({"slow": slow, "quick": quick}, latency=0)
    slow_ms, quick_ms = (float(words[words.index(name) + 1]) for name in ("slow", "quick"))
    assert slow_ms >= 1500 and slow_ms > quick_ms
    assert words.count("1") == 2 and "requests" in words


@pytest.mark.browser
def test_latency_makes_a_visit_longer() -> None:
    with page(0) as one, page(0) as other:
        words = compared({"one": one, "other": other}, latency=1500)
    assert float(words[words.index("one") + 1]) >= 1500
