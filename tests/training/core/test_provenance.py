"""Commits as they are, and as they are not."""

import subprocess

from training.core import provenance


def git(folder, *arguments):
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


def test_the_commit_says_when_the_code_differs_from_it(tmp_path):
    assert provenance.commit(tmp_path) == "unknown"
    git(tmp_path, "init")
    assert provenance.commit(tmp_path) == "unknown"  # nothing committed yet
    (tmp_path / "training").mkdir()
    (tmp_path / "training" / "a.py").write_text("1")
    git(tmp_path, "add", ".")
    git(tmp_path, "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-m", "first")
    clean = provenance.commit(tmp_path)
    assert len(clean) == 40
    (tmp_path / "notes.txt").write_text("not code")
    assert provenance.commit(tmp_path) == clean
    (tmp_path / "training" / "b.py").write_text("2")
    assert provenance.commit(tmp_path) == f"{clean}-dirty"
    assert provenance.commit(tmp_path / "training") == "unknown"  # installed into somebody else's checkout


def test_the_processor_has_a_name():
    assert provenance.processor_name().strip()


def test_a_command_names_no_folder_of_this_machine(monkeypatch):
    typed = [
        "/usr/bin/python3",
        "-m",
        "training",
        "evaluate",
        "a-gan",
        "--nearest",
        "/home/me/pairs.png",
        "--data",
        "data/x",
    ]
    monkeypatch.setattr("sys.orig_argv", typed)
    assert provenance.command() == "python -m training evaluate a-gan --nearest pairs.png --data data/x"
