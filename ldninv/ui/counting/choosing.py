"""Choosing the place that is counted, by its name, from the list or by a scan."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ldninv.domain.places import PlaceKind
from ldninv.domain.refusal import Refused
from ldninv.services.context import Context
from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.acting.place import PlaceList
from ldninv.ui.banner import Banner
from ldninv.ui.blank import Blank
from ldninv.ui.buttons import ENTER
from ldninv.ui.flow import FlowLayout


class ChoosePlace(QWidget):
    """A list of places that typing narrows; Enter, or a scan of a place's name, begins."""

    place_chosen = Signal(str)
    bin_asked = Signal()
    """Expired stock is to be taken away instead."""
    place_asked = Signal()
    """The first place is to be added."""

    def __init__(self, context: Context, banner: Banner, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._banner = banner
        self.places: PlaceList | None = None
        self._about = QLabel(self)
        self._about.setWordWrap(True)
        self.begin = ActionButton(self.tr("Count this place"), "counter", self, first=True)
        self.begin.clicked.connect(self.choose)
        self.bin = ActionButton(self.tr("Take expired stock to the bin"), "trash-can", self)
        self.bin.clicked.connect(self.bin_asked)
        self.first = Blank("map-marker", self)
        self.first.say(
            self.tr("No places yet"),
            self.tr("Add the shelves and cabinets that batches stand on, or bring in a list that names them."),
        )
        self.first.offer(self.tr("Add a place…"), "plus", self.place_asked.emit, large=True)
        self._slot = QVBoxLayout()
        ways = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), ways)
        flow.addWidget(self.begin)
        flow.addWidget(self.bin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addWidget(self._about)
        layout.addLayout(self._slot)
        layout.addWidget(ways)
        layout.addWidget(self.first, 100)
        layout.addStretch(1)

    def refresh(self) -> None:
        """Read the places again; the focus stays where it was."""
        held = self.places is None or self.places.field.hasFocus() or self.first.offers[0].hasFocus()
        if self.places is not None:
            self._slot.removeWidget(self.places)
            self.places.hide()
            self.places.deleteLater()
        self.places = PlaceList(self._context, None, PlaceKind.SHELF, self, new=None)
        self.places.setMaximumWidth(theme.letters(self, 90))
        self.places.scanned.connect(self.choose)
        self.places.list.itemActivated.connect(lambda _item: self.choose())
        self.places.list.itemDoubleClicked.connect(lambda _item: self.choose())
        self._slot.addWidget(self.places)
        there = bool(self.places.names)
        self._about.setText(
            self.tr(
                "Choose the place, or scan its name. Then scan all that stands there: the books are held against it, "
                "and nothing in them changes before you say so."
            )
        )
        for part in (self._about, self.begin, self.bin, self.places):
            part.setVisible(there)
        self.first.setVisible(not there)
        QWidget.setTabOrder(self.places.field, self.places.list)
        QWidget.setTabOrder(self.places.list, self.begin)
        QWidget.setTabOrder(self.begin, self.bin)
        if held:
            self.start()

    def start(self) -> None:
        """Put the cursor where a place is typed or scanned."""
        if self.isVisible() and not self.first.isHidden():
            self.first.offers[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.places is not None and self.isVisible():
            self.places.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.places.field.selectAll()

    def take(self, text: str) -> None:
        """Begin to type here what was typed elsewhere on the page."""
        if self.places is not None and self.first.isHidden():
            self.places.field.setText(text)
            self.places.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self) -> None:
        """Begin with the place that is chosen."""
        if self.places is None:
            return
        try:
            name = self.places.chosen()
        except Refused as why:
            self._banner.tell_error(why)
            self.start()
            return
        self.places.field.clear()
        self.place_chosen.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin by Enter from the field."""
        if event.key() in ENTER and self.places is not None and self.places.field.hasFocus():
            self.choose()
        else:
            super().keyPressEvent(event)
