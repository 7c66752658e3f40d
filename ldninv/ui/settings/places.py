"""The places in the settings: what each is for and has to keep, what watches it, and its label (R14, R17, R18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from ldninv.domain.places import Place
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.profiles import profile
from ldninv.services import places
from ldninv.services.context import Context
from ldninv.services.storage import loggers
from ldninv.ui import icons, words
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.settings.logger_tasks import Calibrated, calibration
from ldninv.ui.settings.place_tasks import KINDS, LIGHT, AddPlace, ChangePlace, WatchPlace
from ldninv.ui.settings.task import Task
from ldninv.ui.settings.task_panel import TaskPanel

_NAME = int(Qt.ItemDataRole.UserRole)


class PlacesForm(TaskPanel):
    """A list, the ways to what stands in it, and one task at a time."""

    label_asked = Signal(str)
    """The label of a place is to be shown, by its name."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            parent.tr("Places"),
            parent.tr(
                "Where batches stand, what is kept there, and what watches it. The record of a place is judged by its "
                "limits; what was judged before stays as it was judged."
            ),
            parent,
        )
        self._context = context
        self._places: tuple[Place, ...] = ()
        self._loggers: tuple[Logger, ...] = ()
        self.none = self.line(self.tr("No places yet."))
        self.none.setForegroundRole(self.foregroundRole())
        self.adding = self.way(self.tr("Add a place"), "plus", lambda: AddPlace(context, self))
        self.changing = self._on(self.tr("Change"), "pencil", lambda place: ChangePlace(context, place, self))
        self.watching = self._on(
            self.tr("A logger watches it"), "thermometer", lambda place: WatchPlace(context, place, self)
        )
        self.calibrating = self._on(
            self.tr("Its logger was calibrated"),
            "check-decagram",
            lambda place: Calibrated(context, self._watchers(place)[0], self),
        )
        self.label = ActionButton(self.tr("Print its label…"), "label", self.bar)
        self.label.clicked.connect(lambda _checked=False: self._ask_label())
        self.add_way(self.label)
        for part in (self.list, self.banner, self.bar):
            self.fields.addWidget(part)
        self.list.currentRowChanged.connect(lambda _row: self._offer())

    @property
    def place(self) -> Place | None:
        """Which is chosen."""
        item = self.list.currentItem()
        name = None if item is None else item.data(_NAME)
        return next((each for each in self._places if each.name == name), None)

    def refresh(self) -> None:
        """List the places again; what is open stays open."""
        chosen = self.place
        self._places = tuple(places.places(self._context))
        self._loggers = tuple(loggers.loggers(self._context))
        self.list.clear()
        for each in self._places:
            said = f"{self._what(each)}\n{self._watched(each)}"
            item = QListWidgetItem(icons.icon("map-marker"), said, self.list)
            item.setToolTip(said)
            item.setData(_NAME, each.name)
        names = [each.name for each in self._places]
        self.list.setCurrentRow(names.index(chosen.name) if chosen is not None and chosen.name in names else 0)
        self.fit()
        self.none.setVisible(not names)
        self._offer()

    def home(self) -> QWidget:
        """Return the list, or the way to the first place."""
        return self.list if self._places else self.adding

    def _what(self, place: Place) -> str:
        return self.tr("{name} – {kind}, {light}, {profile}, light above {lux} lux").format(
            name=place.name,
            kind=self.tr(KINDS[place.kind]).lower(),
            light=self.tr(LIGHT[place.light]).lower(),
            profile=profile(place.profile).title.lower(),
            lux=words.grouped(place.lux_limit),
        )

    def _watched(self, place: Place) -> str:
        """Return what watches a place: the logger whose calibration ends first, and the names of the others."""
        found = self._watchers(place)
        if not found:
            return self.tr("no logger watches it")
        since = datetime.fromtimestamp(found[0].watches[-1].since, self._context.now().tzinfo)
        said = self.tr("watched by {logger} since {day}, {calibration}").format(
            logger=found[0].name, day=words.day(since.date()), calibration=calibration(found[0], self._context.today())
        )
        others = ", ".join(each.name for each in found[1:])
        return f"{said}; {self.tr('also by {others}').format(others=others)}" if others else said

    def _offer(self) -> None:
        """Offer what makes sense for the place that is chosen."""
        place = self.place
        for button in (self.changing, self.watching, self.label):
            button.setVisible(place is not None)
        self.calibrating.setVisible(place is not None and bool(self._watchers(place)))
        self.adding.set_first(not self._places)
        self.bar.updateGeometry()

    def _watchers(self, place: Place) -> list[Logger]:
        """Return the loggers that watch a place now, first the one whose calibration ends first."""
        found = [each for each in self._loggers if each.place == place.name]
        return sorted(found, key=lambda each: each.calibration_due() or date.min)

    def _on(self, word: str, icon: str, made: Callable[[Place], Task]) -> ActionButton:
        return self.way(word, icon, lambda: made(self.place or self._places[0]))

    def _ask_label(self) -> None:
        if self.place is not None:
            self.label_asked.emit(self.place.name)
