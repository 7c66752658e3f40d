"""Recalls: by batch or by component lot, held at once, listed, called, tallied and closed (R12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ldninv.db import Transaction
from ldninv.domain import recall as rules
from ldninv.domain import taking_back
from ldninv.domain.audit import Event
from ldninv.domain.batch import Kept
from ldninv.domain.entries import Entry, Kind
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.ledger import refuse_backwards
from ldninv.domain.quantities import capsules as in_words
from ldninv.domain.recall import Closed, Recall, Tally
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.reports import call_list
from ldninv.reports.document import Document
from ldninv.services import documents, recalled, signing
from ldninv.services.batches import known
from ldninv.services.context import Change, Context
from ldninv.services.posting import append
from ldninv.services.recalled import Opened
from ldninv.services.signing import Pen

if TYPE_CHECKING:
    from ldninv.paper.document import DocumentPaper

CLOSED = "recall-closed"
TAKEN_BACK = "recall-taken-back"
LISTED = "call-list"
SEEN = "prescriptions-seen"
"""What the trail calls what is done with a recall after it was opened; numbers are never in it (R29)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a recall would reach, before it is opened."""

    subject: str
    names: tuple[str, ...] | None
    """The component's names; None for a batch's own lot."""
    batches: tuple[Kept, ...]
    components: tuple[ComponentLot, ...] = ()
    """Every component with that lot: name and supplier."""
    recalled: bool = False
    """Whether it was recalled before; batches made since are reached all the same."""


def scope(
    context: Context, *, lot: str | None = None, component: str | None = None, names: Sequence[str] = ()
) -> Scope:
    """Return what a recall would reach, without opening it; give a batch's `lot` or a `component` lot.

    Raises:
        Refused: there is no such lot, or it is the lot of several components and none was named.
    """
    with context.store.reading() as work:
        return _scope(work, lot, component, names)


def components(context: Context, lot: str) -> list[ComponentLot]:
    """Return the components that have this lot, for a person to choose from."""
    with context.store.reading() as work:
        return work.components.called(lot)


def open_recall(
    context: Context, *, lot: str | None = None, component: str | None = None, names: Sequence[str] = (), reason: str
) -> Opened:
    """Recall a batch, or every batch that a component lot went into: all are blocked at once, the empty ones too.

    A batch that is recalled by its own lot has to be there on that day, as for everything else. Of a component lot no
    batch is left out for a wrong date: those dated ahead are named.

    Raises:
        Refused: no such lot, no reason, it is recalled already, a component is to be chosen, or the clock has gone
            backwards.
    """
    with context.writing() as work:
        found = _scope(work, lot, component, names)
        ahead = _dated_ahead(context, work, found)
        entries = rules.entries(
            found.subject, found.names, found.batches, reason, context.today(), unused=not found.recalled
        )
        number = work.recalls.next_number()
        event = _opening(context, number, found, entries, " ".join(reason.split()))
        noted = work.trail.append(event)
        posted = work.ledger.append(
            [(kept.batch.id, entry) for kept, entry in entries], at=event.at, by=event.by, event=noted
        )
        opened = Recall(
            number=number,
            subject=found.subject,
            names=found.names,
            reason=" ".join(reason.split()),
            day=context.today(),
            at=event.at,
            by=event.by,
        )
        batches = [(kept.batch.id, kept.stock.on_hand, key) for (kept, _), key in zip(entries, posted, strict=True)]
        work.recalls.open(opened, batches, noted)
        return recalled.opened(work, number, Change.LEDGER, (*_suppliers(found), *ahead))


def _opening(context: Context, number: int, found: Scope, entries: Sequence[tuple[Kept, Entry]], reason: str) -> Event:
    """Return the event of a recall: what it reached, and how much of it was there."""
    return context.event(
        Kind.RECALLED.value,
        found.subject,
        after={
            "recall": number,
            "component": list(found.names) if found.names else None,
            "batches": [kept.batch.lot for kept, _ in entries],
            "on_hand": sum(kept.stock.on_hand for kept, _ in entries),
            "day": context.today(),
            "left": [kept.stock.on_hand for kept, _ in entries],
        },
        reason=entries[0][1].reason if entries else reason,
    )


def recalls(context: Context) -> list[Recall]:
    """Return every recall, newest first."""
    with context.store.reading() as work:
        return work.recalls.all()


def show(context: Context, number: int) -> Opened:
    """Return a recall with its batches, their dispensings and what came back since.

    Raises:
        Refused: there is no recall of that number.
    """
    with context.store.reading() as work:
        return recalled.opened(work, number)


def prescriptions(context: Context, number: int) -> dict[int, str]:
    """Return the whole prescription numbers of a recall by entry; the trail notes that somebody looked (R29).

    Raises:
        Refused: there is no such recall, or this pharmacy keeps no such numbers.
    """
    with context.writing() as work:
        opened, found = recalled.known(work, number), recalled.rx_numbers(work, recalled.reached(work, number))
        if found is None:
            raise Refused("This pharmacy keeps no prescription numbers. Find them in its own system.")
        work.trail.append(context.event(SEEN, opened.subject, after={"recall": number, "numbers": len(found)}))
    return found


def close(context: Context, number: int, *, note: str, sign: Pen | None = None) -> Opened:
    """Close a recall: what was done is written down, and a pharmacist signs. Its batches stay recalled.

    Raises:
        Refused: there is no such recall, it is closed already, nothing is said of what was done, or nobody signs who
            may.
    """
    signer = signing.signer(context, sign, Meaning.RECALL_CLOSED)
    with context.writing() as work:
        opened = recalled.known(work, number)
        said = rules.closing(opened, note)
        tally = rules.tally(recalled.reached(work, number))
        event = context.event(
            CLOSED,
            opened.subject,
            after={"recall": number, "returned": tally.returned, "missing": tally.missing, "on_hand": tally.on_hand},
            reason=said,
        )
        noted = work.trail.append(event)
        work.recalls.close(number, Closed(said, tally.returned, event.at, event.by), noted)
        closed = recalled.known(work, number)
        signing.sign(context, work, signer, recalled.signed_as(closed), recalled.content(work, closed), about=noted)
        return recalled.opened(work, number, Change.LEDGER, (*_left(tally), *signing.remarks(signer)))


def take_back(context: Context, number: int, *, reason: str, sign: Pen | None = None) -> Opened:
    """Take a recall back that a wrong clock dated ahead: its batches are as they were, and a pharmacist signs.

    Else nothing could happen to them until that day. What is recalled on its right day stays so.

    Raises:
        Refused: there is no such recall, it is closed, its day does not lie ahead, or nobody signs who may.
    """
    with context.store.reading() as work:
        rules.taking_back(recalled.known(work, number), reason, context.today())
    signer = signing.signer(context, sign, Meaning.TAKEN_BACK)
    with context.writing() as work:
        opened = recalled.known(work, number)
        said = rules.taking_back(opened, reason, context.today())
        reached = recalled.reached(work, number)
        for each in reached:
            entry = taking_back.void(each.kept.batch, each.history, each.entry, said, context.today())
            append(context, work, each.kept, entry)
        returned = rules.tally(reached).returned
        event = context.event(
            TAKEN_BACK,
            opened.subject,
            after={"recall": number, "batches": [each.kept.batch.lot for each in reached], "returned": returned},
            reason=said,
        )
        noted = work.trail.append(event)
        work.recalls.close(number, Closed(said, returned, event.at, event.by, taken_back=True), noted)
        ended = recalled.content(work, recalled.known(work, number))
        signing.sign(context, work, signer, recalled.signed_as(opened), ended, about=noted)
        return recalled.opened(work, number, Change.LEDGER, signing.remarks(signer))


def document(context: Context, number: int, *, whole: bool = False) -> Document:
    """Return a recall as a paper: what it reached, whom to call, what came back.

    Args:
        context: Who asks.
        number: Which recall.
        whole: Whether prescription numbers, where they are kept, are shown whole; the trail notes that first (R29).
    """
    rx = prescriptions(context, number) if whole and context.settings.rx_numbers else None
    with context.store.reading() as work:
        opened = recalled.opened(work, number)
        shown = rx if rx is not None else opened.rx
        return call_list.build(opened.recall, opened.reached, documents.maker(context, work), shown, opened.signatures)


def paper(context: Context, number: int, *, whole: bool = False) -> DocumentPaper:
    """Return the call list as pages, for print, preview and PDF alike (see `document`)."""
    return documents.paper(document(context, number, whole=whole))


def save(context: Context, number: int, target: Path, *, whole: bool = False) -> documents.Saved:
    """Write the call list as a PDF, with `whole` prescription numbers only where asked for (R29); the trail notes it.

    Raises:
        Refused: there is no such recall, or a file is there that is no paper of this database.
        Surroundings: the place cannot be written, or Qt's libraries are missing.
    """
    documents.spare(context, target)
    made = document(context, number, whole=whole)
    return documents.save(context, made, target, action=LISTED, subject=made.subject)


def _scope(work: Transaction, lot: str | None, component: str | None, names: Sequence[str]) -> Scope:
    if (lot is None) == (component is None):
        raise Refused("Name the batch that is recalled, or the component lot: one of the two.")
    if lot is not None:
        kept = known(work, lot)
        return Scope(kept.batch.lot, None, (kept,), recalled=kept.stock.recalled is not None)
    wanted = " ".join((component or "").split())
    there = work.components.called(wanted)
    meant = rules.names_meant(wanted, there, names)
    batches = work.batches.rows(work.recalls.made_with(wanted, meant))
    before = any(work.recalls.of_component(ComponentLot(name, wanted)) for name in meant)
    return Scope(there[0].lot, meant, tuple(batches), tuple(there), recalled=before)


def _dated_ahead(context: Context, work: Transaction, found: Scope) -> tuple[str, ...]:
    """Name the batches of a component lot that have a day ahead; refuse the one that is recalled by its own lot."""
    ahead = []
    for kept in found.batches:
        try:
            if kept.stock.taken_back is None:  # it never was, but its label may be out there
                refuse_backwards(kept.batch, work.ledger.last_day(kept.batch.id), context.today())
        except Refused:
            if found.names is None:
                raise
            ahead.append(kept.batch.lot)
    if not ahead:
        return ()
    return (
        f"Recalled too, though dated ahead of {context.today()}: {', '.join(ahead)}. Look at the clock and at them.",
    )


def _suppliers(found: Scope) -> tuple[str, ...]:
    """Say where one lot came from several suppliers: all of it is recalled."""
    wanted = {name.casefold() for name in found.names or ()}
    there = {each.supplier for each in found.components if each.name.casefold() in wanted and each.supplier}
    if len(there) <= 1:
        return ()
    several = ", ".join(sorted(there))
    return (f"Lot {found.subject} stands in the records with several suppliers ({several}); all of it is recalled.",)


def _left(tally: Tally) -> tuple[str, ...]:
    shelf = f"{in_words(tally.on_hand)} of recalled batches still on the shelf. Dispose of them."
    out = f"{in_words(tally.missing)} of {tally.dispensed} dispensed did not come back."
    return tuple(text for count, text in ((tally.on_hand, shelf), (tally.missing, out)) if count)
