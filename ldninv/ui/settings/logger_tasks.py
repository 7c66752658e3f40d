"""What is done to a data logger in the settings: added, moved to another place, calibrated (R18, R20)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from PySide6.QtWidgets import QComboBox, QWidget

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.loggers import Logger
from ldninv.services import places
from ldninv.services.context import Context
from ldninv.services.storage import loggers
from ldninv.ui import words
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import Field
from ldninv.ui.settings.task import Named, Task
from ldninv.ui.typed import day, time_of_day

_NOWHERE = ""


def calibration(logger: Logger, today: date) -> str:
    """Return until when a logger's calibration counts, in words (R20)."""
    due = logger.calibration_due()
    if due is None:
        return "calibration not written down"
    says = "calibration over since {day}" if logger.past_calibration(today) else "calibrated until {day}"
    return says.format(day=words.day(due))


class Moment:
    """A day, and a time of that day, in the fields of a task."""

    def __init__(self, task: Task, name: str, at: datetime | None = None) -> None:
        self._task = task
        self.day = DayField(name, task)
        self.clock = Field("" if at is None else f"{at:%H:%M}", task)
        self.clock.setAccessibleName(task.tr("{name}: time of day").format(name=name))
        self.day.setText("" if at is None else at.date().isoformat())
        task.add(name, self.day)
        task.add(task.tr("At (time of day here)"), self.clock)

    def moment(self) -> datetime | None:
        """Return it, aware; None where no day stands there.

        Raises:
            Refused: it cannot be read, or lies ahead.
        """
        if not self.day.text().strip():
            return None
        now = self._task.context.now()
        found = datetime.combine(day(self.day.text()), time_of_day(self.clock.text()) or time(), now.tzinfo)
        if found > now:
            raise Refused(
                self._task.tr("{moment} lies ahead. Give when it was.").format(moment=f"{found:%Y-%m-%d %H:%M}")
            )
        return found.astimezone(UTC)


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


class AddLogger(Named):
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
        self.add(self.tr("It watches now"), self.place)
        self.since = Moment(self, self.tr("Since"), context.now())
        self.line(self.tr("What it recorded since then is judged for the new place, and marked on what stood there."))

    def start(self) -> QWidget:
        """Return the place."""
        return self.place

    def act(self) -> str:
        """Keep it."""
        since = self.since.moment()
        if since is None:
            raise Refused(self.tr("Since when? Give the day on which it was moved."))
        loggers.watch(self.context, self.logger.name, self.place.place, since)
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
