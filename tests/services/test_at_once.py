"""Workstations that take from one batch at once never take more than there is (R10)."""

import json
import subprocess
import sys

import pytest

from builders import TODAY, a_batch, keep
from ldninv.domain.ledger import Kind
from ldninv.services import batches, places, safety

pytestmark = pytest.mark.on_both

PROCESSES, TAKES, EACH, THERE = 8, 25, 30, 3000
TAKER = """
import json, sys
from datetime import date
from ldninv.db import open_store
from ldninv.domain.refusal import Refused
from ldninv.services import ledger
from ldninv.services.context import on_this_computer
store = open_store(sys.argv[1])
context = on_this_computer(store, day=date.fromisoformat(sys.argv[2]), user=sys.argv[3])
sys.stdin.readline()
taken, refused = 0, []
for _ in range(25):
    try:
        taken -= ledger.dispense(context, "A1", 30, days_supply=30).posted.entry.capsules
    except Refused as said:
        refused.append(str(said))
store.close()
print(json.dumps([taken, refused]))
"""


def test_eight_processes_that_take_from_one_batch_at_once_take_just_what_there_is(shared, shared_url):
    keep(shared, a_batch(lot="A1", made=THERE, beyond_use=TODAY.replace(year=2027)))
    shared.store.close()
    how = [sys.executable, "-c", TAKER, shared_url, TODAY.isoformat()]
    takers = [
        subprocess.Popen(
            [*how, f"taker {number}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for number in range(PROCESSES)
    ]
    for taker in takers:
        taker.stdin.write(b"go\n")
        taker.stdin.flush()
    said = [taker.communicate() for taker in takers]

    assert [error for _, error in said] == [b""] * PROCESSES
    answers = [json.loads(answer) for answer, _ in said]
    refusals = [text for _, refused in answers for text in refused]
    assert sum(taken for taken, _ in answers) == THERE
    assert len(refusals) == PROCESSES * TAKES - THERE // EACH
    assert all("no capsules left" in text for text in refusals), refusals
    card = batches.card(shared, "A1")
    assert card.kept.stock.on_hand == 0
    assert min(each.on_hand for each in card.movements) == 0
    assert [each.entry.kind for each in card.movements].count(Kind.DISPENSED) == THERE // EACH
    assert len({each.by for each in card.movements}) > 2
    assert safety.check(shared) == []


ACTOR = """
import json, sys
from datetime import date
from ldninv.db import open_store
from ldninv.domain.entries import Decision, DisposalReason
from ldninv.domain.refusal import Refused
from ldninv.services import counting, ledger, recall, standing
from ldninv.services.context import on_this_computer
store = open_store(sys.argv[1])
here = on_this_computer(store, day=date.fromisoformat(sys.argv[2]), user=sys.argv[3])
verbs = {
    "released": lambda: standing.release(here, "A1"),
    "quarantined": lambda: standing.quarantine(here, "A1", reason="odd smell"),
    "held": lambda: standing.hold(here, "A1", reason="warm"),
    "decided": lambda: standing.decide(here, "A1", Decision.KEEP, reason="fine"),
    "destroyed": lambda: ledger.dispose(here, "A1", 1, reason=DisposalReason.DAMAGE),
    "moved": lambda: ledger.move(here, "A1", "Bin" if here.user == "left" else "Shelf A"),
    "returned": lambda: ledger.accept_return(here, "A1", 1),
    "counted": lambda: counting.post(here, "Shelf A", {"A1": 50}),
}
sys.stdin.readline()
done = []
for turn in range(10):
    for name, verb in verbs.items():
        try:
            verb()
            done.append(name)
        except Refused as said:
            assert "A1" in str(said), said
store.close()
print(json.dumps(done))
"""


def test_two_workstations_that_act_on_one_batch_take_turns_and_each_is_told_what_the_other_did(shared, shared_url):
    keep(shared, a_batch(lot="A1", made=90, beyond_use=TODAY.replace(year=2027)), released=False)
    places.add_place(shared, "Bin")
    shared.store.close()
    how = [sys.executable, "-c", ACTOR, shared_url, TODAY.isoformat()]
    actors = [
        subprocess.Popen([*how, side], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for side in ("left", "right")
    ]
    for actor in actors:
        actor.stdin.write(b"go\n")
        actor.stdin.flush()
    said = [actor.communicate() for actor in actors]

    assert [error for _, error in said] == [b"", b""]
    done = [name for answer, _ in said for name in json.loads(answer)]
    kinds = [each.entry.kind.value for each in batches.card(shared, "A1").movements]
    for kind in ("released", "quarantined", "held", "decided", "destroyed", "moved", "returned"):
        assert kinds.count(kind) == done.count(kind), kind
    toggled = [kind for kind in reversed(kinds) if kind in {"held", "decided"}]
    assert toggled == ["held", "decided"] * (len(toggled) // 2) + ["held"] * (len(toggled) % 2)
    assert safety.check(shared) == []
