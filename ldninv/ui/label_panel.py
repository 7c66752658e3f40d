"""Labels of a batch, a place or a person, over the window: chosen, seen as they are printed, printed, or saved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from ldninv.domain.label_sizes import RESOLUTIONS, ROLLS, SHEETS, Sheet, Size, Symbol, medium, whole_resolution
from ldninv.domain.labels import Kind
from ldninv.domain.refusal import Refused
from ldninv.domain.signs import Tone
from ldninv.paper.labels import print_on
from ldninv.services import labels
from ldninv.services.context import Change, Context
from ldninv.services.labels import Made
from ldninv.services.record import file_name
from ldninv.ui import icons, theme
from ldninv.ui.acting import words
from ldninv.ui.acting.fields import Choices, NumberField
from ldninv.ui.banner import Banner
from ldninv.ui.field_column import FieldColumn
from ldninv.ui.flow import FlowLayout
from ldninv.ui.label_preview import LabelPreview
from ldninv.ui.news import News
from ldninv.ui.overlay import Overlay, Tall
from ldninv.ui.printing import Prints, ask_printer, remember, usual_printer
from ldninv.ui.saving import ask_where

_SIZE, _SYMBOL, _DOTS = "labels/size", "labels/symbol", "labels/dots"
"""Where the choices of this workstation are remembered."""

_ALONE = (Kind.PLACE, Kind.BADGE)
"""Kinds that are the only one of what they are stuck on."""

_FILES = (("pdf", "PDF"), ("zpl", "ZPL"), ("svg", "SVG"), ("png", "PNG"))


class LabelPanel(Overlay):
    """Shows the labels of one batch, or the one of a place or a person; Esc puts it away."""

    def __init__(self, context: Context, news: News, memory: QSettings, parent: QWidget) -> None:
        super().__init__(parent.tr("Label"), parent)
        self._context, self._news, self._memory = context, news, memory
        self._of, self._kind = "", Kind.BATCH
        self.made: Made | None = None
        self.banner = Banner(self)
        self.preview = LabelPreview(self)
        self._title = QLabel(self)
        self._title.setFont(theme.scaled(self.font(), 1.4, bold=True))
        self._title.setWordWrap(True)
        kinds = {Kind.BATCH: "Batch", Kind.SHORT_DATED: "Short-dated", Kind.BOTTLE: "Dispensed bottle"}
        self.kind = Choices({kind: self.tr(name) for kind, name in kinds.items()}, self.tr("Label of"), self)
        self.symbol = Choices({each: each.in_words for each in Symbol}, self.tr("Code"), self)
        self.dots = Choices(
            {each: str(each) for each in RESOLUTIONS}, self.tr("Dots an inch of the printer, for files"), self
        )
        self.roll = QComboBox(self)
        for each in (*ROLLS, *SHEETS):
            self.roll.addItem(_named(each), each.name if isinstance(each, Sheet) else str(each))
        self.copies = NumberField(self.tr("Labels"), self, 1)
        self.first = NumberField(self.tr("First free label"), self, 1)
        self.print = self._button(self.tr("Print…"), "printer", self.ask_printer)
        self.save = self._button(self.tr("Save as…"), "content-save", self.ask_where)
        self.closing = self._button(self.tr("Close (Esc)"), "close", self.close)
        self._lay_out()
        self._recall()
        for choices in (self.kind, self.symbol, self.dots):
            choices.chosen.connect(self.refresh)
        self.roll.currentIndexChanged.connect(lambda _index: self.refresh())
        for field in (self.copies, self.first):
            field.textChanged.connect(lambda _text: self._show_sheet())

    def start(self) -> QWidget:
        """Return where the focus goes first."""
        return self.print if self.print.isEnabled() else self.kind.first()

    def show_label(self, lot: str) -> None:
        """Show the labels of a batch, its own first."""
        self._begin(lot, Kind.BATCH, self.tr("Label of {name}"))

    def show_place(self, name: str) -> None:
        """Show the label of a place; a scan of it names the place."""
        self._begin(name, Kind.PLACE, self.tr("Label of {name}"))

    def show_badge(self, name: str) -> None:
        """Show a new badge of a person; it holds once it is printed or saved, and the one before no longer."""
        self._begin(name, Kind.BADGE, self.tr("New badge of {name}"))

    def _begin(self, of: str, kind: Kind, title: str) -> None:
        self._of, self._kind = of, kind
        self.kind.choose(kind)
        for part in (self.kind, self._kind_name):
            part.setVisible(kind is Kind.BATCH)
        self.copies.setText("1")
        self.first.setText("1")
        self._title.setText(title.format(name=of))
        self.refresh()
        self.open()

    @property
    def medium(self) -> Size | Sheet:
        """The roll or sheet that is chosen."""
        return medium(self.roll.currentData())

    def refresh(self) -> None:
        """Draw the label that is chosen; what speaks against it stands above."""
        self.banner.clear()
        self._draw()
        for button in (self.print, self.save):
            button.setEnabled(self.made is not None)
        self._first_row.setVisible(isinstance(self.medium, Sheet))
        self.preview.setVisible(self.made is not None)
        if self.made is not None:
            self._show(self.made)
        if self.isVisible():
            self.place()

    def _show(self, made: Made) -> None:
        self._remember()
        said = ", ".join(line.text for line in made.label.lines)
        self.preview.show_drawing(made.drawing, self.tr("Preview: {said}").format(said=said))
        self._show_sheet()
        if made.label.notices:
            self.banner.tell(" ".join(made.label.notices), Tone.LOOK)

    def _show_sheet(self) -> None:
        """Show which labels of a sheet will be printed, as far as the numbers can be read."""
        numbers = (1, 1)
        with suppress(Refused):
            numbers = self._numbers()
        sheet = self.medium if isinstance(self.medium, Sheet) else None
        self.preview.show_sheet(sheet, *numbers)

    def ask_printer(self) -> None:
        """Ask on which printer; the last one for labels is offered first."""
        if self.made is None:
            return
        printer = usual_printer(self._memory, Prints.LABELS)
        printer.setPageLayout(self.made.paper().layout)
        ask_printer(self, printer, self.print_on)

    def print_on(self, printer: QPrinter) -> None:
        """Print the labels, laid out for this printer's own dots."""
        with self.banner.calm(self.ask_printer):
            made = self._make(whole_resolution(printer.resolution()))
            copies, first = self._numbers()
            paper = made.paper(copies, first)
            given = labels.hand_out(self._context, made)
            printer.setDocName(paper.title)
            print_on(paper, printer)
            remember(self._memory, Prints.LABELS, printer.printerName())
            self._news.changed.emit(given | labels.printed(self._context, made, copies))
            name = printer.printerName() or printer.outputFileName()
            self.banner.tell(self.tr("Sent to {printer}.").format(printer=name), Tone.GOOD)

    def ask_where(self) -> None:
        """Ask under which name to save it."""
        if self.made is None:
            return
        kinds = dict(_FILES[:1] if isinstance(self.medium, Sheet) else _FILES)
        word = self._kind.value if self._kind in _ALONE else "label"
        ask_where(self, self.save.text(), f"{word}-{file_name(self._of)}.pdf", kinds, self.save_as)

    def save_as(self, path: Path) -> None:
        """Write the labels to a file; its ending says which kind."""
        if self.made is None:
            return
        with self.banner.calm(lambda: self.save_as(path)):
            copies, first = self._numbers()
            saved = labels.save(self._context, self.made, path, copies=copies, first=first)
            said = [self.tr("Saved as {file}.").format(file=saved.file), *saved.notices]
            self.banner.tell(" ".join(said), Tone.LOOK if saved.notices else Tone.GOOD)
            self._news.changed.emit(saved.changed | (Change.PEOPLE if self._kind is Kind.BADGE else Change.NOTHING))

    def _draw(self) -> None:
        self.made = None
        with self.banner.calm(self.refresh):
            self.made = self._make(self.dots.value or RESOLUTIONS[0])

    def _make(self, dots_per_inch: int) -> Made:
        kind = self._kind if self._kind in _ALONE else self.kind.value or Kind.BATCH
        label = labels.label(self._context, self._of, kind)
        return labels.make(
            label, medium=self.medium, symbol=self.symbol.value or Symbol.QR, dots_per_inch=dots_per_inch
        )

    def _numbers(self) -> tuple[int, int]:
        """Return how many labels, and the first free one of a sheet.

        Raises:
            Refused: one of them is no number.
        """
        first = words.number(self.first.text(), "first free label") if isinstance(self.medium, Sheet) else 1
        return words.number(self.copies.text(), "labels"), first

    def _remember(self) -> None:
        self._memory.setValue(_SIZE, self.roll.currentData())
        self._memory.setValue(_SYMBOL, (self.symbol.value or Symbol.QR).value)
        self._memory.setValue(_DOTS, self.dots.value)

    def _recall(self) -> None:
        """Choose what was chosen last at this workstation."""
        self.roll.setCurrentIndex(max(0, self.roll.findData(self._memory.value(_SIZE))))
        symbol, dots = str(self._memory.value(_SYMBOL)), str(self._memory.value(_DOTS))
        self.symbol.choose(next((each for each in Symbol if each == symbol), Symbol.QR))
        self.dots.choose(next((each for each in RESOLUTIONS if str(each) == dots), RESOLUTIONS[0]))

    def _lay_out(self) -> None:
        asked, self._first_row = _fields(self), _fields(self)
        self._kind_name = asked.add(self.tr("Label of"), self.kind)
        asked.add(self.tr("Roll or sheet"), self.roll)
        asked.add(self.tr("Code"), self.symbol)
        asked.add(self.tr("Labels"), self.copies)
        self._first_row.add(self.tr("First free label of the sheet"), self.first)
        asked.fields.addWidget(self._first_row)
        asked.add(self.tr("Dots an inch of the printer, for files"), self.dots)
        tools = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), tools)
        for button in (self.print, self.save, self.closing):
            flow.addWidget(button)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview)
        column.addWidget(asked)
        column.addStretch(1)
        for part in (self._title, tools, self.banner):
            self.column.addWidget(part)
        self.column.addWidget(Tall(inside, self), 1)

    def _button(self, text: str, icon: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(True)
        icons.put_on(button, icon)
        button.clicked.connect(lambda _checked=False: act())
        return button


def _fields(parent: QWidget) -> FieldColumn:
    """Return fields below one another, without a title."""
    fields = FieldColumn("", 1, parent)
    fields.heading.hide()
    column = QVBoxLayout(fields)
    column.setContentsMargins(0, 0, 0, 0)
    column.addLayout(fields.fields)
    return fields


def _named(each: Size | Sheet) -> str:
    """Return a roll or a sheet in words.

    >>> _named(ROLLS[0]), _named(SHEETS[0])
    ('50.8 × 25.4 mm', 'Letter, 30 labels of 66.675 × 25.4 mm')
    """
    if isinstance(each, Sheet):
        return f"{each.page}, {each.count} labels of {_named(each.label)}"
    return f"{each.width_mm:g} × {each.height_mm:g} mm"
