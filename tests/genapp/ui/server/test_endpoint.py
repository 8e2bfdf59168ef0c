"""Requests crafted by hand, crowds, and accidents all end in a kind word."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import ModuleType

import pytest

from genapp.model import library
from genapp.ui.server.endpoint import Endpoint, Gate, Refused, Request, endpoint, endpoints_of, served
from genapp.ui.server.registry import ModelRegistry


class Number(Request):
    number: float


@endpoint(Number)
def double(registry: ModelRegistry, request: Number) -> dict:
    return {"twice": 2 * request.number}


def _served(asked: Endpoint, gate: Gate | None = None) -> Callable:
    return served(asked, ModelRegistry(library.Library(), gate))


@pytest.mark.parametrize(
    "json", [None, [], "x", {}, {"number": "much"}, {"number": 1, "more": 2}, {"number": float("nan")}]
)
def test_what_is_no_request_is_refused(json: object) -> None:
    assert _served(double)(json) == {"error": "request"}


def test_a_request_is_answered_and_timed() -> None:
    reply = _served(double)({"number": 4})
    assert reply["twice"] == 8
    assert reply["ms"] >= 0


def test_a_refusal_carries_its_values() -> None:
    @endpoint(Number)
    def refuse(registry: ModelRegistry, request: Number) -> dict:
        raise Refused("large", megabytes=2)

    assert _served(refuse)({"number": 1}) == {"error": "large", "megabytes": 2}


def test_an_accident_tells_the_log_and_not_the_visitor(caplog: pytest.LogCaptureFixture) -> None:
    @endpoint(Number)
    def fall(registry: ModelRegistry, request: Number) -> dict:
        raise RuntimeError("/secret/path")

    assert _served(fall)({"number": 1}) == {"error": "failed"}
    assert "/secret/path" in caplog.text


def test_a_full_line_is_asked_to_come_back_and_moves_on() -> None:
    inside, leave = threading.Event(), threading.Event()

    @endpoint(Number)
    def linger(registry: ModelRegistry, request: Number) -> dict:
        inside.set()
        leave.wait(10)
        return {}

    gate = Gate(working=1, waiting=1, patience_s=10)
    call = _served(linger, gate)
    replies: list[dict] = []
    guests = [threading.Thread(target=lambda: replies.append(call({"number": 1}))) for _ in range(2)]
    guests[0].start()
    assert inside.wait(10)
    guests[1].start()
    while gate._places._value:  # until the second stands in line
        pass
    assert call({"number": 1}) == {"error": "busy"}
    leave.set()
    for guest in guests:
        guest.join(10)
    assert [reply.get("error") for reply in replies] == [None, None]
    assert "error" not in call({"number": 1})


def test_nobody_waits_for_ever() -> None:
    gate = Gate(working=1, waiting=1, patience_s=0.01)
    with gate.enter():
        assert _served(double, gate)({"number": 1}) == {"error": "busy"}


def test_a_module_s_calls_are_found_and_two_of_one_name_refused() -> None:
    first, second = ModuleType("first"), ModuleType("second")
    first.double, first.other = double, 7
    second.renamed = double  # shared: the same one is offered once
    assert endpoints_of([first, second]) == {"double": double}
    second.double = endpoint(Number)(double.work)
    with pytest.raises(ValueError, match="two server calls have the name double: the second is in second"):
        endpoints_of([first, second])
