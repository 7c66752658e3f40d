"""What a code or text stands for: a product's barcode, or any text that people gave a product or a batch (R32, R35)."""

from __future__ import annotations

from ldninv.db import Transaction
from ldninv.domain import goods
from ldninv.domain.goods import Product
from ldninv.domain.lots import lot_key
from ldninv.domain.refusal import Refused
from ldninv.domain.scan import Means, bare, parse
from ldninv.services.batches import known as known_batch
from ldninv.services.context import Change, Context

LINKED, UNLINKED = "code-linked", "code-unlinked"
"""What the trail calls it."""


def link(context: Context, text: str, *, product: Product | None = None, batch: str | None = None) -> Change:
    """Let a code or text stand for a product, or for a batch by its lot; what it stood for before it no longer does.

    Raises:
        Refused: it means something already that a person must not paint over: a lot, a place, a badge.
    """
    code = kept_as(context, text)
    with context.writing() as work:
        refuse_meaning(work, code)
        if batch is not None and goods.is_gtin(code):
            raise Refused(f"{code} is a maker's product number, and no batch of ours. Link it to a product.")
        kept = None if batch is None else known_batch(work, batch).batch
        made = None if product is None else work.goods.product(product.name, product.supplier)
        before = work.goods.alias(code)
        after = goods.Alias(code, product, kept.lot if kept else None) if kept or product else None
        if after is None:
            raise Refused("Say what it stands for: a product, or a batch.")
        was = None if before is None else before.stands_for
        if was == after.stands_for:
            raise Refused(f"“{code}” stands for {was} already. Nothing was changed.")
        measure = {} if product is None else {"measure": product.measure}
        told = {"for": after.stands_for} | measure
        number = work.trail.append(context.event(LINKED, code, before={"for": was}, after=told))
        if product is not None:
            made = made or work.goods.add_product(product, number)
        work.goods.link(code, number, product=made.id if made else None, batch=kept.id if kept else None)
    return Change.GOODS


def known(context: Context) -> list[goods.Alias]:
    """Return every code and text that stands for something."""
    with context.store.reading() as work:
        return work.goods.aliases()


def unlink(context: Context, text: str) -> Change:
    """Let a code or text stand for nothing any more.

    Raises:
        Refused: it stands for nothing.
    """
    code = kept_as(context, text)
    with context.writing() as work:
        before = work.goods.alias(code)
        if before is None:
            raise Refused(f"“{code}” stands for nothing here.")
        event = context.event(UNLINKED, code, before={"for": before.stands_for})
        work.goods.link(code, work.trail.append(event))
    return Change.GOODS


def kept_as(context: Context, text: str) -> str:
    """Return a code as it is kept: a product's number in fourteen digits, else the text without what a scanner adds.

    Raises:
        Refused: it is nothing, too long, or a scan of it would be read as something else.
    """
    read = parse(text, context.today())
    if read.reading is not None and read.reading.gtin:
        return read.reading.gtin
    code = read.text
    if not code or len(code) > goods.LONGEST_CODE or not code.isprintable() or bare(code).error is not None:
        raise Refused(f"“{code}” can stand for nothing. Give a code or text of 1 to {goods.LONGEST_CODE} characters.")
    if read.means is not Means.TEXT or not read.as_lot or lot_key(bare(code).text) != lot_key(code):
        raise Refused(f"A scan of “{code}” would be taken for something else. Give another text.")
    return code


def free(context: Context, text: str) -> str:
    """Return a scanned code or text as it is kept, where it may stand for something.

    Raises:
        Refused: it can stand for nothing, or is something here already.
    """
    code = kept_as(context, text)
    with context.store.reading() as work:
        refuse_meaning(work, code)
    return code


def refuse_meaning(work: Transaction, code: str) -> None:
    """Refuse a code or text that is somebody's badge, or the name of something here.

    Raises:
        Refused: it is, with what it is.
    """
    if work.people.by_badge(code) is not None:
        raise Refused("That is somebody's badge, and stands for nothing else. Scan the product's code.")
    kept, place, parts = work.batches.by_lot(code), work.places.by_name(code), work.components.called(code)
    what = (
        f"the lot of a batch ({kept.batch.lot})" if kept
        else f"a lot of {parts[0].name}" if parts
        else f"a place ({place.name})" if place
        else None
    )  # fmt: skip
    if what is not None:
        raise Refused(f"“{code}” is {what} already, and a scan of it must stay that. Give another text.")
