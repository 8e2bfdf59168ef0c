from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from genapp.__main__ import main
from genapp.model import library
from genapp.model.config import ClassCondition
from genapp.model.model import Model, load_model
from genapp.picture.recipe import Recipe
from tests.folders import DIGITS, make_generator

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _no_shipped_models(monkeypatch: pytest.MonkeyPatch, models: Path) -> None:
    """What is shipped must not decide what these tests see."""
    monkeypatch.setattr(library, "SHIPPED", models)


def test_list(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    make_generator(tmp_path / "mine", "mine", title="My digits")
    assert main(["list", "--models", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("mine ") and line.endswith("My digits") for line in lines)
    assert any(line.split()[:2] == ["judge", "judge"] for line in lines)


@pytest.mark.parametrize(
    ("called", "name"), [("/usr/bin/genapp", "genapp"), ("/somewhere/genapp/__main__.py", "python -m genapp")]
)
def test_help_names_the_program_as_it_was_called(
    called: str, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [called])
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: {name} ")


def test_list_reports_broken_folders(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    make_generator(tmp_path / "broken", "broken")
    (tmp_path / "broken" / "config.json").write_text("{", "utf-8")
    assert main(["list", "--models", str(tmp_path)]) == 1
    output = capsys.readouterr()
    assert "styled" in output.out
    assert output.err.startswith("problem: ") and "broken" in output.err


def test_generate_writes_pictures_with_recipes_that_verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    request = [
        "generate",
        "asked",
        "--seed",
        "5",
        "--count",
        "2",
        "--truncation",
        "0.7",
        "--out",
        str(tmp_path / "new"),
    ]
    assert main([*request, "--condition", "digit=3", "smiling=true"]) == 0
    paths = [tmp_path / "new" / f"asked-{seed}.png" for seed in (5, 6)]
    assert capsys.readouterr().out.split() == [str(path) for path in paths]
    recipe = Recipe.load(paths[1])
    assert (recipe.model, recipe.seed, recipe.truncation) == ("asked", 6, 0.7)
    assert recipe.conditions == {"digit": "3", "smiling": True}
    assert main(["verify", str(paths[1])]) == 0
    assert "identical" in capsys.readouterr().out


def test_verify_of_an_altered_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "plain", "--out", str(tmp_path)]) == 0
    path = tmp_path / "plain-0.png"
    with Image.open(path) as image:
        from PIL import PngImagePlugin

        info = PngImagePlugin.PngInfo()
        info.add_itxt("genapp", image.info["genapp"])
        Image.fromarray(255 - np.asarray(image)).save(path, pnginfo=info)
    assert main(["verify", str(path)]) == 1
    assert "different" in capsys.readouterr().out


def test_generate_writes_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "sheet.png"
    request = ["generate", "styled", "--count", "6", "--columns", "3", "--edit", "smile=2", "--sheet", str(path)]
    assert main(request) == 0
    with Image.open(path) as image:
        assert image.size == (3 * 8 + 2 * 2, 2 * 8 + 2)


def test_doctor_opens_every_model(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["doctor"]) == 0
    output = capsys.readouterr().out
    assert "Python 3." in output and "onnxruntime" in output and "CUDA" in output
    assert all(f"model {name} runs on " in output for name in ("plain", "styled", "coder", "asked", "judge"))
    broken = make_generator(tmp_path / "broken", "broken")
    (broken / "generator.onnx").write_bytes(b"other")
    assert main(["doctor", "--models", str(tmp_path)]) == 1
    output = capsys.readouterr()
    assert "problem: broken: " in output.err and "sha256" in output.err
    assert "model plain runs on " in output.out


@pytest.mark.parametrize(
    "request_line",
    [
        "generate nothing-like-it",
        "generate plain --seed -1",
        "generate plain --seed 4294967296",
        "generate plain --truncation nan",
        "generate plain --count 0",
        "generate plain --count 100000000",
        "generate plain --condition digit=3",
        "generate asked --condition digit",
        "generate asked --condition digit=ten",
        "generate styled --edit smile=much",
        "generate styled --edit smile=nan",
        "generate styled --edit hair=1",
        "generate coder",
        "generate judge",
        "generate plain --sheet sheet.jpg",
        "generate plain --sheet sheet.png --seed -1",
        "generate plain --sheet sheet.png --columns 0",
        "verify no-such-file.png",
    ],
)
def test_bad_requests_end_in_two_and_one_line(
    request_line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(request_line.split()) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("genapp: ") and output.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [[], ["paint"], ["generate", "plain", "--count", "x"]])
def test_commands_that_do_not_exist_end_in_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_a_provider_that_cannot_be_had_ends_in_two(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setenv("GENAPP_PROVIDER", "gpu")
    assert main(["generate", "plain"]) == 2
    assert "GENAPP_PROVIDER is 'gpu'" in capsys.readouterr().err


def test_python_m_genapp_runs(tmp_path: Path, models: Path) -> None:
    command = [sys.executable, "-m", "genapp", "generate", str(models / "plain"), "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "plain-0.png").exists()


def test_serve_opens_the_page_with_what_was_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from genapp.ui.server import app

    opened: list[list[str]] = []
    monkeypatch.setattr(app, "main", opened.append)
    assert main(["serve"]) == 0
    assert main(["serve", "--models", str(tmp_path), "someone/digits", "--port", "7999", "--host", "0.0.0.0"]) == 0
    full = ["--models", str(tmp_path), "someone/digits", "--host", "0.0.0.0", "--port", "7999"]
    assert opened == [[], full]
    assert vars(app._parser().parse_args(full))["port"] == 7999


@pytest.fixture
def writer(tmp_path: Path) -> str:
    """A folder of models with one that draws digits on demand."""
    digit = ClassCondition(name="digit", labels=DIGITS, graphs=("generator",))
    make_generator(tmp_path / "more" / "writer", "writer", conditions=(digit,))
    return str(tmp_path / "more")


def test_dataset(writer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "new" / "digits.npz"
    request = ["dataset", "writer", "--each", "7=3", "2=1", "--kind", "npz", "--out", str(path), "--models", writer]
    assert main(request) == 0
    assert capsys.readouterr().out.split() == [str(path)]
    with np.load(path) as arrays:
        assert sorted(arrays["labels"]) == [2, 7, 7, 7]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["writer", "--each", "11=3"], "knows no '11'"),
        (["writer", "--each", "7=many"], "write LABEL=COUNT"),
        (["writer", "--count", "0"], "ask for 1 to 10,000,000"),
        (["plain"], "draws no classes on demand"),
    ],
)
def test_dataset_refuses_in_one_line(
    words: list[str], said: str, writer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["dataset", *words, "--out", str(tmp_path / "a.zip"), "--models", writer]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 and said in lines[0]
    assert not (tmp_path / "a.zip").exists()


def test_a_stopped_dataset_leaves_nothing(
    writer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    generate, turns = Model.generate, []

    def impatient(self: Model, *request: object, **conditions: object) -> np.ndarray:
        turns.append(1)
        if len(turns) == 3:
            raise KeyboardInterrupt
        return generate(self, *request, **conditions)

    monkeypatch.setattr(Model, "generate", impatient)
    assert main(["dataset", "writer", "--out", str(tmp_path / "new" / "a.zip"), "--models", writer]) == 130
    assert list((tmp_path / "new").iterdir()) == []
    assert capsys.readouterr().err.splitlines()[-1] == "genapp: stopped"


def test_write(writer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "new" / "number.png"
    assert (
        main(["write", "writer", "20 26", "--seed", "3", "--enlarge", "1", "--out", str(path), "--models", writer]) == 0
    )
    assert capsys.readouterr().out.split() == [str(path)]
    model = load_model("writer", [writer])
    w = model.truncate(model.latents([3] * 4), 0.8)
    row = np.concatenate(model.decode(w, digit=["2", "0", "2", "6"]), axis=1)
    assert np.array_equal(np.asarray(Image.open(path)), row[..., 0])
    assert main(["verify", str(path), "--models", writer]) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["write", "writer", ""], "nothing to write"),
        (["write", "writer", "20x6"], "cannot write 'x': it knows 0 to 9"),
        (["write", "writer", "1" * 40], "40 letters are too many: give at most 16"),
        (["write", "plain", "7"], "plain does not write"),
        (["generate", "writer", "--condition", "digit=11"], "digit '11' is unknown"),
        (["generate", "writer", "--condition", "hat=true"], "no condition 'hat'"),
    ],
)
def test_wrong_orders_are_one_line_and_exit_code_2(
    words: list[str], said: str, writer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--out", str(tmp_path / "out.png"), "--models", writer]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 and said in lines[0]
