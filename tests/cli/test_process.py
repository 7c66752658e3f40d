"""The program as a shell runs it: exit statuses, one document on standard output, one line on standard error."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LISTS = Path(__file__).parents[1] / "data" / "batches"


@pytest.fixture
def shell(tmp_path):
    """Run `python -m ldninv` in a folder of its own, without Qt's screen and with an odd locale."""

    def run(*arguments, stdin=None, **environment):
        named = {"LDNINV_DATABASE": "sqlite:///batches.db", "LDNINV_TODAY": "2026-11-22", "LC_ALL": "C"}
        return subprocess.run(
            [sys.executable, "-m", "ldninv", *map(str, arguments)],
            cwd=tmp_path,
            env=os.environ | named | {"PYTHONWARNINGS": "error"} | environment,
            input=stdin,
            capture_output=True,
            check=False,
        )

    return run


def test_a_day_at_the_bench(shell, tmp_path):
    done = shell("--format", "json", "import", "batches", LISTS / "european_log.csv")
    assert (done.returncode, done.stderr, json.loads(done.stdout)[0]["written"]) == (0, b"", 60)

    listed = shell("--format", "json", "batches", "--state", "released", "--in-stock", "--limit", "1")
    (batch,) = json.loads(listed.stdout)
    scanned = shell("scan", "-", stdin=f"]C0{batch['lot']}\n\x1d\n".encode() + b"\xff\n")
    assert [json.loads(line)["kind"] for line in scanned.stdout.splitlines()] == ["batch", "invalid", "unknown"]

    refused = shell("dispense", batch["lot"], "--capsules", "9999", "--days", "1")
    assert (refused.returncode, refused.stdout, refused.stderr.count(b"\n")) == (1, b"", 1)
    written = shell("report", "weekly", "--out", "week.html")
    assert written.returncode == 0
    assert b"as of 2026-11-22" in written.stdout
    assert (tmp_path / "week.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["batches.db", "batches.db.head", "week.html"]


def test_a_mistake_makes_no_traceback_and_no_file(shell, tmp_path):
    for arguments in (["batches"], ["import", "batches", "no.csv"], ["--database", "sqlite:////", "batches"]):
        said = shell(*arguments)

        assert (said.returncode, said.stdout) == (1, b"")
        assert said.stderr.count(b"\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_without_a_screen_the_window_says_what_works_without_one(shell):
    if not sys.platform.startswith("linux"):
        pytest.skip("elsewhere there is always a screen")
    environment = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}
    blank = {name: value for name, value in os.environ.items() if name not in {*environment, "QT_QPA_PLATFORM"}}
    said = subprocess.run([sys.executable, "-m", "ldninv"], env=blank, capture_output=True, check=False, text=True)

    assert said.returncode == 1
    assert "ldninv --help" in said.stderr or "still imports lists" in said.stderr
    assert said.stderr.count("\n") == 1
    assert shell("dispense", "X9").returncode == 2
