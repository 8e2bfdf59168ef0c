"""What stays in metrics.json."""

import numpy as np
import pytest

from genapp.model.config import ModelConfig
from tests.folders import make_generator
from training.evaluation.metrics_file import carry_metrics, merge_metrics, read_metrics


def test_merging_keeps_other_scores_but_not_those_of_other_weights(tmp_path):
    folder = make_generator(tmp_path / "model")
    merge_metrics(folder, "likelihood", {"nll": {"value": np.float32(84.123456789)}, "pictures": np.int64(3)})
    merge_metrics(folder, "samples", {"count": 2})
    found = read_metrics(folder)
    weights = ModelConfig.load(folder).model_sha256
    assert found["likelihood"] == {"nll": {"value": 84.1235}, "pictures": 3, "model_sha256": weights}
    assert found["samples"] == {"count": 2, "model_sha256": weights}
    make_generator(folder, weights_seed=9)
    merge_metrics(folder, "samples", {"count": 5})
    assert set(read_metrics(folder)) == {"samples"}
    assert sorted(p.name for p in folder.iterdir() if p.name.startswith("metrics")) == ["metrics.json"]


def test_a_score_that_is_not_finite_is_refused_and_the_file_stays(tmp_path):
    folder = make_generator(tmp_path / "model")
    merge_metrics(folder, "samples", {"count": 2})
    with pytest.raises(ValueError, match="JSON compliant"):
        merge_metrics(folder, "samples", {"nll": float("nan")})
    assert read_metrics(folder)["samples"]["count"] == 2


@pytest.mark.parametrize("content", ["{", "[1]", '{"samples": 3}', "\x00"])
def test_a_damaged_metrics_file_is_named(tmp_path, content):
    folder = make_generator(tmp_path / "model")
    (folder / "metrics.json").write_text(content, "utf-8")
    with pytest.raises(ValueError, match=r"metrics\.json .* evaluate again"):
        merge_metrics(folder, "samples", {})


def test_scores_of_samples_outlive_a_new_encoder(tmp_path):
    folder = make_generator(tmp_path / "model", encoder=True, family="vae")
    before = ModelConfig.load(folder)
    for name in ("samples", "reconstruction"):
        merge_metrics(folder, name, {"count": 2})
    changed = before.model_copy(update={"sha256": before.sha256 | {"encoder.onnx": "cd" * 32}})
    changed.save(folder)
    carry_metrics(folder, "ef" * 32)  # those of other weights stay what they are
    assert read_metrics(folder)["samples"]["model_sha256"] == before.model_sha256
    carry_metrics(folder, before.model_sha256)
    assert read_metrics(folder) == {"samples": {"count": 2, "model_sha256": changed.model_sha256}}
