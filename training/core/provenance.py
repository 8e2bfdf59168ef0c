"""Where a number or a model came from: the code's commit and the machine, as cards and metrics.json keep them."""

from __future__ import annotations

import platform
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import torch

PROJECT = Path(__file__).resolve().parents[2]
CODE = ("training", "genapp")
"""What decides a number. Models and notes may be uncommitted without making the commit a lie."""


def commit(project: Path = PROJECT) -> str:
    """The commit that `project` is at, with "-dirty" when files of `CODE` differ from it; "unknown" outside of git.

    `project` has to be a checkout itself: an installed package may lie inside of somebody else's.
    """
    if not (project / ".git").exists():
        return "unknown"
    try:
        head = _git(project, "rev-parse", "HEAD")
        changed = _git(project, "status", "--porcelain", "--", *CODE)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{head}-dirty" if changed else head


@cache
def processor_name() -> str:
    """The processor as the machine calls it, e.g. "AMD EPYC"."""
    try:
        cpuinfo = Path("/proc/cpuinfo").read_text("utf-8", "replace")
    except OSError:
        cpuinfo = ""
    found = re.search(r"^model name\s*:\s*(.+)$", cpuinfo, re.MULTILINE)
    return found.group(1).strip() if found else platform.processor() or platform.machine()


def device_name() -> str:
    """What training runs on: the GPU's name where new tensors go to one, else the processor's."""
    device = torch.get_default_device()
    return torch.cuda.get_device_name(device) if device.type == "cuda" else processor_name()


def _git(project: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(project), *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def command() -> str:
    """What was typed to start this process, as a line for a shell. Model cards are published: see `portable`."""
    return shlex.join(["python", *(portable(part) for part in sys.orig_argv[1:])])


def portable(text: str) -> str:
    """`text`, but of an absolute path, or one in a home folder, only the last part: the others name folders of this
    machine."""
    return Path(text).name if Path(text).is_absolute() or text.startswith("~") else text
