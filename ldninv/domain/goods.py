"""Bought goods: products, what a delivery brings, and what a component lot is on a day (R26, R30, R35).

A component lot is one thing wherever it is met: its component's name and its lot, compared as
`policies.same_component` compares them. It is known once it was received, or once a batch was made with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ldninv.domain import coverage, signs
from ldninv.domain.amounts import Amount, Measure
from ldninv.domain.coverage import Band
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.refusal import Refused
from ldninv.domain.scan.elements import checks
from ldninv.domain.signs import Sign, Tone
from ldninv.domain.standing import State

LONGEST_NAME = 80
"""Characters of a product's or a supplier's name."""
LONGEST_CODE = 100
"""Characters of a code or text that stands for something."""

USED_UP = Sign("Used up", Tone.QUIET, "circle-outline")
COUNT_IT = Sign("Count it", Tone.LOOK, "counter")
"""More was weighed than the books hold: what was weighed is a fact, so the books are wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What is bought: a component of a supplier."""

    name: str
    """As batch records call the component."""
    supplier: str = ""
    measure: Measure = Measure.MASS
    id: int = 0
    """The database's key; 0 until it is kept."""

    @property
    def words(self) -> str:
        """Name and supplier."""
        return f"{self.name} of {self.supplier}" if self.supplier else self.name


@dataclass(frozen=True, slots=True)
class Alias:
    """What a code or text stands for: a product, or a batch by its lot."""

    text: str
    product: Product | None = None
    batch: str | None = None

    @property
    def stands_for(self) -> str:
        """It, in words."""
        return self.product.words if self.product else f"batch {self.batch}"


class Kind(StrEnum):
    """What happens to goods."""

    RECEIVED = "received"
    USED = "used"
    COUNTED = "counted"
    DISPOSED = "disposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One fact about a component lot on the shelf."""

    kind: Kind
    amount: Amount
    """What it changed, below zero where something was taken."""
    day: date
    reason: str | None = None
    batch: str | None = None
    """The lot of the batch that it was used for, or that gave it back when it was taken back itself."""
    code: str | None = None
    """What was scanned or typed as the product's number when it was received."""
    serial: str | None = None
    at: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A component lot that was received, and what there is of it by the books."""

    product: Product
    lot: str
    expires: date | None
    """As its label said when it came."""
    on_hand: Amount
    id: int = 0

    @property
    def component(self) -> ComponentLot:
        """The component lot that it is."""
        return ComponentLot(self.product.name, self.lot, self.expires, self.product.supplier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What comes in, as a person confirmed it; how its product is measured, the first amount decides."""

    product: Product
    lot: str
    amount: Amount
    expires: date | None = None
    code: str | None = None
    """The product's barcode; remembered for the product."""
    serial: str | None = None
    note: str | None = None


def checked(delivery: Delivery, today: date) -> Delivery:
    """Return a delivery that can be kept, its texts without outer blanks.

    Raises:
        Refused: no name, lot or amount, a text that is too long, or goods that have expired already.
    """
    name, supplier = (" ".join(text.split()) for text in (delivery.product.name, delivery.product.supplier))
    lot = delivery.lot.strip()
    if not name or len(name) > LONGEST_NAME:
        raise Refused(f"The component needs a name of 1 to {LONGEST_NAME} characters, as batch records call it.")
    if len(supplier) > LONGEST_NAME:
        raise Refused(f"The supplier's name is longer than {LONGEST_NAME} characters. Shorten it.")
    if not lot or len(lot) > LONGEST_CODE:
        raise Refused("Goods come in by their lot, or no recall finds them. Scan it, or type it from the label.")
    if delivery.amount.quantity <= 0:
        raise Refused("Nothing came in. Give the amount that was received, above 0.")
    if delivery.expires is not None and coverage.usable_days(delivery.expires, today) <= 0:
        raise Refused(f"{name} {lot} expired on {delivery.expires}. Send it back, or correct the date.")
    product = Product(name=name, supplier=supplier, measure=delivery.amount.measure, id=delivery.product.id)
    return Delivery(
        product=product,
        lot=lot,
        amount=delivery.amount,
        expires=delivery.expires,
        code=(delivery.code or "").strip() or None,
        serial=(delivery.serial or "").strip() or None,
        note=" ".join((delivery.note or "").split()) or None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A component lot as it is known here, on a day."""

    component: ComponentLot
    """Under the date that holds for it now (R1)."""
    batches: int
    """How many batches it went into."""
    on_hand: Amount | None
    """None where it was never received: batch records alone know it."""
    recalled: str | None
    """Why, where it is recalled."""
    usable_days: int | None
    """None where it has no date."""

    @property
    def sign(self) -> Sign:
        """Its word: what stops it first, then what runs out."""
        if self.recalled is not None:
            return signs.OF_STATE[State.RECALLED]
        if self.on_hand is not None and self.on_hand.quantity <= 0:
            return USED_UP if not self.on_hand.quantity else COUNT_IT
        return signs.GOOD if self.usable_days is None else by_date(self.usable_days)


def by_date(usable_days: int) -> Sign:
    """Return the word of a component lot by its date alone; its bands are those of batches (R6).

    >>> by_date(0).word, by_date(89).word, by_date(90).word
    ('Expired', 'Near expiry', 'Good')
    """
    band = coverage.band(usable_days)
    if band is Band.EXPIRED:
        return signs.OF_STATE[State.EXPIRED]
    return signs.GOOD if band is Band.GOOD else signs.NEAR_EXPIRY


def is_gtin(code: str) -> bool:
    """Whether a code is a product's number in fourteen digits, as it is kept."""
    return len(code) == _GTIN and code.isascii() and code.isdigit() and checks(code)


def gtins_of_ndc(digits: str) -> tuple[str, ...]:
    """Return the GTINs that carry a drug's number of ten bare digits, or of eleven as insurers write it (R35).

    Where the hyphens stood cannot be told from eleven digits, so that several may fit; known products decide.

    >>> gtins_of_ndc("4733532683"), gtins_of_ndc("47335032683")
    (('00347335326833',), ('00347335326833',))
    """
    if not digits.isascii() or not digits.isdigit():
        return ()
    tens = [digits] if len(digits) == _NDC else []
    if len(digits) == _NDC + 1:
        tens = [digits[:at] + digits[at + 1 :] for at in (0, 5, 9) if digits[at] == "0"]
    bodies = dict.fromkeys(f"003{ten}" for ten in tens)
    return tuple(f"{body}{last}" for body in bodies for last in range(10) if checks(f"{body}{last}"))


_NDC, _GTIN = 10, 14
