"""The house: who may call whom, what stands at the top, and what the README promises."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from ldninv.assets import resource

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ldninv"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
TOP = {
    *("ldninv", "resources", "tests", ".ci", "pyproject.toml", ".gitignore", ".pre-commit-config.yaml"),
    *("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"),
}
RUN = "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/ldninv demo"
TEST = 'python3 -m venv .venv && .venv/bin/pip install -e ".[test]" && .venv/bin/pytest'


def kept_files():
    """Return the names of all files that are or would be kept, from the top of the checkout."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        found = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout, so nothing tells kept files from others")
    return [name for name in found.stdout.split("\0") if name]


def imported(path):
    """Return the dotted names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)


def importers_of(name):
    """Return the modules that import `name` or something in it."""
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(f"{each}.".startswith(f"{name}.") for each in imported(path))
    }


def test_the_rooms_call_each_other_as_the_contracts_say():
    lint = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", lint], cwd=ROOT, capture_output=True, check=False, text=True)

    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_window_and_the_paper_know_qt_and_only_the_window_its_widgets():
    asks_whether_it_loads = {"app.py"}

    assert {path.partition("/")[0] for path in importers_of("PySide6") - asks_whether_it_loads} <= {"ui", "paper"}
    assert {path.partition("/")[0] for path in importers_of("PySide6.QtWidgets") - asks_whether_it_loads} <= {"ui"}


def test_starting_loads_nothing_before_it_is_known_what_is_wanted():
    heavy = "{'PySide6', 'peewee', 'typer', 'rich', 'openpyxl', 'numpy'}"
    look = f"import sys, ldninv.__main__; print(*{heavy}.intersection(sys.modules))"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, check=True, text=True)

    assert done.stdout.strip() == ""


@pytest.mark.needs_qt
def test_the_window_opens_without_what_its_first_page_does_not_need():
    later = {
        "openpyxl",
        "numpy",
        "pyqtgraph",
        "pypdfium2",
        "serial",
        "ldninv.services.storage.importing",
        "typer",
        "rich",
        "playhouse.migrations",
        "ldninv.importers",
        "ldninv.reports",
        "ldninv.paper.output",
    }
    opened = "import sys, ldninv.app; ldninv.app.load_before_qt(); import ldninv.ui.window, ldninv.ui.today"
    done = subprocess.run(
        [sys.executable, "-c", f"{opened}; print(*{later}.intersection(sys.modules))"],
        capture_output=True,
        check=True,
        text=True,
    )

    assert done.stdout.strip() == ""


def test_only_the_rooms_and_the_papers_of_the_house_stand_at_the_top():
    assert {name.partition("/")[0] for name in kept_files()} <= TOP


def test_no_lock_file_and_no_database_is_kept():
    assert [
        name for name in kept_files() if name.endswith((".lock", ".db")) and not name.startswith("tests/data/")
    ] == []


def test_the_wheel_carries_the_resources_and_the_types():
    build = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert build == {"packages": ["ldninv"], "force-include": {"resources": "ldninv/resources"}}
    assert (PACKAGE / "py.typed").is_file()
    assert resource("").is_dir()


def test_the_version_is_written_once():
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "ldninv/__init__.py"


def test_the_changelog_knows_what_is_not_released_yet():
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()


def test_the_pyside_that_aborts_stays_out():
    wanted = {each.name: each.specifier for each in map(Requirement, PROJECT["project"]["dependencies"])}

    assert not wanted["PySide6-Essentials"].contains("6.12.0")
    assert wanted["PySide6-Essentials"].contains("6.11.1")


@pytest.mark.parametrize("command", [RUN, TEST])
def test_the_readme_has_the_two_commands_each_on_one_line(command):
    assert command in (ROOT / "README.md").read_text("utf-8").splitlines()


def test_ci_runs_the_test_command_of_the_readme():
    assert f"'{TEST}'" in (ROOT / ".ci" / "run").read_text("utf-8")
