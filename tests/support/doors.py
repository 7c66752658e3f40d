"""R8 and R9 as tables: which verb a batch in which state may be asked for, by which door, and how it comes to it."""

from datetime import timedelta

from builders import TODAY, a_batch, at_work, keep_lives, opening
from ldninv.domain.entries import Decision, DisposalReason, Entry, Kind
from ldninv.domain.expiry import ONE_YEAR, USP_795, ComponentLot
from ldninv.domain.places import PlaceKind
from ldninv.domain.quantities import Strength
from ldninv.domain.record import Worksheet
from ldninv.domain.standing import State
from ldninv.services import batches, binning, counting, ledger, places, policies, recall, record, standing
from ldninv.services.storage import deciding, looking
from rooms import a_room, brought

GOOD = TODAY + timedelta(days=200)
SOONER = TODAY - timedelta(days=100)
"""Earlier than any batch's date, and after it was made."""
TOMORROW = TODAY + timedelta(days=1)
SHELF, BIN, WARM = "Shelf A", "Expired bin", "Warm shelf"
"""Where batches stand, where expired ones are taken, and where those stand of which storage asks a decision."""

MAY = """
            dispense waste sample return count move dispose bin release quarantine reject hold keep shorten discard
released    yes      yes   yes    yes    yes   yes  yes     no  no      yes        yes    yes  no   yes     no
waiting     no       yes   yes    yes    yes   yes  yes     no  yes     no         yes    yes  no   yes     no
quarantined no       yes   yes    yes    yes   yes  yes     no  yes     no         yes    yes  no   yes     no
came-back   no       yes   yes    yes    yes   yes  yes     no  no      yes        yes    yes  no   yes     no
held        no       yes   yes    yes    yes   yes  yes     no  no      yes        yes    no   yes  yes     yes
rejected    no       yes   yes    yes    yes   yes  yes     no  no      yes        no     yes  no   yes     no
recalled    no       yes   yes    yes    yes   yes  yes     no  no      yes        yes    yes  no   yes     no
expired     no       yes   yes    yes    yes   yes  yes     yes no      yes        yes    yes  no   yes     no
too-late    no       yes   yes    yes    yes   yes  yes     yes no      no         yes    yes  no   yes     no
depleted    no       no    no     yes    yes   yes  no      no  no      yes        yes    yes  no   yes     no
destroyed   no       no    no     yes    yes   yes  no      no  no      yes        no     no   no   no      no
ahead       no       no    no     no     no    no   no      no  no      no         no     no   no   no      no
taken-back  no       no    no     no     no    no   no      no  no      no         no     no   no   no      no
"""
"""Which verb a batch in which state may be asked for. `waiting` was never released; `too-late` never, and expired;
`ahead` is not made yet, and `taken-back` never was."""

MAY_TOO = """
            storage keep-date shorten-date amend recall component correct
released    yes     yes       yes          yes   yes    yes       yes
waiting     yes     yes       yes          yes   yes    yes       yes
quarantined yes     yes       yes          yes   yes    yes       yes
came-back   yes     yes       yes          yes   yes    yes       yes
held        yes     yes       yes          yes   yes    yes       yes
rejected    yes     yes       yes          yes   yes    yes       yes
recalled    yes     yes       yes          yes   no     yes       yes
expired     yes     no        no           yes   yes    yes       yes
too-late    yes     no        no           yes   yes    yes       yes
depleted    no      no        no           yes   yes    yes       yes
destroyed   no      no        no           yes   yes    yes       yes
ahead       no      no        no           yes   no     yes       yes
taken-back  no      no        no           no    yes    yes       no
"""
"""The same for a decision on what happened to storage, on a date that a policy would shorten (keep it, or shorten it),
the correction of the record, a recall of the batch or of a component lot, and an entry that is taken back."""

DOORS = """
             service form command scan
dispense     yes     yes  yes     no
waste        yes     yes  yes     no
sample       yes     yes  yes     no
return       yes     yes  yes     no
count        yes     yes  yes     yes
move         yes     yes  yes     no
dispose      yes     yes  yes     no
bin          yes     no   no      yes
release      yes     yes  yes     no
quarantine   yes     yes  yes     no
reject       yes     yes  yes     no
hold         yes     yes  yes     no
keep         yes     yes  yes     no
shorten      yes     yes  yes     no
discard      yes     yes  yes     no
storage      yes     yes  no      no
keep-date    yes     yes  no      no
shorten-date yes     yes  no      no
amend        yes     no   no      no
recall       yes     yes  yes     no
component    yes     yes  yes     no
correct      yes     yes  yes     no
"""
"""Which doors a verb has: a scan acts where bottles are taken to the bin and where a place is counted, and only shows
elsewhere. A list that comes in has none of them: it changes no batch that is kept. The form that corrects a record is
tested where it is typed (`tests/ui/test_batch_record.py`)."""


def _table(text):
    columns, *rows = [line.split() for line in text.strip().splitlines()]
    return {row: dict(zip(columns, may, strict=True)) for row, *may in rows}


TABLE = {state: may | _table(MAY_TOO)[state] for state, may in _table(MAY).items()}
VERBS = list(TABLE["released"])
IS = {
    "released": State.RELEASED, "waiting": State.QUARANTINED, "quarantined": State.QUARANTINED,
    "came-back": State.QUARANTINED, "held": State.HELD, "rejected": State.REJECTED, "recalled": State.RECALLED,
    "expired": State.EXPIRED, "too-late": State.EXPIRED, "depleted": State.DEPLETED, "destroyed": State.DESTROYED,
    "ahead": State.RELEASED, "taken-back": State.REJECTED,
}  # fmt: skip
NEVER_WAS = {"ahead", "taken-back"}
"""States of a batch to which nothing can have happened."""


def through(door):
    """Return the verbs that have a door."""
    return [verb for verb, has in _table(DOORS).items() if has[door] == "yes"]


def making(here, lot):
    """Return the entry that made a batch."""
    return next(each for each in batches.card(here, lot).movements if each.entry.kind is Kind.MADE)


def to_correct(here, lot):
    """Return the entry that a correction is asked for: the sample that every batch gave, or what made the batch."""
    taken = (each for each in batches.card(here, lot).movements if each.entry.kind is Kind.SAMPLED)
    return next(taken, making(here, lot))


def happened_at(here):
    """Return the storage event that asks for a decision."""
    (seen,) = [each for each in looking.events(here) if each.happening.kind == "above-30"]
    return seen


BECOMES = {
    "quarantined": lambda here, lot: standing.quarantine(here, lot, reason="label smudged"),
    "came-back": lambda here, lot: ledger.accept_return(here, lot, 10),
    "held": lambda here, lot: standing.hold(here, lot, reason="41 °C"),
    "rejected": lambda here, lot: standing.reject(here, lot, reason="wrong colour"),
    "recalled": lambda here, lot: recall.open_recall(here, lot=lot, reason="chipped"),
    "depleted": lambda here, lot: ledger.waste(here, lot, 270, reason="spilled"),
    "destroyed": lambda here, lot: ledger.dispose(here, lot, 270, reason=DisposalReason.DAMAGE),
    "taken-back": lambda here, lot: ledger.void(here, making(here, lot).id, reason="wrong clock"),
}
"""How a batch comes to its state; the others are born to it."""

BY_SERVICE = {
    "dispense": lambda here, lot: ledger.dispense(here, lot, 1, days_supply=1),
    "waste": lambda here, lot: ledger.waste(here, lot, 1, reason="dropped"),
    "sample": lambda here, lot: ledger.sample(here, lot, 1),
    "return": lambda here, lot: ledger.accept_return(here, lot, 1),
    "count": lambda here, lot: counting.post(here, SHELF, {lot: 3}),
    "move": lambda here, lot: ledger.move(here, lot, BIN),
    "dispose": lambda here, lot: ledger.dispose(here, lot, 1, reason=DisposalReason.DAMAGE),
    "bin": lambda here, lot: binning.take_to_bin(here, lot, BIN),
    "release": standing.release,
    "quarantine": lambda here, lot: standing.quarantine(here, lot, reason="odd smell"),
    "reject": lambda here, lot: standing.reject(here, lot, reason="odd smell"),
    "hold": lambda here, lot: standing.hold(here, lot, reason="odd smell"),
    "keep": lambda here, lot: standing.decide(here, lot, Decision.KEEP, reason="fine"),
    "shorten": lambda here, lot: standing.decide(here, lot, Decision.SHORTEN, reason="warm", expires=SOONER),
    "discard": lambda here, lot: standing.decide(here, lot, Decision.DISCARD, reason="warm"),
    "storage": lambda here, lot: deciding.decide(
        here, happened_at(here).happening.id, {lot: deciding.Choice(Decision.KEEP)}, reason="fine"
    ),
    "keep-date": lambda here, lot: policies.decide(here, lot, Decision.KEEP, reason="a study"),
    "shorten-date": lambda here, lot: policies.decide(here, lot, Decision.SHORTEN, reason="no study"),
    "amend": lambda here, lot: record.amend(here, lot, Worksheet(planned=300), reason="left out"),
    "recall": lambda here, lot: recall.open_recall(here, lot=lot, reason="letter"),
    "component": lambda here, lot: recall.open_recall(here, component=of_component(lot), reason="letter"),
    "correct": lambda here, lot: ledger.void(here, to_correct(here, lot).id, reason="a slip"),
}


def of_component(lot):
    """Return the lot of the component that a batch was made with."""
    return f"part-of-{lot}"


def shelved(here, state):
    """Keep one batch of a state for each verb, all brought to it as people would, each of a strength of its own."""
    places.add_place(here, BIN, PlaceKind.EXPIRED)
    days = {"beyond_use": TODAY - timedelta(days=1) if state in {"expired", "too-late"} else GOOD}
    days |= {"prepared": TOMORROW} if state in NEVER_WAS else {}
    for number, verb in enumerate(VERBS):
        batch = a_batch(
            lot=f"{state}-{verb}",
            strength=Strength(100 + number),
            components=(ComponentLot("MCC", of_component(f"{state}-{verb}")),),
            policy=ONE_YEAR if verb in {"keep-date", "shorten-date"} else None,
            **days,
        )
        place = WARM if verb == "storage" else SHELF
        life = opening(batch, place, released=state not in {"waiting", "too-late"})
        if state not in NEVER_WAS:
            life.append(Entry(kind=Kind.DISPENSED, day=batch.prepared, capsules=-20, days_supply=20))
        keep_lives(at_work(here.store, batch.prepared), (batch, life))
        if state not in NEVER_WAS:
            ledger.sample(here, batch.lot, 10)
    policies.approve(here, USP_795)
    brought(here, a_room(hours=48, t31=(10, 13)), place=WARM)
    for verb in VERBS:
        if state in BECOMES:
            BECOMES[state](here, f"{state}-{verb}")
        assert batches.card(here, f"{state}-{verb}").standing.state is IS[state]
