"""Help: every command says what it does and shows how."""

import pytest
import typer

from ldninv import __version__
from ldninv.cli.commands import app


def commands(group, path=()):
    """Yield the words of every command, groups too."""
    for name, command in group.commands.items():
        yield (*path, name), command
        yield from commands(command, (*path, name)) if hasattr(command, "commands") else ()


ALL = dict(commands(typer.main.get_command(app)))
SINGLE = {words: command for words, command in ALL.items() if not hasattr(command, "commands")}
PROMISED = {
    "demo", "import batches", "batches", "show", "scan", "report weekly", "dispense", "suggest", "release",
    "quarantine", "correct", "count", "move", "waste", "dispose", "places add", "places list", "check", "backup",
    "audit verify",
}  # fmt: skip


def test_every_command_that_was_promised_is_there():
    assert {" ".join(words) for words in SINGLE} >= PROMISED


@pytest.mark.parametrize("words", SINGLE, ids=" ".join)
def test_the_help_of_every_command_shows_an_example_that_begins_with_its_name(run, words):
    said = run(*words, "--help")

    assert said.status == 0
    assert f"ldninv {' '.join(words)}" in " ".join(said.out.split("Example")[1].split())
    assert SINGLE[words].help.endswith(".")


@pytest.mark.parametrize("words", SINGLE, ids=" ".join)
def test_every_option_and_argument_says_what_it_is(words):
    unsaid = [each.name for each in SINGLE[words].params if not getattr(each, "help", None)]

    assert unsaid in ([], ["help"])


def test_the_help_of_the_program_shows_examples(run):
    said = run("--help")

    assert said.status == 0
    assert "ldninv import batches list.csv" in " ".join(said.out.split())


def test_the_version_is_told(run):
    assert run("--version").out == f"ldninv {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_shown(monkeypatch, run, shell):
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")

    assert "ldninv" in run("--show-completion", shell).out
