"""The places where batches stand: listed, and added with what they are for and how dark it is there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QWidget

from ldninv.domain.places import Light, Place, PlaceKind
from ldninv.services import places
from ldninv.services.context import Context
from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton, Choices
from ldninv.ui.roomy import RoomyList
from ldninv.ui.settings.panel import Panel

KINDS = {
    PlaceKind.SHELF: "Shelf or cabinet",
    PlaceKind.SHORT_DATED: "Short-dated",
    PlaceKind.QUARANTINE: "Quarantine",
    PlaceKind.EXPIRED: "Expired",
    PlaceKind.DISPOSAL: "Disposal",
}
_NAME = int(Qt.ItemDataRole.UserRole)
_LINES = 8
"""Of the list that are seen at once."""
LIGHT = {Light.DARK: "Dark", Light.SHADED: "Shaded", Light.OPEN: "Open"}


class PlacesForm(Panel):
    """A list, and three fields for one more."""

    adding = Signal()
    """The person wants the place that stands in the fields."""
    label_asked = Signal(str)
    """The label of a place is to be shown, by its name."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent.tr("Places"), parent.tr("Where batches stand. A closed cabinet is dark."), parent)
        self._context = context
        self.none = self.line(self.tr("No places yet."))
        self.none.setForegroundRole(self.foregroundRole())
        self.list = RoomyList(self)
        self.list.setAccessibleName(self.tr("Places"))
        self.label = ActionButton(self.tr("Print its label…"), "label", self)
        self.label.clicked.connect(lambda _checked=False: self._ask_label())
        self.list.currentRowChanged.connect(lambda row: self.label.setEnabled(row >= 0))
        self.fields.addWidget(self.list)
        self.fields.addWidget(self.label)
        self.name = QLineEdit(self)
        self.name.setMaxLength(places.LONGEST_NAME)
        self.kind: Choices[PlaceKind] = Choices(
            {kind: self.tr(word) for kind, word in KINDS.items()}, self.tr("What the place is for"), self
        )
        self.light: Choices[Light] = Choices(
            {light: self.tr(word) for light, word in LIGHT.items()}, self.tr("How dark it is there"), self
        )
        self.enter = ActionButton(self.tr("Add place"), "plus", self)
        self.enter.clicked.connect(lambda _checked=False: self.adding.emit())
        self.add_fields()

    @property
    def text(self) -> str:
        """The places that are listed, line by line."""
        return "\n".join(self.list.item(row).text() for row in range(self.list.count())) or self.none.text()

    @property
    def begun(self) -> bool:
        """Whether a place stands in the fields that was not added."""
        return bool(self.name.text().strip())

    def refresh(self) -> None:
        """List the places again."""
        chosen = self.chosen
        self.list.clear()
        for each in places.places(self._context):
            text = self.tr("{name} – {kind}, {light}").format(
                name=each.name, kind=self.tr(KINDS[each.kind]).lower(), light=self.tr(LIGHT[each.light]).lower()
            )
            item = QListWidgetItem(text, self.list)
            item.setData(_NAME, each.name)
            if each.name == chosen:
                self.list.setCurrentItem(item)
        there = bool(self.list.count())
        if there and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._fit()
        self.none.setVisible(not there)
        self.label.setVisible(there)

    @property
    def chosen(self) -> str | None:
        """The name of the place that is chosen in the list."""
        item = self.list.currentItem()
        return None if item is None else str(item.data(_NAME))

    def _fit(self) -> None:
        """Make the list as high as its lines, up to eight; without any it does not show."""
        number, row = self.list.count(), max(self.list.sizeHintForRow(0), self.fontMetrics().height())
        self.list.setFixedHeight(row * min(number or 1, _LINES) + 2 * self.list.frameWidth() + theme.step(self, 1))
        self.list.setVisible(bool(number))

    def _ask_label(self) -> None:
        if self.chosen is not None:
            self.label_asked.emit(self.chosen)

    def add_place(self) -> Place:
        """Add the place that stands in the fields, and empty them for the next one.

        Raises:
            Refused: no name, or one that is there already.
        """
        made = places.add_place(
            self._context,
            self.name.text(),
            self.kind.value or PlaceKind.SHELF,
            self.light.value or Light.DARK,
        )
        self.start_over()
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add it by Enter."""
        if self.name.hasFocus() and event.text() in {"\r", "\n"}:
            self.adding.emit()
        else:
            super().keyPressEvent(event)

    def add_fields(self) -> None:
        """Lay out the fields."""
        self.add(self.tr("Name of a new place"), self.name)
        self.add(self.tr("For"), self.kind)
        self.add(self.tr("Light"), self.light)
        self.fields.addWidget(self.enter)
        self.start_over()

    def start_over(self) -> None:
        """Empty the fields."""
        self.name.clear()
        self.kind.choose(PlaceKind.SHELF)
        self.light.choose(Light.DARK)
