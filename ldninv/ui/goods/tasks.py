"""What is done to a component lot, and to a code: a few fields each, and one verb."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ldninv.domain.goods import Alias, Product
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.services import codes, goods, lookup, policies
from ldninv.services.components import ComponentCard
from ldninv.services.context import Context
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import Choices, Field, ReasonField
from ldninv.ui.goods.amounts import AmountField
from ldninv.ui.scanner.says import Heard, Sound
from ldninv.ui.settings.task import Task
from ldninv.ui.typed import day

_COUNT_REASONS = ("weighed back", "miscounted before", "spilled")
_DISPOSE_REASONS = ("expired", "recalled", "sent back", "damaged", "spilled")
_DATE_REASONS = ("misread before", "the supplier wrote", "retested")


class OnLot(Task):
    """What is done to a component lot that is there."""

    def __init__(
        self, context: Context, card: ComponentCard, title: str, word: str, icon: str, parent: QWidget
    ) -> None:
        part = card.known.component
        super().__init__(context, title.format(name=part.name, lot=part.lot), word, icon, parent)
        self.card, self.part = card, part

    @property
    def product(self) -> Product:
        """What it is a lot of.

        Raises:
            Refused: it was never received.
        """
        if self.card.product is None:
            raise Refused(f"{self.part.name} {self.part.lot} was never received here. Receive it first.")
        return self.card.product


class CountLot(OnLot):
    """What is there of it, weighed or counted."""

    def __init__(self, context: Context, card: ComponentCard, parent: QWidget) -> None:
        super().__init__(context, card, parent.tr("Count {name} {lot}"), parent.tr("Keep the count"), "counter", parent)
        self.amount = AmountField(self.tr("Found"), self, card.product.measure if card.product else None)
        self.reason = ReasonField(_COUNT_REASONS, self.tr("Why it differs (may stay empty)"), self)
        self.line(self.tr("The books hold {amount}.").format(amount=card.known.on_hand))
        self.add(self.tr("Found"), self.amount)
        self.add(self.tr("Why it differs (may stay empty)"), self.reason)

    def start(self) -> QWidget:
        """Return the amount."""
        return self.amount.number

    @property
    def begun(self) -> bool:
        """Whether an amount was typed."""
        return bool(self.amount.number.text().strip())

    def act(self) -> str:
        """Set the books to it."""
        done = goods.count(self.context, self.product, self.part.lot, self.amount.amount, reason=self.reason.text)
        return self.tr("{lot}: {amount} on hand now.").format(lot=self.part.lot, amount=done.received.on_hand)


class DisposeLot(OnLot):
    """Goods that leave and go into no batch."""

    def __init__(self, context: Context, card: ComponentCard, parent: QWidget) -> None:
        title, word = parent.tr("Dispose of {name} {lot}"), parent.tr("Dispose of it")
        super().__init__(context, card, title, word, "trash-can", parent)
        self.amount = AmountField(self.tr("Amount"), self, card.product.measure if card.product else None)
        self.reason = ReasonField(_DISPOSE_REASONS, self.tr("Reason"), self)
        self.line(self.tr("The books hold {amount}.").format(amount=card.known.on_hand))
        self.add(self.tr("Amount that leaves"), self.amount)
        self.add(self.tr("Reason"), self.reason)

    def start(self) -> QWidget:
        """Return the amount."""
        return self.amount.number

    def mend(self) -> QWidget:
        """Return the reason where it is what is missing."""
        return self.amount.number if self.reason.text.strip() else self.reason.field

    @property
    def begun(self) -> bool:
        """Whether an amount was typed."""
        return bool(self.amount.number.text().strip())

    def act(self) -> str:
        """Take it out."""
        done = goods.dispose(self.context, self.product, self.part.lot, self.amount.amount, reason=self.reason.text)
        return self.tr("{lot}: {amount} on hand now.").format(lot=self.part.lot, amount=done.received.on_hand)


class NewDate(OnLot):
    """Another date than the one that is known here; batches keep theirs, and a notice says which it would shorten."""

    def __init__(self, context: Context, card: ComponentCard, parent: QWidget) -> None:
        title, word = parent.tr("Another date for {name} {lot}"), parent.tr("Keep the date")
        super().__init__(context, card, title, word, "calendar-edit", parent)
        self.date = DayField(self.tr("Expires"), self)
        self.reason = ReasonField(_DATE_REASONS, self.tr("Why it is another"), self)
        self.add(self.tr("Expires (a month alone means its last day)"), self.date)
        self.add(self.tr("Why it is another"), self.reason)
        self.line(self.tr("Batches keep the dates that they have. Where this would shorten one, Today says so."))

    def start(self) -> QWidget:
        """Return the date."""
        return self.date

    @property
    def begun(self) -> bool:
        """Whether a date was typed."""
        return bool(self.date.text().strip())

    def act(self) -> str:
        """Keep it."""
        wanted = day(self.date.text())
        done = policies.read_anew(self.context, self.part.lot, wanted, reason=self.reason.text, name=self.part.name)
        said = self.tr("{lot} may be used until {day}.").format(lot=self.part.lot, day=wanted)
        return " ".join((said, *done.notices))


class LinkCode(Task):
    """A barcode or any text stands for a product or a batch from now on."""

    def __init__(self, context: Context, parent: QWidget, *, code: str = "", product: Product | None = None) -> None:
        super().__init__(context, parent.tr("What a code stands for"), parent.tr("Keep"), "link-variant", parent)
        self.code = Field(code, self)
        self.what: Choices[str] = Choices(
            {"product": self.tr("A component"), "batch": self.tr("A batch")}, self.tr("It stands for"), self
        )
        self.name = Field(product.name if product else "", self)
        self.supplier = Field(product.supplier if product else "", self)
        self.lot = Field(parent=self)
        self.add(self.tr("Code or text (scan it, or type it)"), self.code)
        self.add(self.tr("It stands for"), self.what)
        self._product_rows: list[QWidget] = [
            part
            for title, field in ((self.tr("Component"), self.name), (self.tr("Supplier"), self.supplier))
            for part in (self.add(title, field), field)
        ]
        self._batch_rows: list[QWidget] = [self.add(self.tr("Lot of the batch"), self.lot), self.lot]
        self.what.choose("product")
        self.what.chosen.connect(self._show_rows)
        self._show_rows()

    def start(self) -> QWidget:
        """Return the first field that is empty."""
        fields = (self.code, self.lot if self.what.value == "batch" else self.name)
        return next((each for each in fields if not each.text().strip()), self.code)

    @property
    def begun(self) -> bool:
        """Whether something was typed."""
        return any(each.text().strip() for each in (self.code, self.name, self.lot))

    def take_scan(self, text: str) -> Heard:
        """Take the code as it is kept, or the batch where that is asked for; what can be neither changes nothing."""
        try:
            of_batch = self.what.value == "batch" and self.code.text().strip()
            field, said = (self.lot, self._batch(text)) if of_batch else (self.code, codes.free(self.context, text))
        except (Refused, Surroundings) as why:
            self.banner.tell_error(why)
            return Heard(str(why), Sound.STOP)
        self.banner.clear()
        field.setText(said)
        field.setFocus()
        return Heard(self.tr("{text}, as it was scanned.").format(text=said), Sound.GOOD)

    def _batch(self, text: str) -> str:
        card = lookup.scan(self.context, text).card
        if card is None:
            raise Refused(self.tr("“{text}” is no batch. Scan the label of the batch.").format(text=text.strip()))
        return card.kept.batch.lot

    def act(self) -> str:
        """Keep it."""
        if self.what.value == "batch":
            codes.link(self.context, self.code.text(), batch=self.lot.text())
            stands_for = Alias("", batch=self.lot.text().strip()).stands_for
        else:
            made = goods.named(self.context, self.name.text(), self.supplier.text())
            codes.link(self.context, self.code.text(), product=made)
            stands_for = made.words
        return self.tr("{code} stands for {what}.").format(code=self.code.text().strip(), what=stands_for)

    def _show_rows(self) -> None:
        of_batch = self.what.value == "batch"
        for row in self._product_rows:
            row.setVisible(not of_batch)
        for row in self._batch_rows:
            row.setVisible(of_batch)
