"""`python -m benchmarks.engine`, for moments."""

from __future__ import annotations

import pytest

from benchmarks import engine


@pytest.mark.slow
def test_both_sides_have_a_speed(capsys) -> None:
    engine.main(("digits-dcgan", "digits-vae-2d"), seconds=0.01, rounds=1, threads=1)
    heading, *rows = capsys.readouterr().out.strip().splitlines()[1:]
    assert heading.split()[:4] == ["recipe", "batch", "engine/s", "torch/s"]
    assert [row.split()[:2] for row in rows] == [
        [name, str(batch)] for name in ("digits-dcgan", "digits-vae-2d") for batch in engine.BATCHES
    ]
    assert all(float(value) > 0 for row in rows for value in row.split()[2:5])


def test_only_generators_are_measured() -> None:
    with pytest.raises(SystemExit, match="digits-judge is no GAN and no VAE"):
        engine.generator_of("digits-judge")
