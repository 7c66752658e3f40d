"""Questions about component lots: what there is, until when, and where it went (R12, R26)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ldninv.db import Transaction
from ldninv.domain import coverage
from ldninv.domain.amounts import Amount
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.goods import Alias, Known, Movement, Product, Received
from ldninv.domain.policies import NewDate, same_component
from ldninv.domain.refusal import Refused
from ldninv.domain.scan import Means
from ldninv.services import lookup, people
from ldninv.services.context import Context
from ldninv.services.goods import holding_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentCard:
    """All that is known of one component lot."""

    known: Known
    batches: tuple[str, ...]
    """The lots of the batches that it went into, newest first."""
    product: Product | None
    """None where batch records alone know it."""
    movements: tuple[Movement, ...]
    """Newest first."""
    codes: tuple[str, ...]
    """What stands for its product: barcodes, and texts that people gave."""


def shelf(context: Context) -> list[Known]:
    """Return every component lot that was received, or that a batch was made with; the earliest date first."""
    today = context.today()
    with context.store.reading() as work:
        written = {same_component(part): (part, batches) for part, batches in work.components.written()}
        dates = {same_component(ComponentLot(new.name, new.lot)): new.expires for new in work.policies.new_dates()}
        recalled = _recalled(work)
        found: list[tuple[ComponentLot, int, Amount | None]] = []
        for each in work.goods.lots():
            key = same_component(each.component)
            batches = written.pop(key, (None, 0))[1]
            found.append((each.component, batches, each.on_hand))
        found += [(part, batches, None) for part, batches in written.values()]
    rows = [
        _known(replace(part, expires=dates.get(same_component(part), part.expires)), batches, on_hand, recalled, today)
        for part, batches, on_hand in found
    ]
    return sorted(rows, key=lambda row: (row.component.expires or date.max, row.component.name, row.component.lot))


def card(context: Context, name: str, lot: str, supplier: str | None = None) -> ComponentCard:
    """Return the card of a component lot.

    Raises:
        Refused: it is not known here.
    """
    wanted = same_component(ComponentLot(name, lot))
    with context.store.reading() as work:
        received = [each for each in work.goods.called(lot) if same_component(each.component) == wanted]
        received = [each for each in received if supplier is None or each.product.supplier == supplier] or received
        mine = received[0] if received else None
        part = mine.component if mine else next(
            (each for each in work.components.dated(lot) if same_component(each) == wanted), None
        )  # fmt: skip
        if part is None:
            raise Refused(f"There is no component lot {lot} of {name} here.")
        on_hand = None if mine is None else mine.on_hand
        batches = work.components.went_into(lot, (name,))
        known = _known(
            replace(part, expires=holding_date(work, part)),
            len(batches),
            on_hand,
            _recalled(work),
            context.today(),
        )
        return ComponentCard(
            known=known,
            batches=tuple(reversed(batches)),
            product=mine.product if mine else None,
            movements=tuple(reversed(work.goods.history(mine.id, mine.product.measure))) if mine else (),
            codes=_codes(work.goods.aliases(), mine),
        )


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text or code is where a component lot is asked for."""

    known: tuple[Known, ...] = ()
    """The component lots that it names, each name once."""
    product: Product | None = None
    """The product whose number it carries."""
    ours: str | None = None
    """What of ours it is the label of, in words; then it is no component lot."""

    @property
    def names(self) -> tuple[str, ...]:
        """What the component is called: as the lot is known here, else as its product is."""
        known = tuple(each.component.name for each in self.known)
        return known or ((self.product.name,) if self.product else ())


def meant(context: Context, text: str) -> Meant:
    """Return what a text or code is where a component lot is asked for (R34)."""
    answer = lookup.scan(context, text)
    if answer.card is not None and not answer.candidates:
        return Meant(ours=f"batch {answer.card.kept.batch.lot}")
    if answer.scan.means is Means.LOT:
        return Meant(ours=f"batch {answer.scan.text}")
    if answer.place is not None:
        return Meant(ours=f"the place {answer.place.name}")
    if not answer.names and people.of_badge(context, text) is not None:
        return Meant(ours="somebody's badge")
    names = {part.name.casefold(): part for part in answer.components}
    return Meant(tuple(card(context, part.name, part.lot).known for part in names.values()), answer.product)


def as_read_anew(
    work: Transaction, rows: Iterable[tuple[ComponentLot, tuple[str, ...]]], until: date
) -> list[tuple[ComponentLot, tuple[str, ...]]]:
    """Return component lots in batches with stock under the dates that hold now, those alone that end by `until`."""
    anew = {same_component(ComponentLot(new.name, new.lot)): new for new in work.policies.new_dates()}
    kept = [(part, batches) for part, batches in rows if same_component(part) not in anew]
    for new in anew.values():
        part = next((each for each in work.components.dated(new.lot) if _is(each, new)), None)
        stocked = set(work.policies.made_with([new.lot]))
        batches = tuple(lot for lot in work.components.went_into(new.lot, (new.name,)) if lot in stocked)
        if part is not None and batches and new.expires <= until:
            kept.append((replace(part, expires=new.expires), batches))
    return kept


def _is(part: ComponentLot, new: NewDate) -> bool:
    return same_component(part) == same_component(ComponentLot(new.name, new.lot))


def expiring(work: Transaction, until: date, as_of: date) -> list[ComponentLot]:
    """Return the received lots with stock at the end of `as_of` whose date is `until` or earlier."""
    dates = {same_component(ComponentLot(new.name, new.lot)): new.expires for new in work.policies.new_dates()}
    found = (each.component for each in work.goods.lots(as_of) if each.on_hand.quantity > 0)
    dated = (replace(part, expires=dates.get(same_component(part), part.expires)) for part in found)
    return [part for part in dated if part.expires is not None and part.expires <= until]


def _codes(aliases: Iterable[Alias], mine: Received | None) -> tuple[str, ...]:
    if mine is None:
        return ()
    return tuple(each.text for each in aliases if each.product is not None and each.product.id == mine.product.id)


def _recalled(work: Transaction) -> dict[tuple[str, str], str]:
    """Return why each recalled component lot is recalled."""
    return {
        same_component(ComponentLot(name, recall.subject)): recall.reason
        for recall in reversed(work.recalls.all())
        for name in recall.names or ()
    }


def _known(
    part: ComponentLot,
    batches: int,
    on_hand: Amount | None,
    recalled: dict[tuple[str, str], str],
    today: date,
) -> Known:
    return Known(
        component=part,
        batches=batches,
        on_hand=on_hand,
        recalled=recalled.get(same_component(part)),
        usable_days=None if part.expires is None else coverage.usable_days(part.expires, today),
    )
