from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper

from genapp.model import engine, hardware
from genapp.model.engine import BATCHES, EngineError, Graph, Settings, chunks, stopwatch

CPU = Settings("cpu", 1)


@pytest.fixture(scope="module")
def generator(models: Path) -> bytes:
    return (models / "plain" / "generator.onnx").read_bytes()


@given(st.integers(0, 1000))
def test_chunks_cover_all_rows_once_in_known_sizes(count: int) -> None:
    pieces = list(chunks(count))
    assert [row for start, stop in pieces for row in range(start, stop)] == list(range(count))
    assert {stop - start for start, stop in pieces} <= set(BATCHES)


def test_graph_says_what_it_runs_on_and_what_it_takes(generator: bytes) -> None:
    graph = Graph(generator, CPU)
    assert graph.provider == "CPU"
    assert graph.inputs == {"w": ("tensor(float)", ("N", 1, 6))}
    assert graph.outputs == {"image": ("tensor(uint8)", ("N", 8, 8, 1))}


@pytest.mark.parametrize("count", [1, 3, 16, 64, 85, 131])
def test_a_row_does_not_depend_on_its_neighbours(generator: bytes, count: int) -> None:
    graph = Graph(generator, CPU)
    w = np.random.RandomState(0).standard_normal((count, 1, 6)).astype(np.float32)
    together = graph.run({"w": w})["image"]
    alone = np.concatenate([graph.run({"w": row[None]})["image"] for row in w])
    assert together.shape == (count, 8, 8, 1)
    assert np.abs(together.astype(int) - alone.astype(int)).max() <= 1
    assert (together == alone).mean() >= 0.999


def test_inputs_that_the_graph_does_not_take_are_left_out(generator: bytes) -> None:
    w = np.zeros((2, 1, 6), np.float32)
    assert len(Graph(generator, CPU).run({"w": w, "label": np.zeros(2, np.int64)})["image"]) == 2


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({}, "also needs w"),
        ({"w": np.zeros((0, 1, 6), np.float32)}, "at least one"),
    ],
)
def test_run_refuses_what_is_missing_or_empty(generator: bytes, inputs: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Graph(generator, CPU).run(inputs)


def test_stopwatch_counts_only_what_runs_inside_it(generator: bytes) -> None:
    graph, w = Graph(generator, CPU), np.zeros((64, 1, 6), np.float32)
    graph.run({"w": w})
    with stopwatch() as watch:
        assert watch.milliseconds == 0
        graph.run({"w": w})
        once = watch.milliseconds
        graph.run({"w": w})
    total = watch.milliseconds
    graph.run({"w": w})
    assert 0 < once < total == watch.milliseconds


def test_content_that_is_no_graph_is_refused_in_one_line() -> None:
    with pytest.raises(EngineError, match="cannot open the graph") as caught:
        Graph(b"not an ONNX file", CPU)
    assert "\n" not in str(caught.value)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.from_environment() == Settings("auto", hardware.usable_cores())
    monkeypatch.setenv("GENAPP_PROVIDER", " CPU ")
    monkeypatch.setenv("GENAPP_THREADS", "3")
    assert Settings.from_environment() == Settings("cpu", 3)


@pytest.mark.parametrize(
    ("name", "value"), [("GENAPP_PROVIDER", "gpu"), ("GENAPP_THREADS", "0"), ("GENAPP_THREADS", "many")]
)
def test_settings_that_mean_nothing_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(EngineError, match=f"{name} is '{value}': set it to"):
        Settings.from_environment()


def _no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hardware, "nvidia_gpu", lambda: None)


def _gpu_without_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver answers, but CUDA's libraries do not load: ONNX Runtime then falls back to the CPU in silence."""
    monkeypatch.setattr(hardware, "nvidia_gpu", lambda: "a GPU")
    monkeypatch.setattr(engine, "_preload_cuda_libraries", lambda: None)
    real = onnxruntime.InferenceSession
    listed = ["CUDAExecutionProvider", "CPUExecutionProvider"]
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: listed)
    monkeypatch.setattr(
        onnxruntime,
        "InferenceSession",
        lambda onnx, options, providers: real(onnx, options, providers=["CPUExecutionProvider"]),
    )


def test_asked_for_cuda_without_a_gpu_is_an_error(generator: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    _no_gpu(monkeypatch)
    with pytest.raises(EngineError, match=r"GENAPP_PROVIDER=cuda, but .*unset GENAPP_PROVIDER"):
        Graph(generator, Settings("cuda", 1))


def test_auto_without_a_gpu_says_cpu(generator: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    _no_gpu(monkeypatch)
    assert Graph(generator, Settings("auto", 1)).provider == "CPU"


def test_a_silent_fallback_is_never_called_cuda(generator: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    _gpu_without_libraries(monkeypatch)
    assert Graph(generator, Settings("auto", 1)).provider == "CPU"
    with pytest.raises(EngineError, match="fell back to the CPU"):
        Graph(generator, Settings("cuda", 1))


def test_cuda_is_asked_for_with_the_options_that_keep_pictures_equal(
    generator: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    _gpu_without_libraries(monkeypatch)
    asked = []
    real = onnxruntime.InferenceSession
    monkeypatch.setattr(
        onnxruntime,
        "InferenceSession",
        lambda onnx, options, providers: asked.append(providers) or real(onnx, options, providers=providers),
    )
    Graph(generator, Settings("auto", 1))
    (name, options), fallback = asked[0]
    assert (name, fallback) == ("CUDAExecutionProvider", "CPUExecutionProvider")
    assert options["cudnn_conv_algo_search"] == "HEURISTIC"
    assert options["use_tf32"] == 0


@pytest.mark.skipif(engine.cuda_problem() is not None, reason="no NVIDIA GPU here")
def test_cuda_draws_what_the_cpu_draws(generator: bytes) -> None:
    w = np.random.RandomState(0).standard_normal((85, 1, 6)).astype(np.float32)
    on_gpu = Graph(generator, Settings("cuda", 1))
    assert on_gpu.provider == "CUDA"
    pictures, expected = (graph.run({"w": w})["image"] for graph in (on_gpu, Graph(generator, CPU)))
    assert np.abs(pictures.astype(int) - expected.astype(int)).max() <= 1


def test_weights_outside_the_checked_file_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph may not read other files: their content is not what the card's sha256 stands for."""
    weight = TensorProto(name="weight", data_type=TensorProto.FLOAT, dims=[4], data_location=TensorProto.EXTERNAL)
    for key, value in {"location": "weights.bin", "offset": "0", "length": "16"}.items():
        weight.external_data.add(key=key, value=value)
    inputs, outputs = (helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", 4]) for name in ("w", "image"))
    graph = helper.make_graph([helper.make_node("Add", ["w", "weight"], ["image"])], "g", [inputs], [outputs], [weight])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    (tmp_path / "weights.bin").write_bytes(bytes(16))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EngineError, match="cannot open the graph"):
        Graph(model.SerializeToString(), CPU)
