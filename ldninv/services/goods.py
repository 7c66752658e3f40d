"""Bought goods: received by scan, counted, disposed of, used in batches (R30, R35)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ldninv.db import Transaction
from ldninv.domain import goods
from ldninv.domain.amounts import Amount, written_amount
from ldninv.domain.audit import Event
from ldninv.domain.batch import Batch
from ldninv.domain.entries import Posted
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.goods import Delivery, Kind, Movement, Product, Received
from ldninv.domain.policies import same_component
from ldninv.domain.recall import refuse_recalled
from ldninv.domain.refusal import Refused
from ldninv.services import codes
from ldninv.services.context import Change, Context

RECEIVED, COUNTED, DISPOSED = "goods-received", "goods-counted", "goods-disposed"
"""What the trail calls what is done with goods."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: the lot with what there is of it now, and what a person should know."""

    received: Received
    changed: Change = Change.GOODS
    notices: tuple[str, ...] = ()


def receive(context: Context, delivery: Delivery) -> Done:
    """Take goods in as a person confirmed them; the product's barcode is remembered (R35).

    Raises:
        Refused: what is said of them cannot be, the lot is recalled, its date or the product is another than is known
            here, or the barcode stands for something else.
    """
    wanted = goods.checked(delivery, context.today())
    code = None if wanted.code is None else codes.kept_as(context, wanted.code)
    with context.writing() as work:
        known_as = work.goods.product(wanted.product.name, wanted.product.supplier)
        _refuse_other(work, wanted, known_as, code)
        facts = {
            "product": wanted.product.words, "lot": wanted.lot, "expires": wanted.expires,
            "quantity": wanted.amount.quantity, "amount": str(wanted.amount), "code": code, "serial": wanted.serial,
            "day": context.today(), "measure": wanted.product.measure,
        }  # fmt: skip
        event = context.event(RECEIVED, wanted.lot, after=facts, reason=wanted.note)
        number = work.trail.append(event)
        product = known_as or work.goods.add_product(wanted.product, number)
        there = work.goods.of_product(product.id, wanted.lot)
        key = there.id if there else work.goods.add_lot(product.id, wanted.lot, wanted.expires, number)
        movement = Movement(
            kind=Kind.RECEIVED, amount=wanted.amount, day=context.today(), reason=wanted.note, code=code,
            serial=wanted.serial, at=event.at, by=event.by,
        )  # fmt: skip
        work.goods.append(key, movement, number)
        new = code is not None and work.goods.alias(code) is None
        if code is not None and new:
            work.goods.link(code, number, product=product.id)
        made = work.goods.of_product(product.id, wanted.lot)
        assert made is not None  # noqa: S101 - kept above
    remembered = (f"{code} is remembered for {product.words}.",) if new else ()
    return Done(made, notices=remembered)


def count(context: Context, product: Product, lot: str, found: Amount, *, reason: str | None = None) -> Done:
    """Set a received lot to what was found of it.

    Raises:
        Refused: it was never received, it is measured otherwise, or the books say the same.
    """
    with context.writing() as work:
        there = _received(work, product, lot)
        _refuse_measure(there, found)
        more = found.quantity - there.on_hand.quantity
        if not more:
            raise Refused(f"The books hold {there.on_hand} of {product.name} {there.lot} already. Nothing was changed.")
        return _move(context, work, there, Kind.COUNTED, COUNTED, more, reason)


def dispose(context: Context, product: Product, lot: str, amount: Amount, *, reason: str) -> Done:
    """Take goods out that went to waste, back to the supplier, or anywhere but into a batch; in every state (R9).

    Raises:
        Refused: no reason, nothing, more than there is, it was never received, or it is measured otherwise.
    """
    said = " ".join(reason.split())
    if not said:
        raise Refused("A reason is needed to dispose of goods. Say it in a few words.")
    with context.writing() as work:
        there = _received(work, product, lot)
        _refuse_measure(there, amount)
        if not amount.quantity:
            raise Refused("Nothing would leave. Give the amount, above 0.")
        if amount.quantity > there.on_hand.quantity:
            raise Refused(
                f"The books hold {there.on_hand} of {product.name} {there.lot}, and {amount} are to leave. Count it "
                f"first."
            )
        return _move(context, work, there, Kind.DISPOSED, DISPOSED, -amount.quantity, said)


def use(work: Transaction, batch: Batch, day: date, event: Event, number: int) -> list[str]:
    """Take what went into a batch from the lots that were received, as a part of that batch's event.

    What was weighed is a fact: it is taken also where the books hold less, and what could not be taken is said.

    Args:
        work: The transaction that the batch is made in.
        batch: It, with its components and their amounts as they were written down.
        day: The pharmacy's local day.
        event: The event of its making.
        number: That event's number.
    """
    said: list[str] = []
    for part in batch.components:
        there = _meant(work, part)
        if there is None or not part.amount.strip():
            continue
        taken = written_amount(part.amount, there.product.measure)
        if taken is None:
            said.append(f"“{part.amount}” of {part.name} {part.lot} was not taken from its stock: write it as 1.35 g")
            continue
        minus = Amount(-taken.quantity, taken.measure)
        used = Movement(kind=Kind.USED, amount=minus, day=day, batch=batch.lot, at=event.at, by=event.by)
        work.goods.append(there.id, used, number, batch.id)
        left = there.on_hand.quantity - taken.quantity
        if left < 0:
            said.append(f"the books held {there.on_hand} of {part.name} {part.lot}, and {taken} were used: count it")
    return said


def give_back(work: Transaction, batch: Batch, posted: Posted, number: int) -> list[str]:
    """Put back what a batch had taken from the lots that were received, as a part of the event that takes it back.

    Args:
        work: The transaction that the batch is taken back in.
        batch: It.
        posted: The entry that takes it back; what it used goes back on that day, as if it had never been taken.
        number: That entry's event.

    Returns:
        What a person should know: where a lot was counted since, its books may hold too much now.
    """
    said: list[str] = []
    for there in work.goods.used_in(batch.id):
        history = work.goods.history(there.id, there.product.measure)
        used = [(at, each.amount.quantity) for at, each in enumerate(history) if each.batch == batch.lot]
        back = Amount(-sum(quantity for _, quantity in used), there.product.measure)
        if back.quantity:
            given = Movement(
                kind=Kind.USED, amount=back, day=posted.entry.day, batch=batch.lot, at=posted.at, by=posted.by
            )
            work.goods.append(there.id, given, number, batch.id)
            if any(each.kind is Kind.COUNTED for each in history[used[0][0] :]):
                said.append(f"{there.product.name} {there.lot} was counted since it was used: count it again.")
    return said


def products(context: Context) -> list[Product]:
    """Return every product, by name."""
    with context.store.reading() as work:
        return work.goods.products()


def named(context: Context, name: str, supplier: str) -> Product:
    """Return the product of a name and supplier as people gave them: the one that is kept, or one that may be.

    Raises:
        Refused: no name, or one that is too long.
    """
    wanted = Product(name=" ".join(name.split()), supplier=" ".join(supplier.split()))
    if not wanted.name or max(len(wanted.name), len(wanted.supplier)) > goods.LONGEST_NAME:
        raise Refused(f"A component has a name of 1 to {goods.LONGEST_NAME} characters, as batch records call it.")
    with context.store.reading() as work:
        return work.goods.product(wanted.name, wanted.supplier) or wanted


def holding_date(work: Transaction, part: ComponentLot) -> date | None:
    """Return the date of a component lot that holds now: as it was read anew last, else its own (R1)."""
    anew = [each.expires for each in work.policies.new_dates() if _same(part, each.name, each.lot)]
    return anew[-1] if anew else part.expires


def _same(part: ComponentLot, name: str, lot: str) -> bool:
    return same_component(part) == same_component(ComponentLot(name, lot))


def _refuse_other(work: Transaction, wanted: Delivery, known_as: Product | None, code: str | None) -> None:
    """Refuse what contradicts what is known here: a mismatch stops and asks (R30)."""
    part = ComponentLot(wanted.product.name, wanted.lot, wanted.expires, wanted.product.supplier)
    refuse_recalled([work.recalls.of_component(part)])
    if known_as is not None and known_as.measure is not wanted.product.measure:
        raise Refused(
            f"{known_as.words} is kept by {known_as.measure}, and {wanted.amount} came. Give the amount by "
            f"{known_as.measure}."
        )
    for each in work.components.dated(wanted.lot):
        before = holding_date(work, each)
        if _same(part, each.name, each.lot) and before is not None and before != wanted.expires:
            raise Refused(
                f"{each.name} {each.lot} is known here with the date {before}, and this says "
                f"{wanted.expires or 'none'}. Compare the label; if the books are wrong, change the lot's date first."
            )
    if code is None:
        return
    alias = work.goods.alias(code)
    if alias is not None and (alias.product is None or known_as is None or alias.product.id != known_as.id):
        raise Refused(
            f"{code} stands for {alias.stands_for} here, and this says {wanted.product.words}. Take what is "
            f"remembered, or link the code anew first."
        )
    if alias is None:
        codes.refuse_meaning(work, code)


def _received(work: Transaction, product: Product, lot: str) -> Received:
    kept = work.goods.product(product.name, product.supplier)
    there = None if kept is None else work.goods.of_product(kept.id, lot)
    if there is None:
        raise Refused(f"{product.words}, lot {lot}, was never received here. Receive it first.")
    return there


def _refuse_measure(there: Received, amount: Amount) -> None:
    if amount.measure is not there.product.measure:
        raise Refused(f"{there.product.words} is kept by {there.product.measure}, and not by {amount.measure}.")


def _move(
    context: Context, work: Transaction, there: Received, kind: Kind, action: str, quantity: int, reason: str | None
) -> Done:
    said = " ".join((reason or "").split()) or None
    left = Amount(there.on_hand.quantity + quantity, there.product.measure)
    facts = {"product": there.product.words, "quantity": quantity, "on_hand": str(left), "day": context.today()}
    event = context.event(action, there.lot, before={"on_hand": str(there.on_hand)}, after=facts, reason=said)
    movement = Movement(
        kind=kind, amount=Amount(quantity, there.product.measure), day=context.today(), reason=said, at=event.at,
        by=event.by,
    )  # fmt: skip
    work.goods.append(there.id, movement, work.trail.append(event))
    return Done(replace(there, on_hand=left))


def _meant(work: Transaction, part: ComponentLot) -> Received | None:
    """Return the received lot that a batch's component is; None where none is, or several suppliers' might be."""
    found = [each for each in work.goods.called(part.lot) if _same(part, each.product.name, each.lot)]
    if len(found) > 1:
        supplier = part.supplier.casefold()
        found = [each for each in found if each.product.supplier and each.product.supplier.casefold() in supplier]
    return found[0] if len(found) == 1 else None
