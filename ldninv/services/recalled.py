"""A recall read back from the ledger: its batches, what left the house, what came back, who signed its end (R12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from ldninv.db import Transaction
from ldninv.domain import recall as rules
from ldninv.domain.entries import Posted
from ldninv.domain.prescriptions import masked
from ldninv.domain.recall import Reached, Recall, Tally
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import in_words as signature_in_words
from ldninv.services.context import Change


@dataclass(frozen=True, slots=True)
class Opened:
    """A recall with the batches that it reached."""

    recall: Recall
    reached: tuple[Reached, ...]
    rx: Mapping[int, str] | None = None
    """Prescription numbers by entry, masked; None where the pharmacy keeps none (R29)."""
    signatures: tuple[str, ...] = ()
    """Who signed its end, and whether it was changed since, in words."""
    changed: Change = Change.NOTHING
    notices: tuple[str, ...] = ()

    @property
    def tally(self) -> Tally:
        """What it comes to, in capsules."""
        return rules.tally(self.reached)

    @property
    def dispensings(self) -> list[Posted]:
        """What left the house, oldest first."""
        return sorted((each for batch in self.reached for each in batch.dispensings), key=lambda each: each.id)


def known(work: Transaction, number: int) -> Recall:
    """Return a recall.

    Raises:
        Refused: there is none of that number.
    """
    found = work.recalls.by_number(number)
    if found is None:
        raise Refused(f"There is no recall {number}. Look at the list of recalls for its number.")
    return found


def reached(work: Transaction, number: int) -> tuple[Reached, ...]:
    """Return the batches that a recall reached, with their ledgers."""
    rows = work.recalls.reached(number)
    kept = work.batches.rows([key for key, _, _ in rows])
    lives = work.ledger.of_all({each.batch.id: each.batch.lot for each in kept})
    return tuple(
        Reached(each, on_hand, entry, tuple(lives[each.batch.id]))
        for each, (_, on_hand, entry) in zip(kept, rows, strict=True)
    )


def opened(work: Transaction, number: int, changed: Change = Change.NOTHING, notices: tuple[str, ...] = ()) -> Opened:
    """Return a recall with all that belongs to it, and what a verb that made it so has to say."""
    recall, batches = known(work, number), reached(work, number)
    rx = rx_numbers(work, batches)
    signed = work.signatures.of(signed_as(recall))
    facts = content(work, recall) if signed else {}
    return Opened(
        recall=recall,
        reached=batches,
        rx=None if rx is None else {entry: masked(each) for entry, each in rx.items()},
        signatures=tuple(signature_in_words(each, facts) for each in signed),
        changed=changed,
        notices=notices,
    )


def rx_numbers(work: Transaction, batches: Sequence[Reached]) -> dict[int, str] | None:
    """Return the whole prescription numbers by entry; None where the pharmacy keeps none (R29)."""
    if not work.preferences.read().rx_numbers:
        return None
    return work.prescriptions.of(each.id for batch in batches for each in batch.dispensings)


def signed_as(recall: Recall) -> str:
    """Return what signatures call a recall."""
    return f"recall {recall.number}"


def content(work: Transaction, recall: Recall) -> dict[str, object]:
    """Return what the signature under a recall's end stands for."""
    lots = [kept.batch.lot for kept in work.batches.rows([key for key, _, _ in work.recalls.reached(recall.number)])]
    facts = asdict(recall)
    del facts["number"]
    if facts["closed"] and not facts["closed"]["taken_back"]:
        del facts["closed"]["taken_back"]  # what was signed before recalls could be taken back stays what it was
    return facts | {"batches": lots}
