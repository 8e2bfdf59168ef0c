from __future__ import annotations

import os
from pathlib import Path

import pytest

from genapp.model import hardware


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"cpu.max": "150000 100000\n"}, 1.5),
        ({"cpu.max": "max 100000\n"}, None),
        ({"cpu/cpu.cfs_quota_us": "400000\n", "cpu/cpu.cfs_period_us": "100000\n"}, 4.0),
        ({"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, None),
        ({}, None),
    ],
)
def test_cgroup_quota(tmp_path: Path, files: dict[str, str], expected: float | None) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert hardware.cgroup_quota(tmp_path) == expected


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no affinity on this system")
def test_usable_cores_follow_the_affinity() -> None:
    before = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(before)})
        assert hardware.usable_cores() == 1
    finally:
        os.sched_setaffinity(0, before)


@pytest.mark.parametrize(("quota", "expected"), [(0.5, 1), (1.5, 2), (10_000.0, None)])
def test_usable_cores_follow_the_quota(monkeypatch: pytest.MonkeyPatch, quota: float, expected: int | None) -> None:
    monkeypatch.setattr(hardware.os, "sched_getaffinity", lambda pid: set(range(8)), raising=False)
    monkeypatch.setattr(hardware, "cgroup_quota", lambda root: quota)
    assert hardware.usable_cores() == (expected or 8)


def test_features_name_the_machine_and_only_what_kernels_are_chosen_by() -> None:
    machine, *features = hardware.processor_features().split()
    assert machine == os.uname().machine
    assert "fpu" not in features
    assert "smep" not in features
