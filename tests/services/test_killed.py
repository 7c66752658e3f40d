"""A process that is killed at any point of any verb leaves ledger, trail and batch agreeing, and the chain intact."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import rooms
from builders import TODAY, a_batch, keep
from ldninv.domain.settings import Settings
from ldninv.services import issuing, places

TIMES = 200
KILLED = """
import json, os, random, shutil, signal, sys
from contextlib import suppress
from datetime import date
from ldninv.db import open_store
from ldninv.domain.entries import Decision, DisposalReason
from ldninv.domain.expiry import ONE_YEAR, ComponentLot
from ldninv.domain.goods import Delivery, Product, amount
from ldninv.domain.making import Recipe
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.services import (
    binning, codes, counting, goods, issuing, ledger, making, policies, recall, safety, standing
)
from ldninv.services.context import on_this_computer
from ldninv.services.storage import daily, deciding, looking
from rooms import HOUR, START, a_room, brought

file, today, times = sys.argv[1], date.fromisoformat(sys.argv[2]), int(sys.argv[3])
LOTS = [f"A{number}" for number in range(6)]
MCC = Product(name="MCC", supplier="Ash")


def delivery(few):
    return Delivery(product=MCC, lot="M1", amount=amount(str(few), "g"), code=f"code-{few}")


def make(here, few):
    parts = (ComponentLot("MCC", "M1", amount=f"{few} g"),)
    making.make(here, Recipe(strength=Strength(4500), prepared=today, made=30, policy=ONE_YEAR, components=parts))


def warm(here, few):
    brought(here, a_room(hours=2, step=HOUR / 4, start=START + (500 + few) * HOUR, t41=(0.5, 1)), file=f"{few}.csv")


def decide(here, choice):
    for seen in looking.events(here, waiting=True)[:1]:
        lots = {each.kept.batch.lot: deciding.Choice(choice) for each in seen.waiting}
        deciding.decide(here, seen.happening.id, lots, reason="looked at")


def verbs(here, chance):
    lot, few = chance.choice(LOTS), chance.randrange(1, 40)
    return chance.choice((
        lambda: ledger.dispense(here, lot, few, days_supply=few, reason="asked for", rx="RX-1"),
        lambda: ledger.waste(here, lot, few, reason="dropped"),
        lambda: ledger.sample(here, lot, few),
        lambda: ledger.accept_return(here, lot, few),
        lambda: ledger.count(here, lot, 3 * few),
        lambda: ledger.dispose(here, lot, few, reason=DisposalReason.DAMAGE, witness="Ben"),
        lambda: ledger.move(here, lot, chance.choice(("Bin", "Shelf A"))),
        lambda: counting.post(here, "Bin", {each: few for each in LOTS}, move=True, none_left=True),
        lambda: standing.quarantine(here, lot, reason="odd smell"),
        lambda: standing.release(here, lot),
        lambda: standing.hold(here, lot, reason="warm"),
        lambda: standing.decide(here, lot, Decision.KEEP, reason="fine"),
        lambda: standing.decide(here, lot, Decision.SHORTEN, reason="warm", expires=date(2027, 1, 1 + few % 28)),
        lambda: recall.open_recall(here, lot=lot, reason="chipped") if few == 1 else None,
        lambda: binning.take_to_bin(here, lot, "Bin"),
        lambda: goods.receive(here, delivery(few)),
        lambda: goods.count(here, MCC, "M1", amount(str(few), "g")),
        lambda: goods.dispose(here, MCC, "M1", amount("1", "g"), reason="spilled"),
        lambda: codes.link(here, f"code-{few}", batch=lot),
        lambda: codes.unlink(here, f"code-{few}"),
        lambda: make(here, few),
        lambda: policies.read_anew(here, "M1", date(2027, 1, few % 28 + 1), reason="a new certificate"),
        lambda: policies.decide(here, lot, Decision.KEEP, reason="looked at"),
        lambda: daily.read(here, "Shelf A", lowest=20, highest=20 + few),
        lambda: warm(here, few),
        lambda: decide(here, chance.choice((Decision.KEEP, Decision.DISCARD))),
        lambda: issuing.issue(here) if few < 3 else issuing.sign_off(here, 1),
        lambda: ledger.void(here, chance.randrange(1, 300), reason="a slip"),
    ))


def live(chance):
    store = open_store(file)
    here = on_this_computer(store, day=today, user="Ana")
    with store.reading() as work:
        connection = work.database.connection()
    if chance.random() < 0.5:  # in the middle of a statement
        left = iter(range(chance.randrange(1, 700)))
        step = chance.randrange(5, 60)
        connection.set_progress_handler(
            lambda: next(left, None) is None and os.kill(os.getpid(), signal.SIGKILL), step
        )
    else:  # at whatever moment, also between two statements and beside the database
        signal.setitimer(signal.ITIMER_REAL, chance.uniform(0.0005, 0.025))
    while True:
        with suppress(Refused):
            verbs(here, chance)()


died, entries, database = 0, set(), file
for number in range(times):
    if number % 30 == 0:  # a young one, which is soon checked
        file = shutil.copy(database, f"{database}-{number}")
    child = os.fork()
    if child == 0:
        live(random.Random(number))
    _, status = os.waitpid(child, 0)
    died += os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGKILL, signal.SIGALRM)
    store = open_store(file)
    found = safety.check(on_this_computer(store, day=today))
    with store.reading() as work:
        entries.add((file, work.ledger.last()))
    store.close()
    if found:
        print(json.dumps([number, found]))
        sys.exit(1)
print(json.dumps([died, len(entries)]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks processes")
def test_a_process_killed_at_any_point_of_any_verb_leaves_nothing_half_written(filed):
    keep(filed, *(a_batch(lot=f"A{number}", beyond_use=TODAY.replace(year=2028), made=5000) for number in range(6)))
    places.add_place(filed, "Bin")
    with filed.store.transaction() as work:
        work.preferences.write(Settings(rx_numbers=True))
    issuing.issue(filed)
    filed.store.close()
    env = os.environ | {"PYTHONPATH": str(Path(rooms.__file__).parent), "QT_QPA_PLATFORM": "offscreen"}
    how = [sys.executable, "-c", KILLED, filed.store.name, TODAY.isoformat(), str(TIMES)]
    done = subprocess.run(how, capture_output=True, check=False, text=True, env=env)

    assert done.returncode == 0, done.stdout + done.stderr
    died, different = json.loads(done.stdout)
    assert died == TIMES, done.stderr[-3000:]
    assert different > TIMES / 4, "most were killed before they had done anything"
