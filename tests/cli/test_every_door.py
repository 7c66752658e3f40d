"""R8 and R9: for every state and every verb it is said whether it may be, and every door holds to it."""

from datetime import timedelta

import pytest

from builders import TODAY, a_batch, at_work, dump, keep
from doors import GOOD, SOONER, TABLE, VERBS, shelved
from ldninv.domain.entries import Decision, DisposalReason
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.services import ledger, recall, safety, standing

BY_SERVICE = {
    "dispense": lambda here, lot: ledger.dispense(here, lot, 1, days_supply=1),
    "waste": lambda here, lot: ledger.waste(here, lot, 1, reason="dropped"),
    "sample": lambda here, lot: ledger.sample(here, lot, 1),
    "return": lambda here, lot: ledger.accept_return(here, lot, 1),
    "count": lambda here, lot: ledger.count(here, lot, 3),
    "move": lambda here, lot: ledger.move(here, lot, "Expired bin"),
    "dispose": lambda here, lot: ledger.dispose(here, lot, 1, reason=DisposalReason.DAMAGE),
    "release": standing.release,
    "quarantine": lambda here, lot: standing.quarantine(here, lot, reason="odd smell"),
    "reject": lambda here, lot: standing.reject(here, lot, reason="odd smell"),
    "hold": lambda here, lot: standing.hold(here, lot, reason="odd smell"),
    "keep": lambda here, lot: standing.decide(here, lot, Decision.KEEP, reason="fine"),
    "shorten": lambda here, lot: standing.decide(here, lot, Decision.SHORTEN, reason="warm", expires=SOONER),
    "discard": lambda here, lot: standing.decide(here, lot, Decision.DISCARD, reason="warm"),
    "recall": lambda here, lot: recall.open_recall(here, lot=lot, reason="letter"),
}
BY_COMMAND = {
    "dispense": ["dispense", "--capsules", "1", "--days", "1"],
    "waste": ["waste", "--capsules", "1", "--reason", "dropped"],
    "sample": ["sample", "--capsules", "1"],
    "return": ["return", "--capsules", "1"],
    "count": ["count", "--found", "3"],
    "move": ["move", "--to", "Expired bin"],
    "dispose": ["dispose", "--capsules", "1", "--reason", "damage"],
    "release": ["release"],
    "quarantine": ["quarantine", "--reason", "odd smell"],
    "reject": ["reject", "--reason", "odd smell"],
    "hold": ["hold", "--reason", "odd smell"],
    "keep": ["decide", "keep", "--reason", "fine"],
    "shorten": ["decide", "shorten", "--date", str(SOONER), "--reason", "warm"],
    "discard": ["decide", "discard", "--reason", "warm"],
    "recall": ["recall", "--reason", "letter"],
}


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
    filed.store.close()
    for verb, may in TABLE[state].items():
        name, *options = BY_COMMAND[verb]
        said = run(name, f"{state}-{verb}", *options)

        assert said.status == (0 if may == "yes" else 1), (verb, said.err)
        if may == "no":
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

    assert (said.status, said.json[0]["known"], said.json[0]["written"]) == (0, len(VERBS), 0)
    after = dump(filed.store)
    assert {name: after[name] for name in ("batch", "movement")} == {
        name: before[name] for name in ("batch", "movement")
    }


def test_what_stands_there_can_always_be_written_off_moved_counted_and_disposed_of():
    with_stock = [row for state, row in TABLE.items() if state not in {"depleted", "destroyed"}]

    assert all(row[verb] == "yes" for row in with_stock for verb in ("waste", "move", "count", "dispose"))
    assert [state for state, row in TABLE.items() if row["dispense"] == "yes"] == ["released"]


def test_what_must_not_be_today_may_not_be_in_any_state_that_lies_ahead(context):
    keep(context, a_batch(prepared=TODAY + timedelta(days=1), beyond_use=GOOD))

    for verb in set(VERBS) - {"recall"}:
        with pytest.raises(Refused):
            BY_SERVICE[verb](at_work(context.store), "LDN250301001T")
