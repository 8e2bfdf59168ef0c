"""What this process may compute on: cores, the processor's features, an NVIDIA GPU."""

from __future__ import annotations

import ctypes
import math
import os
import platform
import re
import sys
from functools import cache
from pathlib import Path

_MATTERS = re.compile(r"^(avx|fma|f16c|sse4|amx|asimd|sve|sme\d*$|i8mm|bf16)")
"""Features that ONNX Runtime's kernels are chosen by: with others the last bits of a sum can differ."""


def usable_cores() -> int:
    """Cores that this process may use: its affinity, and in a container the cgroup's quota."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = cgroup_quota(Path("/sys/fs/cgroup"))
    return max(1, cores if quota is None else min(cores, math.ceil(quota)))


def cgroup_quota(root: Path) -> float | None:
    """Cores that the cgroup mounted at `root` allows (version 2, then 1); None when it sets no limit."""
    try:
        quota, period = (root / "cpu.max").read_text().split()
    except (OSError, ValueError):
        try:
            quota = (root / "cpu" / "cpu.cfs_quota_us").read_text().strip()
            period = (root / "cpu" / "cpu.cfs_period_us").read_text().strip()
        except OSError:
            return None
    try:
        return int(quota) / int(period) if int(quota) > 0 else None
    except (ValueError, ZeroDivisionError):  # "max" means no limit
        return None


@cache
def processor_features() -> str:
    """The machine's kind and the vector features that decide which kernels run, e.g. "x86_64 avx avx2 fma"."""
    try:
        cpuinfo = Path("/proc/cpuinfo").read_text("utf-8", "replace")
    except OSError:
        return f"{platform.machine()} {platform.processor()}".strip()
    found = re.search(r"^(?:flags|Features)\s*:(.*)$", cpuinfo, re.MULTILINE)
    features = sorted(filter(_MATTERS.match, found.group(1).split())) if found else []
    return " ".join([platform.machine(), *features])


@cache
def nvidia_gpu() -> str | None:
    """Name of the first NVIDIA GPU that the driver lets this process use, or None."""
    try:
        driver = ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return None
    count, device, name = ctypes.c_int(), ctypes.c_int(), ctypes.create_string_buffer(128)
    if driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count)) or count.value < 1:
        return None
    if driver.cuDeviceGet(ctypes.byref(device), 0) or driver.cuDeviceGetName(name, len(name), device):
        return None
    return name.value.decode("utf-8", "replace")
