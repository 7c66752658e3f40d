"""Loggers in the settings: which watches which place, the zone of its clock, until when it is calibrated (R18, R20)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from ldninv.domain.storage.loggers import Logger
from ldninv.services.context import Context
from ldninv.services.storage import loggers
from ldninv.ui import icons
from ldninv.ui.settings.logger_tasks import AddLogger, Calibrated, MoveLogger, calibration
from ldninv.ui.settings.task_panel import TaskPanel

_NAME = int(Qt.ItemDataRole.UserRole)


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
        past = logger.past_calibration(today)
        text = f"{logger.name} – {watches}, {logger.zone}, {calibration(logger, today)}"
        item = QListWidgetItem(icons.icon("calendar-alert" if past else "thermometer"), text, self.list)
        item.setData(_NAME, logger.name)
