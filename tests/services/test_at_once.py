"""Workstations that take from one batch at once never take more than there is (R10)."""

import json
import subprocess
import sys

from builders import TODAY, a_batch, keep
from ldninv.domain.ledger import Kind
from ldninv.services import batches, safety

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


def test_eight_processes_that_take_from_one_batch_at_once_take_just_what_there_is(filed):
    keep(filed, a_batch(lot="A1", made=THERE, beyond_use=TODAY.replace(year=2027)))
    filed.store.close()
    how = [sys.executable, "-c", TAKER, filed.store.name, TODAY.isoformat()]
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
    card = batches.card(filed, "A1")
    assert card.kept.stock.on_hand == 0
    assert min(each.on_hand for each in card.movements) == 0
    assert [each.entry.kind for each in card.movements].count(Kind.DISPENSED) == THERE // EACH
    assert len({each.by for each in card.movements}) > 2
    assert safety.check(filed) == []
