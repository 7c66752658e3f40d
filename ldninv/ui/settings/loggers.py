"""Loggers in the settings: which watches which place since when, the zone of its clock, its calibration (R18, R20)."""

from __future__ import annotations

from datetime import UTC, datetime, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidgetItem, QWidget

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.loggers import Logger
from ldninv.services import places
from ldninv.services.context import Context
from ldninv.services.storage import loggers
from ldninv.ui import icons, words
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import Field
from ldninv.ui.settings.task import Task
from ldninv.ui.settings.task_panel import TaskPanel
from ldninv.ui.typed import day, time_of_day

_NAME = int(Qt.ItemDataRole.UserRole)
_NOWHERE = ""


class LoggersForm(TaskPanel):
    """A list, the ways to change who is chosen in it, and one task at a time."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            parent.tr("Data loggers"),
            parent.tr(
                "What watches the places. A logger that is imported from for the first time is added by itself; where "
                "it is moved to, and when it was calibrated, is said here."
            ),
            parent,
        )
        self._context = context
        self._loggers: tuple[Logger, ...] = ()
        self.nobody = self.line(self.tr("No loggers yet."))
        self.nobody.setForegroundRole(self.foregroundRole())
        self.adding = self.way(self.tr("Add a logger"), "plus", lambda: AddLogger(context, self))
        self.moving = self.way(
            self.tr("It was moved"), "arrow-right-box", lambda: MoveLogger(context, self._one(), self)
        )
        self.calibrating = self.way(
            self.tr("It was calibrated"), "check-decagram", lambda: Calibrated(context, self._one(), self)
        )
        for part in (self.list, self.banner, self.bar):
            self.fields.addWidget(part)

    @property
    def logger(self) -> Logger | None:
        """Which is chosen."""
        item = self.list.currentItem()
        name = None if item is None else item.data(_NAME)
        return next((each for each in self._loggers if each.name == name), None)

    def refresh(self) -> None:
        """List the loggers again; what is open stays open."""
        chosen, self._loggers = self.logger, tuple(loggers.loggers(self._context))
        self.list.clear()
        for each in self._loggers:
            self._show(each)
        names = [each.name for each in self._loggers]
        self.list.setCurrentRow(names.index(chosen.name) if chosen is not None and chosen.name in names else 0)
        self.fit()
        self.nobody.setVisible(not names)
        for way in (self.moving, self.calibrating):
            way.setVisible(bool(names))
        self.adding.set_first(not names)
        self.bar.updateGeometry()

    def home(self) -> QWidget:
        """Return the list, or the way to the first one."""
        return self.list if self._loggers else self.adding

    def _one(self) -> Logger:
        return self.logger or self._loggers[0]

    def _show(self, logger: Logger) -> None:
        today = self._context.today()
        watches = self.tr("watches {place}").format(place=logger.place) if logger.place else self.tr("watches no place")
        due = logger.calibration_due()
        past = logger.past_calibration(today)
        if due is None:
            told = self.tr("calibration not written down")
        else:
            says = self.tr("calibration over since {day}") if past else self.tr("calibrated until {day}")
            told = says.format(day=words.day(due))
        text = f"{logger.name} – {watches}, {logger.zone}, {told}"
        item = QListWidgetItem(icons.icon("calendar-alert" if past else "thermometer"), text, self.list)
        item.setData(_NAME, logger.name)


class PlaceField(QComboBox):
    """A place to choose, or none."""

    def __init__(self, context: Context, name: str, parent: QWidget, *, none: str = "") -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        if none:
            self.addItem(none, _NOWHERE)
        for place in places.places(context):
            self.addItem(place.name, place.name)

    @property
    def place(self) -> str | None:
        """What is chosen; None for none."""
        return self.currentData() or None


class AddLogger(Task):
    """A logger with its zone, where it watches, and its calibration."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent.tr("Add a logger"), parent.tr("Add"), "plus", parent)
        self.name = Field(parent=self)
        self.name.setMaxLength(loggers.LONGEST_NAME)
        self.zone = Field(_here(context), self)
        self.place = PlaceField(context, self.tr("It watches"), self, none=self.tr("No place yet"))
        self.calibrated = DayField(self.tr("Calibrated on (may stay empty)"), self)
        self.add(self.tr("Name"), self.name)
        self.add(self.tr("Time zone of its clock"), self.zone)
        self.line(
            self.tr(
                "Such as America/Denver, or UTC-07:00 for a clock that is never changed. It is confirmed once, "
                "and stays."
            )
        )
        self.add(self.tr("It watches"), self.place)
        self.add(self.calibrated.accessibleName(), self.calibrated)

    def start(self) -> QWidget:
        """Return the name."""
        return self.name

    @property
    def begun(self) -> bool:
        """Whether a name was typed."""
        return bool(self.name.text().strip())

    def act(self) -> str:
        """Add it."""
        calibrated = day(self.calibrated.text()) if self.calibrated.text().strip() else None
        made = loggers.add(self.context, self.name.text(), self.zone.text(), calibrated=calibrated)
        if self.place.place is not None:
            loggers.watch(self.context, made.name, self.place.place, self.context.now())
        return self.tr("{name} was added.").format(name=made.name)


class MoveLogger(Task):
    """Another place, from a moment on; what it recorded since counts there."""

    def __init__(self, context: Context, logger: Logger, parent: QWidget) -> None:
        title = parent.tr("{name} was moved").format(name=logger.name)
        super().__init__(context, title, parent.tr("Keep"), "arrow-right-box", parent)
        self.logger = logger
        self.place = PlaceField(context, self.tr("It watches now"), self, none=self.tr("No place any more"))
        self.place.setCurrentIndex(max(0, self.place.findData(logger.place)))  # one press of Keep takes nothing away
        now = context.now()
        self.since = DayField(self.tr("Since"), self)
        self.since.setText(now.date().isoformat())
        self.clock = Field(f"{now:%H:%M}", self)
        self.add(self.tr("It watches now"), self.place)
        self.add(self.tr("Since"), self.since)
        self.add(self.tr("At (time of day here)"), self.clock)
        self.line(self.tr("What it recorded since then is judged for the new place, and marked on what stood there."))

    def start(self) -> QWidget:
        """Return the place."""
        return self.place

    def act(self) -> str:
        """Keep it."""
        clock = time_of_day(self.clock.text()) or time()
        since = datetime.combine(day(self.since.text()), clock, self.context.now().tzinfo)
        if since > self.context.now():
            raise Refused(self.tr("That moment lies ahead. Give when it was moved."))
        loggers.watch(self.context, self.logger.name, self.place.place, since.astimezone(UTC))
        where = self.place.place or self.tr("no place")
        return self.tr("{name} watches {place}.").format(name=self.logger.name, place=where)


class Calibrated(Task):
    """The day of a calibration."""

    def __init__(self, context: Context, logger: Logger, parent: QWidget) -> None:
        title = parent.tr("{name} was calibrated").format(name=logger.name)
        super().__init__(context, title, parent.tr("Keep"), "check-decagram", parent)
        self.logger = logger
        self.day = DayField(self.tr("On"), self)
        self.day.setText(context.today().isoformat())
        self.add(self.tr("On"), self.day)
        months = words.counted(context.settings.calibration_months, "month")
        self.line(self.tr("It counts for {months}.").format(months=months))

    def start(self) -> QWidget:
        """Return the day."""
        return self.day

    def act(self) -> str:
        """Keep it."""
        loggers.calibrate(self.context, self.logger.name, day(self.day.text()))
        return self.tr("The calibration of {name} is kept.").format(name=self.logger.name)


def _here(context: Context) -> str:
    """Return the zone of the loggers that are there, where all have one; else nothing is guessed."""
    zones = {each.zone for each in loggers.loggers(context)}
    return zones.pop() if len(zones) == 1 else ""
