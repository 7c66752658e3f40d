"""A scan becomes an answer: the batch it names, what else it says, or why it says nothing (R30–R35)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from ldninv.db import Transaction
from ldninv.domain import scan as scans
from ldninv.domain.batch import Kept
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.scan import Means, Reading, Scan, bare
from ldninv.services.batches import Card, answer
from ldninv.services.context import Context

CHECK_THE_LOT = "A separator is missing in the code. Check the lot on the label."
ANOTHERS = "One of our batches has the same lot, but the code carries a maker's product number: it is not that batch."
_A_FEW = 12
"""Batches that are named one by one."""
A_PLACE = "{name} is a place, and no batch."


class Kind(StrEnum):
    """What a scan turned out to be."""

    BATCH = "batch"
    COMPONENT = "component"
    PRODUCT = "product"
    GS1 = "gs1"
    """A code that is right, of something unknown here."""
    CHOOSE = "choose"
    UNKNOWN = "unknown"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a code that lost a separator."""

    reading: Reading
    card: Card | None = None
    """The batch that it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a scanner's text means here."""

    scan: Scan
    kind: Kind
    card: Card | None = None
    """The batch; None for anything else."""
    reading: Reading | None = None
    """What its elements say."""
    error: str | None = None
    warning: str | None = None
    candidates: tuple[Candidate, ...] = ()
    components: tuple[ComponentLot, ...] = ()
    """What has the component lot that it names, each name and supplier once."""
    batches: tuple[str, ...] = ()
    """The lots of the batches that it went into, oldest first."""

    @property
    def lot(self) -> str | None:
        """The lot that it names: the batch's, or the maker's."""
        if self.card is not None:
            return self.card.kept.batch.lot
        if self.components:
            return self.components[0].lot
        return self.reading.lot if self.reading else None


def scan(context: Context, text: str) -> Answer:
    """Return what `text` means; reads only, and never raises for what was scanned."""
    read = scans.parse(text, context.today())
    with context.store.reading() as work:
        kept = work.batches.by_lot(read.text) if read.as_lot else None
        if kept is not None:
            return Answer(scan=read, kind=Kind.BATCH, card=answer(context, work, kept))
        component = _component(work, read, read.text) if read.as_lot else None
        if component is not None:
            return component
        match read.means:
            case Means.INVALID:
                return Answer(scan=read, kind=Kind.INVALID, error=read.error)
            case Means.CHOOSE:
                return _chosen(context, work, read)
            case Means.GS1 | Means.PRODUCT:
                return _named(context, work, read, read.readings[0])
            case Means.LOT | Means.TEXT:
                place = work.places.by_name(read.text)
                warning = None if place is None else A_PLACE.format(name=place.name)
                return Answer(scan=read, kind=Kind.UNKNOWN, warning=warning)


def _component(work: Transaction, read: Scan, lot: str, reading: Reading | None = None) -> Answer | None:
    """Answer with the component lot of that number; None where no batch was made with one."""
    there = work.recalls.components(lot) if lot.strip() else []
    if not there:
        return None
    return Answer(
        scan=read,
        kind=Kind.COMPONENT,
        reading=reading,
        warning=reading.implausible if reading else None,
        components=tuple(there),
        batches=tuple(work.recalls.went_into(lot)),
    )


def component_words(answer: Answer) -> str:
    """Return what a component lot is, and which batches it went into, the first of many."""
    names = " and ".join(dict.fromkeys(each.name for each in answer.components))
    several = len(answer.batches)
    shown = ", ".join(answer.batches[:_A_FEW]) + (f" and {several - _A_FEW} more" if several > _A_FEW else "")
    return f"{names}, lot {answer.lot}: it went into {'batch' if several == 1 else f'{several} batches:'} {shown}."


def _named(context: Context, work: Transaction, read: Scan, reading: Reading) -> Answer:
    """Answer a code by its elements. With a product number it is a bought good, whatever lot it carries (R34)."""
    if read.means is Means.PRODUCT:
        return Answer(scan=read, kind=Kind.PRODUCT, reading=reading)
    for named in filter(None, (reading.value("91"), reading.lot)):
        misread = bare(named).error
        if misread is not None and reading.gtin is None:
            return Answer(scan=read, kind=Kind.INVALID, reading=reading, error=misread)
        kept = work.batches.by_lot(bare(named).text)
        if kept is not None and reading.gtin is None:
            return Answer(
                scan=read,
                kind=Kind.BATCH,
                reading=reading,
                card=answer(context, work, kept),
                warning=_flag(reading, kept),
            )
        component = _component(work, read, named, reading)
        if component is not None:
            return component if kept is None else replace(component, warning=ANOTHERS)
        if kept is not None:
            return Answer(scan=read, kind=Kind.GS1, reading=reading, warning=ANOTHERS)
    return Answer(scan=read, kind=Kind.GS1, reading=reading, warning=reading.implausible)


def _flag(reading: Reading, kept: Kept) -> str | None:
    """Return what does not fit between a code and the batch that it names; a scan never changes a date (R30)."""
    printed = reading.expiry
    if printed is not None and printed != kept.batch.expiry.on:
        return f"The code says {printed}, and the batch may be used until {kept.batch.expiry.on}. Check the label."
    return reading.implausible


def _chosen(context: Context, work: Transaction, read: Scan) -> Answer:
    """Open the batch that exactly one reading names, with a warning; else leave the choice to the person (R34)."""
    candidates = []
    for reading in read.readings:
        kept = work.batches.by_lot(reading.lot) if reading.lot else None
        candidates.append(Candidate(reading, answer(context, work, kept) if kept else None))
    ours = [each for each in candidates if each.card is not None]
    lots = {each.card.kept.batch.id for each in ours if each.card}
    if len(lots) == 1:
        first = ours[0]
        return Answer(
            scan=read, kind=Kind.BATCH, card=first.card, reading=first.reading, warning=CHECK_THE_LOT,
            candidates=tuple(candidates),
        )  # fmt: skip
    return Answer(scan=read, kind=Kind.CHOOSE, candidates=tuple(candidates))
