"""Moving: the places as a list that typing narrows, the likely one chosen already; a new place is made on the way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidgetItem, QVBoxLayout, QWidget

from ldninv.domain.places import Place, PlaceKind, scanned_place
from ldninv.domain.refusal import Refused
from ldninv.services import ledger, places
from ldninv.services.batches import Card
from ldninv.services.context import Change, Context
from ldninv.ui import icons, theme
from ldninv.ui.acting import words
from ldninv.ui.acting.actions import MOVE
from ldninv.ui.acting.fields import Field
from ldninv.ui.acting.form import Form, Outcome, outcome_of
from ldninv.ui.roomy import RoomyList
from ldninv.ui.scanner.says import Heard, Sound

_LINES = 6
"""Places that are seen at once, where there is room."""
_LEAST = 3
"""Where there is not."""
_NONE_YET = "There is no place yet. Type a name to add one."
_NAME = int(Qt.ItemDataRole.UserRole)
_NEW = _NAME + 1


class PlaceList(QWidget):
    """A field that narrows a list of places; the arrows move in the list from the field."""

    scanned = Signal()
    """A place was chosen by a scan of its name."""

    def __init__(
        self,
        context: Context,
        here: str | None,
        likely: PlaceKind,
        parent: QWidget,
        *,
        among: Collection[PlaceKind] = tuple(PlaceKind),
        new: PlaceKind | None = PlaceKind.SHELF,
    ) -> None:
        """Show places.

        Args:
            context: Whose.
            here: The one to leave out.
            likely: The kind that stands first.
            parent: What holds the list.
            among: The kinds that are shown.
            new: The kind that a name becomes which is none yet; None where no place is added here.
        """
        super().__init__(parent)
        self._context = context
        self._new = new
        self._places = [place for place in places.places(context) if place.name != here and place.kind in among]
        self._places.sort(key=lambda place: (place.kind is not likely, place.name.casefold()))
        self.field = Field(parent=self)
        self.field.setPlaceholderText(self.tr("Type to narrow the list"))
        self.field.setAccessibleName(self.tr("Place, or a part of its name"))
        self.field.installEventFilter(self)
        self.list = RoomyList(self)
        self.list.setAccessibleName(self.tr("Places"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 1))
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.field.textChanged.connect(self._narrow)
        self.setFocusProxy(self.field)
        self._narrow("")

    @property
    def names(self) -> tuple[str, ...]:
        """What the list shows."""
        return tuple(self.list.item(row).text() for row in range(self.list.count()))

    def chosen(self) -> str:
        """Return the place that is chosen, which is added first where it is a new one.

        Raises:
            Refused: none is chosen, or the new name is none.
        """
        item = self.list.currentItem()
        if item is None:
            raise Refused("There is no such place. Type the name of one." if self._places else _NONE_YET)
        name = str(item.data(_NAME))
        if self._new is None or not item.data(_NEW):
            return name
        return places.add_place(self._context, name, self._new).name

    def take_scan(self, text: str) -> Heard | None:
        """Choose the place whose name was scanned; anything else is for somebody else."""
        place = scanned_place(text, self._places)
        if place is None:
            return None
        self.field.setText(place.name)
        self.scanned.emit()
        return Heard(place.name, Sound.GOOD)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list by the arrows of the field."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            steps = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}
            step = steps.get(event.key())
            if step is not None and self.list.count():
                self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        wanted = " ".join(text.split())
        self.list.clear()
        for place in self._places:
            if wanted.casefold() in place.name.casefold():
                self._show(place)
        names = [self.list.item(row).text().casefold() for row in range(self.list.count())]
        exact = wanted.casefold() in names
        if wanted and not exact and self._new is not None:
            self._offer_new(wanted)
        self.list.setCurrentRow(names.index(wanted.casefold()) if exact else 0)
        side = self.fontMetrics().height()
        self.list.setIconSize(QSize(side, side))
        row = max(self.list.sizeHintForRow(0), self.fontMetrics().height())
        lines = min(max(len(self._places), 1), _LINES)
        around = 2 * self.list.frameWidth() + theme.step(self, 1)
        self.list.setMinimumHeight(row * min(lines, _LEAST) + around)
        self.list.setMaximumHeight(row * lines + around)

    def _show(self, place: Place) -> None:
        item = QListWidgetItem(icons.icon("map-marker"), place.name, self.list)
        item.setData(_NAME, place.name)
        about = f"{place.name}: {words.place_kind(place.kind)}, {place.light}"
        item.setToolTip(about)
        item.setData(int(Qt.ItemDataRole.AccessibleTextRole), about)

    def _offer_new(self, name: str) -> None:
        item = QListWidgetItem(icons.icon("plus"), self.tr("Add “{name}” as a new place").format(name=name), self.list)
        item.setData(_NAME, name)
        item.setData(_NEW, True)  # noqa: FBT003 - a value of Qt's own


class MoveForm(Form):
    """Where to."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, MOVE, f"{MOVE.word} {card.kept.batch.lot}", parent)
        self.card = card
        here = card.kept.stock.place
        self.line(self.tr("It stands at {place}.").format(place=here) if here else self.tr("It stands nowhere yet."))
        self.place = PlaceList(context, here, words.likely_place(card.standing), self)
        self.add(self.tr("To"), self.place)
        self.place.list.itemDoubleClicked.connect(lambda _item: self.confirm())

    def start(self) -> QWidget:
        """Return the field that narrows the list."""
        return self.place

    def reread(self, card: Card) -> None:
        """Take the batch as it is now."""
        self.card = card

    def act(self) -> Outcome:
        """Move it."""
        outcome = outcome_of(ledger.move(self.context, self.card.kept.batch.lot, self.place.chosen()))
        return replace(outcome, changed=outcome.changed | Change.PLACES)
