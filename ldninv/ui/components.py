"""The component lots of a new batch: one line each, typed or scanned, added and taken away; dates typed or picked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ldninv.domain import scan
from ldninv.domain.goods import Known
from ldninv.domain.record import DRUG
from ldninv.domain.scan.plain import GS
from ldninv.ui import icons, scanned, theme
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import ActionButton, Field
from ldninv.ui.draft import Part
from ldninv.ui.lot_field import LotField
from ldninv.ui.scanned import Misread
from ldninv.ui.scanner.says import Heard, Sound

_WIDTHS = {"name": 22, "lot": 18, "expires": 16, "supplier": 20, "amount": 18}
"""Average letters."""


class Components(QWidget):
    """Lines of fields under titles; the last line can be added to, each can be taken away."""

    changed = Signal()
    relined = Signal()
    """A line came: who walks the fields by Tab has to order them anew."""
    told = Signal(str)
    """What a code that was scanned as a lot says, or why it says nothing."""
    drug_lot_given = Signal(str)
    """The lot of the drug stands there, whole."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Components"))
        self._titles = {
            "name": self.tr("Component"),
            "lot": self.tr("Lot"),
            "expires": self.tr("Expires"),
            "supplier": self.tr("Supplier"),
            "amount": self.tr("Amount"),
        }
        self.today = date.today
        """The pharmacy's day: a code's years have two digits."""
        self.known: Callable[[str], tuple[Known, ...]] = lambda _text: ()
        """The component lots that a text names here."""
        self._lines: list[tuple[dict[str, Field], QToolButton]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.step(self, 2))
        self._grid.setVerticalSpacing(theme.step(self, 1))
        for column, (key, title) in enumerate(self._titles.items()):
            self._grid.addWidget(QLabel(title, self), 0, column)
            self._grid.setColumnStretch(column, _WIDTHS[key])
        self.more = ActionButton(self.tr("Add a component"), "plus", self)
        self.more.clicked.connect(self._add_empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 1))
        layout.addLayout(self._grid)
        layout.addWidget(self.more)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What stands in the lines."""
        return tuple(Part(**{key: field.text() for key, field in fields.items()}) for fields, _ in self._lines)

    @property
    def lines(self) -> tuple[dict[str, Field], ...]:
        """The fields of each line, by what stands in them."""
        return tuple(fields for fields, _ in self._lines)

    @property
    def walked(self) -> tuple[QWidget, ...]:
        """What Tab goes through: line by line, and then the button."""
        return (*(widget for fields, remove in self._lines for widget in (*fields.values(), remove)), self.more)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show other components."""
        while self._lines:
            self._take_away(0)
        for part in parts:
            self._add(part)
        self.changed.emit()

    def field(self, name: str) -> QWidget | None:
        """Return the field that a refusal names: `part-1-expires`."""
        _, _, rest = name.partition("part-")
        number, _, key = rest.partition("-")
        return self._lines[int(number)][0][key] if number.isdigit() and int(number) < len(self._lines) else None

    def take_known(self, text: str) -> Heard | None:
        """Put a component lot that is known here into the line of its name, or into a new one; None where it is not."""
        known = self.known(text)
        if len(known) != 1:
            return None
        name = known[0].component.name
        fields = self._line_of(name) or self._line_of("")
        if fields is None:
            self._add(Part("", ""))
            fields = self._lines[-1][0]
        field = fields["lot"]
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._scanned(field, text) if isinstance(field, LotField) else None

    def suggest_amounts(self, drug: str, filler: str, filler_name: str) -> None:
        """Show beside what was weighed what is to be weighed: a hint, for what was weighed is read off the scales."""
        for fields, _ in self._lines:
            name = fields["name"].text().strip().casefold()
            says = drug if DRUG in name else filler if name and name == filler_name.strip().casefold() else ""
            fields["amount"].setPlaceholderText(says)

    def remove(self, number: int) -> None:
        """Take a line away."""
        self._take_away(number)
        self.changed.emit()
        self.more.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add_empty(self) -> None:
        self._add(Part("", ""))
        self._lines[-1][0]["name"].setFocus()

    def _add(self, part: Part) -> None:
        row = len(self._lines) + 1
        fields: dict[str, Field] = {}
        for column, (key, title) in enumerate(self._titles.items()):
            name = f"{title} {row}"
            field = self._field(key, name)
            field.setAccessibleName(name)
            field.setText(getattr(part, key))
            least = theme.letters(self, _WIDTHS[key] * 2 // 3)
            field.setMinimumWidth(max(least, field.minimumSizeHint().width()))
            field.textChanged.connect(lambda _text: self.changed.emit())
            self._grid.addWidget(field, row, column)
            fields[key] = field
        remove = QToolButton(self)
        remove.setAutoRaise(True)
        icons.put_on(remove, "close")
        remove.setAccessibleName(self.tr("Take component {row} away").format(row=row))
        remove.setToolTip(self.tr("Take it away"))
        remove.clicked.connect(lambda _checked=False: self.remove([button for _, button in self._lines].index(remove)))
        self._grid.addWidget(remove, row, len(self._titles))
        self._lines.append((fields, remove))
        for widget in (*fields.values(), remove):
            widget.show()  # now: the focus may go there before Qt comes to it
        self.relined.emit()

    def _field(self, key: str, name: str) -> Field:
        if key == "expires":
            return DayField(name, self)
        if key != "lot":
            return Field(parent=self)
        field = LotField(self)
        field.entered.connect(lambda: self._lot_entered(field))
        field.reads = lambda text: self._scanned(field, text)
        return field

    def _scanned(self, field: LotField, text: str) -> Heard:
        """Put the lot of a label into its field; a lot that stood there is named, a misread label changes nothing.

        The lot of another component goes into that one's line, and into none where there is no such line (R30).
        """
        known = self.known(text)
        named = self._name_typed(field)
        if known and named and not any(_same(each, named) for each in known):
            return self._of_another(known, named, text)
        try:
            scanned.read(scan.parse(text, self.today()))
        except Misread as why:
            self.told.emit(str(why))
            return Heard(str(why), Sound.STOP)
        before = field.text().strip()
        field.setText(scan.bare(text).text.replace(GS, field.SEPARATOR))
        self._lot_entered(field)
        says = self.tr("{name}: lot {lot}.").format(name=self._name_beside(field), lot=field.text().strip())
        if before and before != field.text().strip():
            instead = self.tr("{before} stood there before.").format(before=before)
            return Heard(f"{says} {instead}", Sound.LOOK)
        return Heard(says, Sound.GOOD)

    def _of_another(self, known: tuple[Known, ...], named: str, text: str) -> Heard:
        """Take the lot of another component than the line is for."""
        other = next((line for each in known if (line := self._line_of(each.component.name)) is not None), None)
        field = None if other is None else other["lot"]
        if isinstance(field, LotField):
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return self._scanned(field, text)
        part = known[0].component
        says = self.tr("{lot} is {name}, and this line is {named}. Scan the right one, or change the line's name.")
        says = says.format(lot=part.lot, name=part.name, named=named)
        self.told.emit(says)
        return Heard(says, Sound.STOP)

    def _line_of(self, name: str) -> dict[str, Field] | None:
        wanted = " ".join(name.split()).casefold()
        return next(
            (fields for fields, _ in self._lines if " ".join(fields["name"].text().split()).casefold() == wanted), None
        )

    def _name_typed(self, field: LotField) -> str:
        return next((fields["name"].text().strip() for fields, _ in self._lines if fields["lot"] is field), "")

    def _fill_known(self, fields: dict[str, Field]) -> None:
        """Fill in what is known here of a lot that stands in a line: its date as it holds now, and who sent it."""
        lot = fields["lot"].text().strip()
        known = self.known(lot) if lot else ()
        if not fields["name"].text().strip() and len(known) == 1:
            fields["name"].setText(known[0].component.name)
        row = next((each for each in known if _same(each, fields["name"].text())), None)
        if row is None or (row.on_hand is None and row.recalled is None):
            return
        part = row.component
        if part.expires is not None:
            fields["expires"].setText(part.expires.isoformat())
        if part.supplier and not fields["supplier"].text().startswith(part.supplier):
            fields["supplier"].setText(part.supplier)
        for key in ("name", "supplier"):
            fields[key].setCursorPosition(0)
        self.told.emit(_told(row))

    def _name_beside(self, field: LotField) -> str:
        return self._name_typed(field) or self.tr("Component")

    def _lot_entered(self, field: LotField) -> None:
        """Fill in what a scanned code says; a lot that was typed stays as it is."""
        fields = next((fields for fields, _ in self._lines if fields["lot"] is field), None)
        if fields is None:
            return
        field.misread = False
        try:
            found = scanned.read(scan.parse(field.text(), self.today()))
        except Misread as why:
            field.misread = True
            self.told.emit(str(why))
            return
        if found is not None:
            field.setText(found.lot)
            if found.expires is not None:
                fields["expires"].setText(found.expires.isoformat())
            fields["supplier"].setText(found.supplier(fields["supplier"].text()))
            fields["supplier"].setCursorPosition(0)
            self.told.emit(found.words(fields["name"].text().strip()))
        self._fill_known(fields)
        if DRUG in fields["name"].text().casefold():
            self.drug_lot_given.emit(field.text().strip())

    def _take_away(self, number: int) -> None:
        fields, remove = self._lines.pop(number)
        for widget in (*fields.values(), remove):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for row, (kept, button) in enumerate(self._lines, start=1):
            for column, field in enumerate((*kept.values(), button)):
                self._grid.addWidget(field, row, column)


def _same(known: Known, name: str) -> bool:
    return " ".join(known.component.name.split()).casefold() == " ".join(name.split()).casefold()


def _told(known: Known) -> str:
    """Return what is known of a lot that is taken, for the person who compares it with the label."""
    part = known.component
    said = f"{part.name} {part.lot}: {known.sign.word}"
    said += f", expires {part.expires}" if part.expires else ""
    said += f", {known.on_hand} on hand" if known.on_hand is not None else ""
    return f"{said}. Compare it with the label."
