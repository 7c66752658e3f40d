"""A scan becomes an answer: the batch it names, what else it says, or why it says nothing (R30–R35)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from ldninv.db import Transaction
from ldninv.domain import scan as scans
from ldninv.domain.batch import Kept
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.goods import Product, gtins_of_ndc
from ldninv.domain.places import Place
from ldninv.domain.policies import same_component
from ldninv.domain.scan import Means, Reading, Scan, bare
from ldninv.domain.scan.plain import name_in
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
    product: Product | None = None
    """The product that the code is remembered for; None where it is not known here."""
    place: Place | None = None
    """The place whose label it is."""

    @property
    def names(self) -> bool:
        """Whether it names something that is known here."""
        ours = self.card or self.components or self.product or self.place
        return bool(ours) or any(each.card for each in self.candidates)

    @property
    def code(self) -> str:
        """What could stand for something: the product's number in it, else the whole text."""
        return (self.reading.gtin if self.reading else None) or self.scan.text

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
        whole = _whole(context, work, read) if read.as_lot else None
        if whole is not None:
            return whole
        found = _by_elements(context, work, read)
        return found if found.names else _place(work, read) or found


def _by_elements(context: Context, work: Transaction, read: Scan) -> Answer:
    """Answer with what is read in the text, where the whole of it names nothing."""
    match read.means:
        case Means.INVALID:
            return Answer(scan=read, kind=Kind.INVALID, error=read.error)
        case Means.CHOOSE:
            return _chosen(context, work, read)
        case Means.GS1 | Means.PRODUCT:
            return _named(context, work, read, read.readings[0])
        case Means.LOT | Means.TEXT:
            return Answer(scan=read, kind=Kind.UNKNOWN)


def _place(work: Transaction, read: Scan) -> Answer | None:
    """Answer with the place whose label it is: after all lots, and before a code of something unknown here."""
    name = name_in(read.input) if read.as_lot else ""
    place = work.places.by_name(name) if name else None
    if place is None:
        return None
    return Answer(scan=read, kind=Kind.UNKNOWN, place=place, warning=A_PLACE.format(name=place.name))


def _whole(context: Context, work: Transaction, read: Scan) -> Answer | None:
    """Answer with what the whole text is called here: a batch, a component lot, or what an alias stands for (R32)."""
    kept = work.batches.by_lot(read.text)
    if kept is not None:
        return Answer(scan=read, kind=Kind.BATCH, card=answer(context, work, kept))
    return _component(work, read, read.text) or _by_alias(context, work, read)


def of_reading(context: Context, answered: Answer, reading: Reading) -> Answer:
    """Return what one reading means, which a person chose among several: never one of our batches (R34)."""
    with context.store.reading() as work:
        return _named(context, work, answered.scan, reading)


def _by_alias(context: Context, work: Transaction, read: Scan) -> Answer | None:
    """Answer with what a person let the text stand for, or with the known product whose bare number it is (R35)."""
    alias = work.goods.alias(read.text)
    if alias is not None and alias.batch is not None:
        kept = work.batches.by_lot(alias.batch)
        if kept is not None:
            return Answer(scan=read, kind=Kind.BATCH, card=answer(context, work, kept))
    product = alias.product if alias is not None else None
    if product is None and read.means is Means.TEXT:
        found = (work.goods.alias(gtin) for gtin in gtins_of_ndc(read.text))
        known = {each.product.id: each.product for each in found if each is not None and each.product is not None}
        product = next(iter(known.values())) if len(known) == 1 else None
    if product is None:
        return None
    return Answer(scan=read, kind=Kind.PRODUCT, product=product, reading=read.reading)


def _component(
    work: Transaction, read: Scan, lot: str, reading: Reading | None = None, product: Product | None = None
) -> Answer | None:
    """Answer with the component lot of that number; None where it was neither received nor used.

    Where the code's product is known, another component that happens to carry the same lot is not it.
    """
    there = work.components.called(lot) if lot.strip() else []
    if product is not None:
        mine = same_component(ComponentLot(product.name, lot))
        there = [each for each in there if same_component(each) == mine]
    if not there:
        return None
    return Answer(
        scan=read,
        kind=Kind.COMPONENT,
        reading=reading,
        warning=reading.implausible if reading else None,
        components=tuple(there),
        batches=tuple(work.components.went_into(lot, (each.name for each in there))),
        product=product,
    )


def component_words(answer: Answer) -> str:
    """Return what a component lot is, and which batches it went into, the first of many."""
    names = " and ".join(dict.fromkeys(each.name for each in answer.components))
    several = len(answer.batches)
    if not several:
        return f"{names}, lot {answer.lot}: no batch was made with it yet."
    shown = ", ".join(answer.batches[:_A_FEW]) + (f" and {several - _A_FEW} more" if several > _A_FEW else "")
    return f"{names}, lot {answer.lot}: it went into {'batch' if several == 1 else f'{several} batches:'} {shown}."


def _named(context: Context, work: Transaction, read: Scan, reading: Reading) -> Answer:
    """Answer a code by its elements. With a product number it is a bought good, whatever lot it carries (R34)."""
    product = _product(work, reading)
    if read.means is Means.PRODUCT or (product is not None and reading.lot is None):
        return Answer(scan=read, kind=Kind.PRODUCT, reading=reading, product=product, warning=reading.implausible)
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
        component = _component(work, read, named, reading, product)
        if component is not None:
            return component if kept is None else replace(component, warning=ANOTHERS)
        if kept is not None:
            kind = Kind.GS1 if product is None else Kind.PRODUCT
            return Answer(scan=read, kind=kind, reading=reading, warning=ANOTHERS, product=product)
    kind = Kind.GS1 if product is None else Kind.PRODUCT
    return Answer(scan=read, kind=kind, reading=reading, warning=reading.implausible, product=product)


def _product(work: Transaction, reading: Reading) -> Product | None:
    """Return the product that a code's number is remembered for: the whole number, never its NDC alone (R35)."""
    alias = work.goods.alias(reading.gtin) if reading.gtin else None
    return None if alias is None else alias.product


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
    if len(lots) == 1 and not any(_only_a_number(each) for each in read.readings):
        first = ours[0]
        return Answer(
            scan=read, kind=Kind.BATCH, card=first.card, reading=first.reading, warning=CHECK_THE_LOT,
            candidates=tuple(candidates),
        )  # fmt: skip
    return Answer(scan=read, kind=Kind.CHOOSE, candidates=tuple(candidates))


def _only_a_number(reading: Reading) -> bool:
    """Whether a reading is a product's number and nothing else: then no separator is missing, and nothing is ours."""
    return reading.gtin is not None and len(reading.elements) == 1
