"""`python -m benchmarks.startup`, with servers that start at once."""

from __future__ import annotations

import sys

import pytest

from benchmarks import startup

PAGE = """
import http.server, os, time
time.sleep({wait})
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>")
    def log_message(self, *arguments):
        pass
http.server.HTTPServer(("127.0.0.1", int(os.environ["GRADIO_SERVER_PORT"])), Page).serve_forever()
"""


def command(wait: float) -> list[str]:
    return [sys.executable, "-c", PAGE.format(wait=wait)]


def test_the_slower_one_takes_longer_on_the_clock() -> None:
    clock, processor = startup.compare({"slow": command(1.0), "quick": command(0.0)}, pairs=1)
    assert clock.startswith("clock") and processor.startswith("processor")
    words = clock.split()
    assert float(words[words.index("slow") + 1]) > float(words[words.index("quick") + 1])
    assert "(1 pairs" in clock


def test_a_server_that_ends_is_an_error() -> None:
    with pytest.raises(SystemExit, match="ended with 3 before its first page"):
        startup.first_page([sys.executable, "-c", "raise SystemExit(3)"])
