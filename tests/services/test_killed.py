"""A process that is killed at any point of any verb leaves ledger, trail and batch agreeing, and the chain intact."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

import rooms
from builders import TODAY, a_batch, at_work, keep
from ldninv.domain.places import PlaceKind
from ldninv.domain.settings import Settings
from ldninv.services import issuing, places

TIMES = 200
LIVED = """
import json, os, random, shutil, signal, sys
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from ldninv.db import open_store
from ldninv.domain.entries import Decision, DisposalReason
from ldninv.domain.expiry import DAYS_360, ONE_YEAR, USP_795, ComponentLot
from ldninv.domain.amounts import amount
from ldninv.domain.goods import Delivery, Product
from ldninv.domain.making import Recipe
from ldninv.domain.quantities import Strength
from ldninv.domain.record import Worksheet
from ldninv.domain.question import Question
from ldninv.domain.refusal import Refused
from ldninv.domain.standing import State
from ldninv.services import (
    batches, binning, codes, counting, goods, importing, issuing, ledger, making, policies, recall, record, safety,
    standing
)
from ldninv.services.context import on_this_computer
from ldninv.services.storage import daily, deciding, looking
from rooms import HOUR, START, a_room, brought

file, today, times = sys.argv[1], date.fromisoformat(sys.argv[2]), int(sys.argv[3])
LOTS, EXPIRED, AHEAD = ([f"{name}{number}" for number in range(6)] for name in ("A", "OLD", "AHEAD"))
MCC = Product(name="MCC", supplier="Ash")
RARE = {"recall", "component", "close", "reject", "policy", "issue"}
# what soon leaves nothing to do for the others, or takes long


def delivery(few):
    return Delivery(product=MCC, lot="M1", amount=amount(str(few), "g"), code=f"code-{few}")


def make(here, few):
    parts = (ComponentLot("MCC", "M1", amount=f"{few} g"),)
    sheet = Worksheet(planned=30)
    recipe = Recipe(strength=Strength(4500), prepared=today, made=30, policy=ONE_YEAR, components=parts,
                    worksheet=sheet)
    making.make(here, recipe)


def list_in(here, few):
    listed = Path(f"{file}-{os.getpid()}-{few}.csv")
    listed.write_text(f"Lot,Strength,Made,On hand\\nL{few},4.5,2026-11-01,90\\n")
    importing.import_lists(here, [importing.preview(here, listed)])


def warm(here, few):
    brought(here, a_room(hours=2, step=HOUR / 4, start=START + (500 + few) * HOUR, t41=(0.5, 1)), file=f"{few}.csv")


def first(found):
    if not found:
        raise Refused("There is none.")
    return found[0]


def in_state(here, state):
    return [kept.batch.lot for kept, _ in batches.find(here, Question(states=frozenset({state})))]


def decide(here, choice):
    seen = first(looking.events(here, waiting=True))
    lots = {each.kept.batch.lot: deciding.Choice(choice) for each in seen.waiting}
    deciding.decide(here, seen.happening.id, lots, reason="looked at")


def decide_date(here, choice):
    policies.decide(here, first(policies.shortenings(here)).kept.batch.lot, choice, reason="looked at")


def void(here, back):
    with here.store.reading() as work:
        last = work.ledger.last()
    ledger.void(here, last - back, reason="a slip")


def verbs(here, chance):
    lot, old, ahead, few = (*map(chance.choice, (LOTS, EXPIRED, AHEAD)), chance.randrange(1, 40))
    keep = chance.choice((Decision.KEEP, Decision.DISCARD))
    return {
        "dispense": lambda: ledger.dispense(here, lot, few, days_supply=few, reason="asked for", rx="RX-1"),
        "waste": lambda: ledger.waste(here, lot, few, reason="dropped"),
        "sample": lambda: ledger.sample(here, lot, few),
        "return": lambda: ledger.accept_return(here, lot, few),
        "count": lambda: ledger.count(here, lot, 3 * few),
        "dispose": lambda: ledger.dispose(here, lot, few, reason=DisposalReason.DAMAGE, witness="Ben"),
        "move": lambda: ledger.move(here, chance.choice((lot, old)), chance.choice(("Bin", "Shelf A"))),
        "count a place": lambda: counting.post(here, "Bin", {each: few for each in LOTS}, move=True, none_left=True),
        "quarantine": lambda: standing.quarantine(here, lot, reason="odd smell"),
        "release": lambda: standing.release(here, first(in_state(here, State.QUARANTINED))),
        "reject": lambda: standing.reject(here, lot, reason="odd smell"),
        "hold": lambda: standing.hold(here, lot, reason="warm"),
        "keep": lambda: standing.decide(here, first(in_state(here, State.HELD)), Decision.KEEP, reason="fine"),
        "shorten": lambda: standing.decide(
            here, lot, Decision.SHORTEN, reason="warm", expires=date(2027, 1, 1 + few % 28)
        ),
        "recall": lambda: recall.open_recall(here, lot=lot, reason="chipped"),
        "component": lambda: recall.open_recall(here, component="M1", reason="letter"),
        "close": lambda: recall.close(here, first(recall.recalls(here)).number, note="all came back"),
        "bin": lambda: binning.take_to_bin(here, old, "Bin"),
        "receive": lambda: goods.receive(here, delivery(few)),
        "count goods": lambda: goods.count(here, MCC, "M1", amount(str(few), "g")),
        "dispose of goods": lambda: goods.dispose(here, MCC, "M1", amount("1", "g"), reason="spilled"),
        "link": lambda: codes.link(here, f"code-{few}", batch=lot),
        "unlink": lambda: codes.unlink(here, f"code-{few}"),
        "make": lambda: make(here, few),
        "list": lambda: list_in(here, few),
        "amend": lambda: record.amend(here, lot, Worksheet(planned=few), reason="typed wrong"),
        "new date": lambda: policies.read_anew(here, "M1", date(2027, 1, few % 28 + 1), reason="a new certificate"),
        "policy": lambda: policies.approve(here, chance.choice((ONE_YEAR, DAYS_360, USP_795))),
        "date": lambda: decide_date(here, chance.choice((Decision.KEEP, Decision.SHORTEN))),
        "daily check": lambda: daily.read(here, "Shelf A", lowest=20, highest=20 + few),
        "readings": lambda: warm(here, few),
        "storage": lambda: decide(here, keep),
        "issue": lambda: issuing.issue(here),
        "sign off": lambda: issuing.sign_off(here, 1),
        "void": lambda: void(here, chance.randrange(20)),
        "take a batch back": lambda: ledger.void(here, 1 + AHEAD.index(ahead), reason="wrong clock"),
    }


def at_work(store, day=today):
    return on_this_computer(store, day=day, user="Ana")


def events(here):
    with here.store.reading() as work:
        return work.trail.head().events


def never(chance, rounds=40):
    # go through the verbs until each did something once, and return those that never did
    store = open_store(shutil.copy(file, f"{file}-unkilled"))
    here = at_work(store)
    left = set(verbs(here, chance))
    for _ in range(rounds):
        for name in [name for name in verbs(here, chance) if name in left or name not in RARE]:
            before = events(here)
            with suppress(Refused):
                verbs(here, chance)[name]()
            if events(here) > before:
                left.discard(name)
        if not left:
            break
    found = safety.check(here)
    store.close()
    return sorted(left) + found


def live(chance):
    store = open_store(file)
    here = at_work(store)
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
        could = verbs(here, chance)
        name = chance.choice(list(could))
        if name not in RARE or chance.random() < 0.1:
            with suppress(Refused):
                could[name]()


undone = never(random.Random(0))
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
    found = safety.check(at_work(store))
    with store.reading() as work:
        entries.add((file, work.ledger.last()))
    store.close()
    if found:
        print(json.dumps([number, found]))
        sys.exit(1)
print(json.dumps([undone, died, len(entries)]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks processes")
def test_a_process_killed_at_any_point_of_any_verb_leaves_nothing_half_written(filed):
    ahead, good, over = TODAY + timedelta(days=900), TODAY.replace(year=2028), TODAY - timedelta(days=1)
    later = at_work(filed.store, ahead)
    keep(later, *(a_batch(lot=f"AHEAD{number}", prepared=ahead) for number in range(6)), released=False)
    for name, until in (("A", good), ("OLD", over)):
        keep(filed, *(a_batch(lot=f"{name}{number}", beyond_use=until, made=5000) for number in range(6)))
    places.add_place(filed, "Bin", PlaceKind.EXPIRED)
    with filed.store.transaction() as work:
        work.preferences.write(Settings(rx_numbers=True))
    issuing.issue(filed)
    filed.store.close()
    env = os.environ | {"PYTHONPATH": str(Path(rooms.__file__).parent), "QT_QPA_PLATFORM": "offscreen"}
    how = [sys.executable, "-c", LIVED, filed.store.name, TODAY.isoformat(), str(TIMES)]
    done = subprocess.run(how, capture_output=True, check=False, text=True, env=env)

    assert done.returncode == 0, done.stdout + done.stderr
    undone, died, different = json.loads(done.stdout)
    assert undone == [], "no verb that never does anything is killed in the middle of it"
    assert died == TIMES, done.stderr[-3000:]
    assert different > TIMES / 4, "most were killed before they had done anything"
