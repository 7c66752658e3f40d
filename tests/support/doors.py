"""R8 and R9 as a table: which verb a batch in which state may be asked for, and how it comes to that state."""

from datetime import timedelta

from builders import TODAY, a_batch, keep
from ldninv.domain.entries import DisposalReason
from ldninv.domain.quantities import Strength
from ldninv.domain.standing import State
from ldninv.services import batches, ledger, places, recall, standing

GOOD = TODAY + timedelta(days=200)
SOONER = TODAY - timedelta(days=100)
"""Earlier than any batch's date, and after it was made."""

MAY = """
             dispense waste sample return count move dispose release quarantine reject hold keep shorten discard recall
released     yes      yes   yes    yes    yes   yes  yes     no      yes        yes    yes  no   yes     no      yes
waiting      no       yes   yes    yes    yes   yes  yes     yes     no         yes    yes  no   yes     no      yes
quarantined  no       yes   yes    yes    yes   yes  yes     yes     no         yes    yes  no   yes     no      yes
came-back    no       yes   yes    yes    yes   yes  yes     no      yes        yes    yes  no   yes     no      yes
held         no       yes   yes    yes    yes   yes  yes     no      yes        yes    no   yes  yes     yes     yes
rejected     no       yes   yes    yes    yes   yes  yes     no      yes        no     yes  no   yes     no      yes
recalled     no       yes   yes    yes    yes   yes  yes     no      yes        yes    yes  no   yes     no      no
expired      no       yes   yes    yes    yes   yes  yes     no      yes        yes    yes  no   yes     no      yes
too-late     no       yes   yes    yes    yes   yes  yes     no      no         yes    yes  no   yes     no      yes
depleted     no       no    no     yes    yes   yes  no      no      yes        yes    yes  no   yes     no      yes
destroyed    no       no    no     yes    yes   yes  no      no      yes        no     no   no   no      no      yes
"""
"""Which verb a batch in which state may be asked for. `waiting` was never released; `too-late` never, and expired."""

VERBS, *ROWS = [line.split() for line in MAY.strip().splitlines()]
TABLE = {state: dict(zip(VERBS, may, strict=True)) for state, *may in ROWS}
IS = {
    "released": State.RELEASED, "waiting": State.QUARANTINED, "quarantined": State.QUARANTINED,
    "came-back": State.QUARANTINED, "held": State.HELD, "rejected": State.REJECTED, "recalled": State.RECALLED,
    "expired": State.EXPIRED, "too-late": State.EXPIRED, "depleted": State.DEPLETED, "destroyed": State.DESTROYED,
}  # fmt: skip

BECOMES = {
    "quarantined": lambda here, lot: standing.quarantine(here, lot, reason="label smudged"),
    "came-back": lambda here, lot: ledger.accept_return(here, lot, 10),
    "held": lambda here, lot: standing.hold(here, lot, reason="41 °C"),
    "rejected": lambda here, lot: standing.reject(here, lot, reason="wrong colour"),
    "recalled": lambda here, lot: recall.open_recall(here, lot=lot, reason="chipped"),
    "depleted": lambda here, lot: ledger.waste(here, lot, 270, reason="spilled"),
    "destroyed": lambda here, lot: ledger.dispose(here, lot, 270, reason=DisposalReason.DAMAGE),
}
"""How a batch comes to its state; the others are born to it."""


def shelved(here, state):
    """Keep one batch of a state for each verb, all brought to it as people would, each of a strength of its own."""
    places.add_place(here, "Expired bin")
    for number, verb in enumerate(VERBS):
        batch = a_batch(lot=f"{state}-{verb}", strength=Strength(100 + number), beyond_use=GOOD)
        if state in {"expired", "too-late"}:
            batch = a_batch(lot=batch.lot, strength=batch.strength, beyond_use=TODAY - timedelta(days=1))
        keep(here, batch, released=state not in {"waiting", "too-late"})
        ledger.sample(here, batch.lot, 30)
        if state in BECOMES:
            BECOMES[state](here, batch.lot)
        assert batches.card(here, batch.lot).standing.state is IS[state]
