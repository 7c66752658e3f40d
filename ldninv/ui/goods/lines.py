"""What the Components page says of component lots, line by line; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ldninv.domain.amounts import UNITS, Measure
from ldninv.domain.goods import Kind as GoodsKind
from ldninv.domain.goods import Known, Movement, Product
from ldninv.domain.policies import same_component
from ldninv.domain.refusal import Refused
from ldninv.domain.scan import Means
from ldninv.services.components import ComponentCard
from ldninv.services.lookup import Answer
from ldninv.ui import words
from ldninv.ui.facts import Fact

NEVER_RECEIVED = words.NOTHING
"""What stands for a stock of which nothing came in here: batch records alone know the lot."""

_DID = {
    GoodsKind.RECEIVED: "Received {amount}",
    GoodsKind.USED: "{amount} used in {batch}",
    GoodsKind.COUNTED: "Counted: {amount}",
    GoodsKind.DISPOSED: "Disposed of {amount}",
}
_GAVE_BACK = "{amount} back from {batch}"
"""What a batch had used that was taken back itself."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a scan fills into the form that receives goods; None where the code does not say it."""

    product: Product | None = None
    lot: str | None = None
    expires: date | None = None
    code: str | None = None
    serial: str | None = None

    @property
    def words(self) -> str:
        """What came, for the person who confirms it."""
        said = [self.product.words] if self.product else []
        said += [f"lot {self.lot}"] if self.lot else []
        said += [f"expires {self.expires}"] if self.expires else []
        said += [f"serial {self.serial}"] if self.serial else []
        said += [f"product code {self.code}"] if self.code and not self.product else []
        return ", ".join(said)


def filled(answer: Answer) -> Filled:
    """Return what a scan says of goods that come in.

    Raises:
        Refused: it names a batch or a place of ours, it cannot be read, or it has several readings.
    """
    if answer.place is not None:
        raise Refused(f"{answer.place.name} is a place, and no goods that come in. Scan the code on the package.")
    if answer.card is not None:
        raise Refused(f"{answer.card.kept.batch.lot} is a batch made here, and no goods that come in.")
    if answer.error is not None:
        raise Refused(answer.error)
    if answer.scan.means is Means.LOT:
        raise Refused(f"{answer.scan.text} is the lot of a batch made here, and no goods that come in.")
    if answer.candidates:
        raise Refused("The code came without its separators. Scan the other code, or type what stands on the label.")
    reading = answer.reading
    if reading is None and answer.components:
        part, one = answer.components[0], len({each.name.casefold() for each in answer.components}) == 1
        product = Product(name=part.name, supplier=part.supplier) if one else None
        return Filled(product, part.lot, part.expires if one else None)
    if reading is None:
        return Filled(answer.product, None if answer.product else answer.scan.text)
    return Filled(answer.product, reading.lot, reading.expiry, reading.gtin, reading.serial)


def units(measure: Measure | None) -> tuple[str, ...]:
    """Return the units that goods of a measure come in; all of them where it is not known yet."""
    return tuple(unit for unit, (each, _) in UNITS.items() if measure in {None, each})


def stock(row: Known) -> str:
    """Return about how much there is, as a list has room for; the card says all that the books keep."""
    return NEVER_RECEIVED if row.on_hand is None else row.on_hand.about


def expires(row: Known) -> str:
    """Return until when it may be used."""
    return words.NOTHING if row.component.expires is None else words.day(row.component.expires)


def went_into(row: Known) -> str:
    """Return how many batches were made with it."""
    return words.counted(row.batches, "batch", "batches") if row.batches else words.NOTHING


def fitting(rows: Iterable[Known], text: str) -> list[Known]:
    """Return the rows that hold every word of a text, in any column."""
    wanted = text.casefold().split()
    return [row for row in rows if all(word in _text(row) for word in wanted)]


def key(row: Known) -> tuple[str, ...]:
    """Return what tells a component lot from every other in the list."""
    part = row.component
    return (*same_component(part), part.supplier.casefold())


def facts(card: ComponentCard) -> tuple[Fact, ...]:
    """Return what one asks first of a component lot."""
    row = card.known
    left = f"\n{words.left(row.usable_days)}" if row.usable_days is not None else ""
    found = [
        Fact("Expires", f"{expires(row)}{left}" if row.component.expires else "no date on the label"),
        Fact("On hand", str(row.on_hand) if row.on_hand else "never received here: batch records alone know it"),
        Fact("Supplier", row.component.supplier or words.NOTHING),
        Fact("Codes", ", ".join(card.codes) or "none remembered"),
    ]
    if row.recalled is not None:
        found.insert(0, Fact("Recalled", row.recalled))
    return tuple(found)


def happened(movement: Movement) -> str:
    """Return what happened to a component lot, in a few words."""
    amount = movement.amount
    bare = str(amount).removeprefix("−")
    signed = f"{'−' if amount.quantity < 0 else '+'}{bare}"
    shown = signed if movement.kind is GoodsKind.COUNTED else bare
    gave = movement.kind is GoodsKind.USED and movement.amount.quantity > 0
    said = (_GAVE_BACK if gave else _DID[movement.kind]).format(amount=shown, batch=movement.batch)
    said += f" · serial {movement.serial}" if movement.serial else ""
    return f"{said} · {movement.reason}" if movement.reason else said


def summary(rows: Sequence[Known]) -> str:
    """Return how many component lots there are, in a line."""
    return words.counted(len(rows), "component lot")


def _text(row: Known) -> str:
    part = row.component
    return f"{part.name} {part.lot} {part.supplier} {row.sign.word} {expires(row)}".casefold()
