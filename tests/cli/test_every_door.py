"""R8 and R9: for every state and every verb it is said whether it may be, and every door holds to it."""

import pytest
from typer.main import get_command

from builders import dump
from doors import (
    BIN,
    BY_SERVICE,
    IS,
    NEVER_WAS,
    SOONER,
    TABLE,
    VERBS,
    of_component,
    shelved,
    through,
    to_correct,
)  # fmt: skip
from ldninv.cli.commands import app
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.domain.standing import State
from ldninv.services import safety

BY_COMMAND = {
    "dispense": ["dispense", "--capsules", "1", "--days", "1"],
    "waste": ["waste", "--capsules", "1", "--reason", "dropped"],
    "sample": ["sample", "--capsules", "1"],
    "return": ["return", "--capsules", "1"],
    "count": ["count", "--found", "3"],
    "move": ["move", "--to", BIN],
    "dispose": ["dispose", "--capsules", "1", "--reason", "damage"],
    "release": ["release"],
    "quarantine": ["quarantine", "--reason", "odd smell"],
    "reject": ["reject", "--reason", "odd smell"],
    "hold": ["hold", "--reason", "odd smell"],
    "keep": ["decide", "keep", "--reason", "fine"],
    "shorten": ["decide", "shorten", "--date", str(SOONER), "--reason", "warm"],
    "discard": ["decide", "discard", "--reason", "warm"],
    "recall": ["recall", "--reason", "letter"],
    "component": ["recall", "--reason", "letter", "--component"],
    "correct": ["correct", "--reason", "a slip"],
}
ONLY_READ = {"show", "label", "record", "dossier", "certificate"}
"""Commands that are given a lot or an entry and change no batch."""


@pytest.mark.parametrize("state", TABLE)
def test_the_service_allows_and_refuses_what_the_table_says(context, state):
    shelved(context, state)
    for verb, may in TABLE[state].items():
        if may == "yes":
            BY_SERVICE[verb](context, f"{state}-{verb}")
            continue
        before = dump(context.store)
        with pytest.raises(Refused, match=f"{state}-{verb}"):
            BY_SERVICE[verb](context, f"{state}-{verb}")
        assert dump(context.store) == before
    assert safety.check(context) == []


@pytest.mark.parametrize("state", TABLE)
def test_the_command_line_allows_and_refuses_the_same(run, filed, state):
    shelved(filed, state)
    entries = {"correct": to_correct(filed, f"{state}-correct").id, "component": of_component(f"{state}-component")}
    filed.store.close()
    for verb, (name, *options) in BY_COMMAND.items():
        named = entries.get(verb, f"{state}-{verb}")
        said = run(name, *options, named) if verb == "component" else run(name, named, *options)

        assert said.status == (0 if TABLE[state][verb] == "yes" else 1), (verb, said.err)
        if TABLE[state][verb] == "no":
            assert f"{state}-{verb}" in said.err
    assert run("check").status == 0


@pytest.mark.parametrize("state", TABLE)
def test_a_list_that_says_something_else_changes_no_batch_in_any_state(run, filed, tmp_path, state):
    shelved(filed, state)
    before = dump(filed.store)
    filed.store.close()
    rows = [f"{state}-{verb},{Strength(100 + number)},2025-03-01,5" for number, verb in enumerate(VERBS)]
    listed = tmp_path / "list.csv"
    listed.write_text("\n".join(["Lot,Strength,Made,On hand", *rows]), encoding="utf-8")
    said = run("--format", "json", "import", "batches", listed)

    known = 0 if state in NEVER_WAS else len(VERBS)
    assert (said.status, said.json[0]["known"], said.json[0]["written"]) == (int(not known), known, 0)
    after = dump(filed.store)
    assert {name: after[name] for name in ("batch", "movement")} == {
        name: before[name] for name in ("batch", "movement")
    }


def test_what_stands_there_can_always_be_written_off_moved_counted_and_disposed_of():
    with_stock = [row for state, row in TABLE.items() if state not in {"depleted", "destroyed", *NEVER_WAS}]

    assert all(row[verb] == "yes" for row in with_stock for verb in ("waste", "move", "count", "dispose"))
    assert all(row["component"] == "yes" for row in TABLE.values())
    assert [state for state, row in TABLE.items() if row["dispense"] == "yes"] == ["released"]


def test_every_state_and_every_command_stands_in_the_table():
    asked = {
        name
        for name, command in get_command(app).commands.items()
        if {"lot", "number"} & {each.name for each in command.params}
    }

    assert set(IS) == set(TABLE)
    assert set(IS.values()) == set(State)
    assert {name for name, *_ in BY_COMMAND.values()} == asked - ONLY_READ
    assert (list(BY_SERVICE), sorted(BY_COMMAND)) == (through("service"), sorted(through("command")))
    assert through("service") == VERBS
