"""The benchmark of how far a picture travels."""

from __future__ import annotations

from benchmarks.moves import measure, way_of
from genapp.limits import plain
from genapp.model.mixing import mix


def test_a_move_is_a_change_of_file() -> None:
    assert way_of(lambda: (plain(1), plain(2))).moves == 0
    assert way_of(lambda: (plain(1), plain(2))).files == 1
    assert way_of(lambda: None).functions == 0
    assert mix.__code__.co_filename != plain.__code__.co_filename


def test_saving_a_digit_stays_within_what_was_reached() -> None:
    ways = measure()
    assert ways["save"].files in range(5, 17) and ways["save"].moves in range(5, 41)
    assert ways["sample"].files in range(5, 17) and ways["sample"].moves in range(5, 41)
