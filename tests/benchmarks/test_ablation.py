"""`python -m benchmarks.ablation`, with two variants of a tiny network."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import ablation
from training.core.facts import read_facts

pytestmark = pytest.mark.slow


def test_variants_are_trained_once_and_their_scores_are_a_table(home: Path, tiny_gan: tuple[str, ...], capsys) -> None:
    flags = (*tiny_gan, "--judge", "digits-judge")
    for _ in range(2):
        ablation.main(("plain", "no-mapping"), 16, 1, home / "runs", flags)
    lines = capsys.readouterr().out.strip().splitlines()
    table = lines[-4:]
    assert table[0] == "| variant | pictures | minutes | Frechet distance |"
    assert [row.split("|")[1].strip() for row in table[2:]] == ["plain", "no-mapping"]
    assert all(row.split("|")[2].strip() == "16" and float(row.split("|")[4]) > 0 for row in table[2:])
    assert read_facts(home / "runs" / "no-mapping").recipe["mapping_depth"] == 0
    assert read_facts(home / "runs" / "plain").recipe["penalty_weight"] == 1
