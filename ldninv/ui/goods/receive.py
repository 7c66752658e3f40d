"""Goods that come in: the code on the package fills the fields, and a person confirms them (R30, R35)."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from ldninv.domain import scan
from ldninv.domain.goods import Delivery, Product
from ldninv.domain.lots import lot_key
from ldninv.domain.policies import same_name
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.signs import Tone
from ldninv.services import goods, lookup
from ldninv.services.context import Context
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import Field
from ldninv.ui.goods import lines
from ldninv.ui.goods.amounts import AmountField
from ldninv.ui.goods.lines import Filled
from ldninv.ui.scanner.says import Heard, Sound
from ldninv.ui.settings.task import Task
from ldninv.ui.typed import Unread, day, read


class Receive(Task):
    """Takes a scan from anywhere; what it changes of what stood there is said, and asked where it contradicts."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent.tr("Receive goods"), parent.tr("Receive"), "package-down", parent)
        self._products = {each.words.casefold(): each for each in goods.products(context)}
        self._unread: str | None = None
        self.line(self.tr("Scan the code on the package. What it says is filled in: compare it with the label."))
        self.name = self._field(sorted({each.name for each in self._products.values()}))
        self.supplier = self._field(sorted({each.supplier for each in self._products.values() if each.supplier}))
        self.lot = Field(parent=self)
        self.expires = DayField(self.tr("Expires"), self)
        self.amount = AmountField(self.tr("Amount"), self)
        self.code = Field(parent=self)
        self.serial = Field(parent=self)
        self.note = Field(parent=self)
        for title, field in (
            (self.tr("Component, as batch records call it"), self.name),
            (self.tr("Supplier"), self.supplier),
            (self.tr("Lot"), self.lot),
            (self.tr("Expires (a month alone means its last day)"), self.expires),
            (self.tr("Amount received"), self.amount),
            (self.tr("Product code (remembered for the component)"), self.code),
            (self.tr("Serial number (may stay empty)"), self.serial),
            (self.tr("Note (may stay empty)"), self.note),
        ):
            self.add(title, field)
        for field in (self.name, self.supplier):
            field.textChanged.connect(lambda _text: self._offer_units())

    def start(self) -> QWidget:
        """Return the first field that is empty, for what the code did not say."""
        fields = (self.name, self.lot, self.expires, self.amount.number)
        return next((each for each in fields if not each.text().strip()), self.amount.number)

    @property
    def begun(self) -> bool:
        """Whether something stands in it."""
        return any(each.text().strip() for each in self.findChildren(QLineEdit))

    def take_scan(self, text: str) -> Heard:
        """Fill in what a code says; a code of another product than the one that stands here changes nothing."""
        try:
            found = lines.filled(lookup.scan(self.context, text))
        except (Refused, Surroundings) as why:
            self.banner.tell_error(why)
            return Heard(str(why), Sound.STOP)
        named = self.name.text().strip()
        code = scan.parse(self.code.text(), self.context.today()).reading
        other = found.product is not None and bool(named) and not same_name(found.product.name, named)
        if other or (found.code and code is not None and code.gtin not in {None, found.code}):
            product = found.product.words if found.product else self.tr("product {code}").format(code=found.code)
            says = self.tr("The code is {product}, and the form says {name}. Scan the right one, or empty the form.")
            says = says.format(product=product, name=named if other or not code else f"{named} {code.gtin}".strip())
            self.banner.tell(says, Tone.STOP, [(self.tr("Take what the code says"), lambda: self._anew(found))])
            return Heard(says, Sound.STOP)
        return self.fill(found)

    def fill(self, found: Filled) -> Heard:
        """Put what a code says into the fields; what stood there before and is another is named.

        What belonged to another lot goes with it, for its label does not say it of this one (R30).
        """
        before = [
            self.tr("{name} {text} stood there before.").format(name=name, text=field.text().strip())
            for name, field, text in self._pairs(found)
            if field.text().strip() and field.text().strip() != text
        ]
        if found.lot and lot_key(self.lot.text()) not in {"", lot_key(found.lot)}:
            before += self._leave_lot()
        for _, field, text in self._pairs(found):
            field.setText(text)
            field.setCursorPosition(0)
        says = self.tr("The code says: {words}. Compare it with the label.").format(words=found.words)
        self.banner.tell(" ".join((says, *before)), Tone.LOOK if before else Tone.QUIET)
        self.start().setFocus(Qt.FocusReason.OtherFocusReason)
        return Heard(" ".join((says, *before)), Sound.LOOK if before else Sound.GOOD)

    def _leave_lot(self) -> list[str]:
        """Take out what belonged to the lot that stood there, and return that in words."""
        fields = {self.tr("expiry"): self.expires, self.tr("serial number"): self.serial}
        fields[self.tr("amount")] = self.amount.number
        went = [name for name, field in fields.items() if field.text().strip()]
        for field in fields.values():
            field.clear()
        says = self.tr("What belonged to that lot was taken out: {facts}.")
        return [says.format(facts=", ".join(went))] if went else []

    def fill_known(self, product: Product, lot: str, expires: date | None) -> None:
        """Fill in a component lot that is known here, of which more comes."""
        self.name.setText(product.name)
        self.supplier.setText(product.supplier)
        self.lot.setText(lot)
        self.expires.setText(expires.isoformat() if expires else "")
        self.start().setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> str:
        """Take them in."""
        self._unread = None
        try:
            done = goods.receive(self.context, self._delivery())
        except Unread as why:
            self._unread = why.field
            raise
        there = done.received
        says = self.tr("{component} {lot} is received: {amount} on hand.")
        said = says.format(component=there.product.name, lot=there.lot, amount=there.on_hand)
        return " ".join((said, *done.notices))

    def mend(self) -> QWidget:
        """Return the field that cannot be read, or the first that is empty."""
        return {"expires": self.expires, "amount": self.amount.number}.get(self._unread or "", self.start())

    def _delivery(self) -> Delivery:
        amount = read("amount", lambda: self.amount.amount)
        return Delivery(
            product=Product(name=self.name.text(), supplier=self.supplier.text(), measure=amount.measure),
            lot=self.lot.text(),
            amount=amount,
            expires=self._day(),
            code=self.code.text(),
            serial=self.serial.text(),
            note=self.note.text(),
        )

    def _day(self) -> date | None:
        text = self.expires.text()
        return read("expires", lambda: day(text)) if text.strip() else None

    def _pairs(self, found: Filled) -> list[tuple[str, QLineEdit, str]]:
        product = found.product
        said: tuple[tuple[str, QLineEdit, str | None], ...] = (
            (self.tr("Component"), self.name, product.name if product else None),
            (self.tr("Supplier"), self.supplier, product.supplier if product else None),
            (self.tr("Lot"), self.lot, found.lot),
            (self.tr("Expires"), self.expires, found.expires.isoformat() if found.expires else None),
            (self.tr("Product code"), self.code, found.code),
            (self.tr("Serial number"), self.serial, found.serial),
        )
        return [(name, field, text) for name, field, text in said if text]

    def _anew(self, found: Filled) -> None:
        fields = (self.name, self.supplier, self.lot, self.expires, self.amount.number, self.code, self.serial)
        for field in fields:
            field.clear()
        self.fill(found)

    def _offer_units(self) -> None:
        """Offer the units that a known product comes in."""
        typed = Product(name=self.name.text().strip(), supplier=self.supplier.text().strip())
        known = self._products.get(typed.words.casefold())
        self.amount.offer(known.measure if known else None)

    def _field(self, known: list[str]) -> Field:
        field = Field(parent=self)
        completer = QCompleter(known, field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        field.setCompleter(completer)
        return field
