"""What a lot means that somebody wants to recall, and what its recall would reach, before anything is done (R12)."""

from __future__ import annotations

from dataclasses import dataclass

from ldninv.domain.batch import Batch
from ldninv.domain.lots import lot_key
from ldninv.domain.recall import Reached, Tally, tally
from ldninv.domain.refusal import Refused
from ldninv.services import lookup, recall
from ldninv.services.context import Context
from ldninv.services.recalled import Opened


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be recalled: a batch, or a component's lot with all batches that it went into."""

    lot: str
    name: str | None = None
    """The component's name; None for a batch."""

    @property
    def words(self) -> str:
        """What it is, in words."""
        return f"{self.name} lot {self.lot}" if self.name else f"Batch {self.lot}"


@dataclass(frozen=True, slots=True)
class Reach:
    """What a recall would reach."""

    batches: tuple[Reached, ...]

    @property
    def tally(self) -> Tally:
        """What that comes to, in capsules."""
        return tally(self.batches)


def of_batch(batch: Batch) -> tuple[Subject, ...]:
    """Return what of a batch can be recalled: itself, and each lot that went into it."""
    parts = (Subject(each.lot, each.name) for each in batch.components if each.lot)
    return tuple(dict.fromkeys((Subject(batch.lot), *parts)))


def subjects(context: Context, text: str) -> tuple[Subject, ...]:
    """Return what a lot that was typed or scanned can mean: a batch, components, or both; empty where it is unknown."""
    answer = lookup.scan(context, text)
    found = [Subject(answer.card.kept.batch.lot)] if answer.card is not None else []
    lots = dict.fromkeys(" ".join(lot.split()) for lot in (text, answer.lot or ""))
    parts = [each for lot in lots if lot for each in recall.components(context, lot)]
    named = {lot_key(each.name): Subject(each.lot, each.name) for each in parts}
    return (*found, *named.values())


def reach(context: Context, subject: Subject) -> Reach:
    """Return which batches a recall would reach, with what was dispensed of them.

    Raises:
        Refused: there is no such lot any more, or all of it is recalled already.
    """
    names = (subject.name,) if subject.name else ()
    found = (
        recall.scope(context, component=subject.lot, names=names) if names else recall.scope(context, lot=subject.lot)
    )
    if not found.batches and found.recalled:
        raise Refused(f"All batches with {subject.words} are recalled already. Look at the recalls for their list.")
    with context.store.reading() as work:
        lives = work.ledger.of_all({each.batch.id: each.batch.lot for each in found.batches})
    return Reach(tuple(Reached(kept, kept.stock.on_hand, 0, tuple(lives[kept.batch.id])) for kept in found.batches))


def begin(context: Context, subject: Subject, *, reason: str) -> Opened:
    """Recall it.

    Raises:
        Refused: no reason is given, or it is recalled already.
    """
    if subject.name is None:
        return recall.open_recall(context, lot=subject.lot, reason=reason)
    return recall.open_recall(context, component=subject.lot, names=(subject.name,), reason=reason)
