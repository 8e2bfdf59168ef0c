"""Requests crafted by hand, crowds, and accidents all end in a kind word."""

from __future__ import annotations

import threading

import pytest

from genapp.ui.server.endpoint import Gate, Refused, Request, public


class Number(Request):
    number: float


def _double(request: Number) -> dict:
    return {"twice": 2 * request.number}


@pytest.mark.parametrize(
    "json", [None, [], "x", {}, {"number": "much"}, {"number": 1, "more": 2}, {"number": float("nan")}]
)
def test_what_is_no_request_is_refused(json: object) -> None:
    assert public("double", Number, _double, Gate())(json) == {"error": "request"}


def test_a_request_is_answered_and_timed() -> None:
    reply = public("double", Number, _double, Gate())({"number": 4})
    assert reply["twice"] == 8
    assert reply["ms"] >= 0


def test_a_refusal_carries_its_values() -> None:
    def refuse(request: Number) -> dict:
        raise Refused("large", megabytes=2)

    assert public("refuse", Number, refuse, Gate())({"number": 1}) == {"error": "large", "megabytes": 2}


def test_an_accident_tells_the_log_and_not_the_visitor(caplog: pytest.LogCaptureFixture) -> None:
    def fall(request: Number) -> dict:
        raise RuntimeError("/secret/path")

    assert public("fall", Number, fall, Gate())({"number": 1}) == {"error": "failed"}
    assert "/secret/path" in caplog.text


def test_a_full_line_is_asked_to_come_back_and_moves_on() -> None:
    inside, leave = threading.Event(), threading.Event()

    def linger(request: Number) -> dict:
        inside.set()
        leave.wait(10)
        return {}

    gate = Gate(working=1, waiting=1, patience_s=10)
    call = public("linger", Number, linger, gate)
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
        assert public("double", Number, _double, gate)({"number": 1}) == {"error": "busy"}
