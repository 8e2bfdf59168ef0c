"""What the server does for those who do not come by the page."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from tests.browser.look import ref, view
from tests.genapp.ui.replies import picture, seeds

CALL = "/gradio_api/component_server/"


def _ask(url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    request = urllib.request.Request(url, body, {"content-type": "application/json", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def _call(server, name: str, data: object) -> tuple[int, object]:
    status, page = _ask(server.url)
    config = json.loads(page.split(b"window.gradio_config = ", 1)[1].split(b";</script>", 1)[0])
    component = next(one["id"] for one in config["components"] if one["type"] == "html")
    asked = {"data": data, "component_id": component, "fn_name": name, "session_hash": "test"}
    status, reply = _ask(server.url + CALL, json.dumps(asked).encode())
    return status, json.loads(reply) if status == 200 else reply


@pytest.mark.parametrize(
    "path",
    [
        "run/sample",
        "run/predict",
        "call/sample",
        "upload",
        "file=/etc/passwd",
        "monitoring",
        "monitoring/summary",
        "runs",
        "deep_link",
    ],
)
def test_doors_that_the_page_does_not_use_are_shut(server, path: str) -> None:
    for body in (b"{}", None):
        assert _ask(f"{server.url}/gradio_api/{path}", body)[0] in (404, 405)


def test_a_proper_call_works_by_hand(server) -> None:
    status, reply = _call(server, "render", {"pictures": seeds("clouds", range(4))})
    assert (status, reply["count"]) == (200, 4)


def test_a_crowd_is_served_or_asked_to_come_back(server) -> None:
    walk = {"pictures": seeds("clouds", [1, 2]), "steps": 48}
    with ThreadPoolExecutor(40) as crowd:
        replies = list(crowd.map(lambda _: _call(server, "walk", walk), range(40)))
    assert {status for status, _ in replies} == {200}
    outcomes = {reply.get("error", "served") for _, reply in replies}
    assert "served" in outcomes and outcomes <= {"served", "busy"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("render", {"pictures": seeds("clouds", range(65))}),
        ("render", {"pictures": seeds("clouds", ["; rm"])}),
        ("render", ["clouds"]),
        ("walk", {"pictures": seeds("clouds", [1] * 1000), "steps": 3}),
        ("film", {"pictures": seeds("faces-gan", [1] * 8), "steps": 48, "kind": "mp4"}),
        ("film", {"pictures": seeds("faces-gan", [1] * 2), "steps": 8, "kind": "../../x.mp4"}),
        ("save", {"picture": picture("faces-gan", seed=1, enlarge=32)}),
        ("render", {"pictures": seeds("faces-gan", [1], finish={"sharpen": 1e9})}),
        ("render", {"pictures": seeds("faces-gan", [1], mix={"seed": 2, "shares": {"__class__": 1}})}),
        ("follow", {"query": "x" * 100_000}),
        ("siblings", {"picture": picture("clouds", w="AAAA"), "count": 4, "variation_seed": 1}),
        ("draw", {"png": "A" * 1_000_000, "variation_seed": 1}),
        ("reopen", {"png": {"path": "/etc/passwd"}}),
    ],
)
def test_crafted_calls_are_refused(server, name: str, data: object) -> None:
    assert _call(server, name, data) == (200, {"error": "request"})


def test_only_offered_functions_can_be_called(server) -> None:
    for name in ("get_config", "__init__", "postprocess", "load"):
        status, reply = _call(server, name, {})
        assert status == 404 and b"Traceback" not in reply


def test_a_body_that_is_too_large_is_not_read(server) -> None:
    line = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=30)
    line.putrequest("POST", CALL)
    line.putheader("content-length", "3100000")
    line.endheaders()
    assert line.getresponse().status == 413
    line.close()


def test_a_broken_request_shows_no_insides(server) -> None:
    for body in (b"{", b"[]", b'{"component_id": 99999, "fn_name": "render", "session_hash": "x", "data": 1}'):
        status, reply = _ask(server.url + CALL, body)
        assert status >= 400 and b"Traceback" not in reply and b"site-packages" not in reply


def test_the_page_says_nothing_of_the_machine_and_has_no_footer(server, visit) -> None:
    html = _ask(server.url)[1].decode()
    assert "site-packages" not in html and str(server.temp) not in html and "googleapis" not in html
    config = json.loads(html.split("window.gradio_config = ", 1)[1].split(";</script>", 1)[0])
    assert config["analytics_enabled"] is False
    page = visit()
    assert page.locator("footer").count() == 0 or not page.locator("footer").is_visible()


def test_no_visitor_leaves_anything_on_the_disk(server, visit) -> None:
    page = visit()
    make = view(page, "make")
    expect(ref(make, "play")).to_have_text("Pause")
    with page.expect_download() as download:
        ref(make, "save").click()
    with page.expect_download():
        ref(make, "animation").click()
    ref(view(page, "make"), "open").set_input_files(download.value.path())
    expect(page.locator(".toast")).to_contain_text("very same")
    page.get_by_role("button", name="Draw", exact=True).click()
    expect(ref(view(page, "draw"), "neighbours").locator(".cell")).to_have_count(8)
    assert [path for path in server.temp.rglob("*") if path.is_file()] == []
