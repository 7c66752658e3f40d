"""The component lots of a new batch: one line each, typed or scanned, added and taken away; dates typed or picked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ldninv.domain import scan
from ldninv.domain.policies import same_name
from ldninv.domain.record import DRUG
from ldninv.domain.signs import Tone
from ldninv.services.components import Meant
from ldninv.ui import icons, scanned, theme
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import ActionButton, Field
from ldninv.ui.component_beside import Beside
from ldninv.ui.component_grid import ComponentGrid
from ldninv.ui.component_line import ComponentLine
from ldninv.ui.draft import Part
from ldninv.ui.lot_field import LotField
from ldninv.ui.scanned import Label, Misread
from ldninv.ui.scanner.says import OF_TONE, Heard, Sound


class Components(QWidget):
    """Lines of fields under titles; the last line can be added to, each can be taken away."""

    changed = Signal()
    relined = Signal()
    """A line came: who walks the fields by Tab has to order them anew."""
    told = Signal(str, object)
    """What a code that was scanned as a lot says, or why it says nothing; and the `Tone` of it."""
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
        self.meant: Callable[[str], Meant] = lambda _text: Meant()
        """What a text is here, beside a component."""
        self._lines: list[ComponentLine] = []
        self._grid = ComponentGrid(self._titles, self)
        self.more = ActionButton(self.tr("Add a component"), "plus", self)
        self.more.clicked.connect(self._add_empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 1))
        layout.addWidget(self._grid)
        layout.addWidget(self.more)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What stands in the lines."""
        return tuple(line.part for line in self._lines)

    @property
    def lines(self) -> tuple[Mapping[str, Field], ...]:
        """The fields of each line, by what stands in them."""
        return tuple(line.fields for line in self._lines)

    @property
    def walked(self) -> tuple[QWidget, ...]:
        """What Tab goes through: line by line, and then the button."""
        return (*(widget for line in self._lines for widget in line.widgets), self.more)

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
        return self._lines[int(number)].fields[key] if number.isdigit() and int(number) < len(self._lines) else None

    @property
    def taken(self) -> tuple[Part, ...]:
        """The lines whose lot a person scanned or typed, and that were not only filled in from elsewhere."""
        return tuple(line.part for line in self._lines if line.taken and line.lot.text().strip())

    def keep(self, taken: Sequence[Part]) -> None:
        """Put back what a person took in hand, each into the line of its name, over what was filled in there."""
        for part in taken:
            line = self._line_of(part.name) or self._add(Part(part.name, ""))
            line.show_taken(part)
            if DRUG in line.name.casefold():
                self.drug_lot_given.emit(part.lot.strip())

    def settle(self) -> LotField | None:
        """Take the lots that were typed and not entered; return the field to be looked at before anything is kept."""
        seen: LotField | None = None
        for line in self._lines:
            if line.changed:
                seen = line.lot if line.bereft else seen
                self._entered(line)
        return next((line.lot for line in self._lines if line.lot.misread), seen)

    def take_known(self, text: str) -> Heard | None:
        """Put a component lot that is known here into the line of its name, or into a new one; None where it is not."""
        known = self.meant(text).known
        if len(known) != 1:
            return None
        name = known[0].component.name
        line = self._line_of(name) or self._empty_line() or self._add(Part("", ""))
        line.lot.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._scanned(line, text)

    def suggest_amounts(self, drug: str, filler: str, filler_name: str) -> None:
        """Show beside what was weighed what is to be weighed: a hint, for what was weighed is read off the scales."""
        for line in self._lines:
            name = line.name.casefold()
            says = drug if DRUG in name else filler if name and name == filler_name.strip().casefold() else ""
            line.fields["amount"].setPlaceholderText(says)

    def remove(self, number: int) -> None:
        """Take a line away."""
        self._take_away(number)
        self.changed.emit()
        self.more.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add_empty(self) -> None:
        self._add(Part("", "")).fields["name"].setFocus()

    def _add(self, part: Part) -> ComponentLine:
        row = len(self._lines) + 1
        lot, fields = LotField(self), dict[str, Field]()
        for key, title in self._titles.items():
            name = f"{title} {row}"
            fields[key] = lot if key == "lot" else DayField(name, self) if key == "expires" else Field(parent=self)
            field = fields[key]
            field.setAccessibleName(name)
            field.setText(getattr(part, key))
            field.setCursorPosition(0)
            field.setMinimumWidth(max(self._grid.least(key), field.minimumSizeHint().width()))
            field.textChanged.connect(lambda _text: self.changed.emit())
        line = ComponentLine(lot, fields, self._remover(row))
        lot.entered.connect(lambda: self._entered(line))
        lot.reads = lambda text: self._scanned(line, text)
        self._lines.append(line)
        self._grid.show_lines([each.widgets for each in self._lines])
        for widget in line.widgets:
            widget.show()  # now: the focus may go there before Qt comes to it
        self.relined.emit()
        return line

    def _remover(self, row: int) -> QToolButton:
        remove = QToolButton(self)
        remove.setAutoRaise(True)
        icons.put_on(remove, "close")
        remove.setAccessibleName(self.tr("Take component {row} away").format(row=row))
        remove.setToolTip(self.tr("Take it away"))
        remove.clicked.connect(lambda _checked=False: self.remove([line.remove for line in self._lines].index(remove)))
        return remove

    def _scanned(self, line: ComponentLine, text: str) -> Heard | None:
        """Put the lot of a label into its field; a lot that stood there is named, a misread label changes nothing.

        The lot of another component goes into that one's line, and into none where there is no such line (R30). A label
        of ours, a batch's or a place's, is no component lot: None, it is for somebody else.
        """
        meant = self.meant(text)
        if meant.ours is not None:
            return None
        if meant.names and line.name and not any(same_name(each, line.name) for each in meant.names):
            return self._of_another(meant.names, line.name, text)
        try:
            label = scanned.read(scan.parse(text, self.today()))
        except Misread as why:
            self.told.emit(str(why), Tone.STOP)
            return Heard(str(why), Sound.STOP)
        before = line.lot.text().strip()
        line.lot.setText(scan.bare(text).text if label is None else label.lot)
        tone = self._take(line, label, meant, anew=True)
        lot = line.lot.text().strip()
        says = self.tr("{name}: lot {lot}.").format(name=line.name or self.tr("Component"), lot=lot)
        if before and before != lot:
            tone, says = Tone.LOOK, f"{says} {self.tr('{before} stood there before.').format(before=before)}"
        return Heard(says, Sound.GOOD if tone is Tone.QUIET else OF_TONE[tone])

    def _of_another(self, names: Sequence[str], named: str, text: str) -> Heard | None:
        """Take the lot of another component than the line is for."""
        other = next((line for each in names if (line := self._line_of(each)) is not None), None)
        if other is not None:
            other.lot.setFocus(Qt.FocusReason.OtherFocusReason)
            return self._scanned(other, text)
        read = scan.parse(text, self.today())
        lot = read.reading.lot if read.reading and read.reading.lot else read.text
        says = self.tr("{lot} is {name}, and this line is {named}. Scan the right one, or change the line's name.")
        says = says.format(lot=lot, name=names[0], named=named)
        self.told.emit(says, Tone.STOP)
        return Heard(says, Sound.STOP)

    def _line_of(self, name: str) -> ComponentLine | None:
        return next((line for line in self._lines if same_name(line.name, name)), None)

    def _empty_line(self) -> ComponentLine | None:
        return next((line for line in self._lines if line.part.empty), None)

    def _entered(self, line: ComponentLine) -> None:
        """Take a lot that was typed, or a code that came as if it was; what stood there already stays as it is."""
        text = line.lot.text()
        meant = self.meant(text) if text.strip() else Meant()
        try:
            _refuse_ours(text, meant)
            label = scanned.read(scan.parse(text, self.today()))
        except Misread as why:
            line.lot.misread = True
            self.told.emit(str(why), Tone.STOP)
            return
        line.lot.misread = False
        if label is not None:
            line.lot.setText(label.lot)
        if label is not None or line.changed:
            self._take(line, label, meant)

    def _take(self, line: ComponentLine, label: Label | None, meant: Meant, *, anew: bool = False) -> Tone:
        """Fill in what belongs to the lot that stands there now, and tell it; return the tone."""
        line.lot.misread = False
        if not line.name and len(meant.names) == 1:
            line.say("name", meant.names[0])
        found = Beside(line.part, label, meant, *line.take())
        for key, text in found.fills.items():
            line.say(key, text)
        lot = line.lot.text().strip()
        tell = bool(found.went or (lot and (anew or found.says)))
        if tell:
            self.told.emit(found.words, found.tone)
        if DRUG in line.name.casefold():
            self.drug_lot_given.emit(lot)
        return found.tone if tell else Tone.QUIET

    def _take_away(self, number: int) -> None:
        gone = self._lines.pop(number).widgets
        self._grid.show_lines([each.widgets for each in self._lines])
        for widget in gone:
            widget.hide()
            widget.deleteLater()


def _refuse_ours(text: str, meant: Meant) -> None:
    """Refuse what was typed where it is the label of a batch; an old lot may be a maker's lot as well.

    Raises:
        Misread: it is.
    """
    if meant.ours is not None and scan.bare(text).internal:
        raise Misread(f"{text.strip()} is the label of {meant.ours}, and no component lot. Scan the component's own.")
