"""What is in a logger's file before it comes in: what was understood, what was set aside, and where it belongs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ldninv.domain.batch_list import Remark
from ldninv.domain.storage.logger_file import DailyRecord, LoggerFile
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.profile import CRT, Profile
from ldninv.domain.storage.profiles import profile
from ldninv.services import places
from ldninv.services.context import Context
from ldninv.services.storage import loggers
from ldninv.ui import icons, theme, words
from ldninv.ui.calm import CalmLine
from ldninv.ui.facts import Fact
from ldninv.ui.field_column import side_by_side
from ldninv.ui.flow import FlowLayout
from ldninv.ui.mapping import Choice
from ldninv.ui.pages import scrolling
from ldninv.ui.storage.glance import Glance, Where, facts, fixed_zone, sentence, verdict
from ldninv.ui.storage.glimpse import Glimpse
from ldninv.ui.table import Column, RowTableModel
from ldninv.ui.table_view import TableView

ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles"),
    *("America/Anchorage", "Pacific/Honolulu", "America/Toronto", "Europe/London", "Europe/Berlin", "UTC"),
)
"""Offered; any other can be typed."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Incoming", text)


class IncomingView(QWidget):
    """Shows what a logger's file holds, and asks where the logger was."""

    accepted = Signal(object)
    """Carries the `Where`."""
    dismissed = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._loggers: tuple[Logger, ...] = ()
        self._profiles: dict[str, Profile] = {}
        self.shown: Glance | None = None
        self._likely_zone = ""
        self.summary = QLabel(self)
        self.summary.setFont(theme.scaled(self.font(), 1.15, bold=True))
        self.summary.setWordWrap(True)
        self.facts = QWidget(self)
        self.glimpse = Glimpse(self)
        self.verdict = CalmLine("thermometer", self)
        self.place, self.logger, self.zone = Choice(self), Choice(self), Choice(self)
        self.logger.setEditable(True)
        self.zone.setEditable(True)
        for field, name in (
            (self.place, self.tr("Where the logger was")),
            (self.logger, self.tr("Logger")),
            (self.zone, self.tr("Time zone of its clock")),
        ):
            field.setAccessibleName(name)
        for field in (self.logger, self.zone):
            line = field.lineEdit()
            if line is not None:
                line.setAccessibleName(field.accessibleName())
            field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            field.editTextChanged.connect(self._allow)
        self.logger.currentTextChanged.connect(self._know)
        self.place.currentTextChanged.connect(self._hold_against)
        self.place.setPlaceholderText(self.tr("Choose the place"))
        self.confirmed = QLabel(self)
        self.confirmed.setWordWrap(True)
        self.confirmed.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.remarks = TableView(
            RowTableModel(_remark_columns(), parent=self), self.tr("Rows that were set aside"), self
        )
        self.lacking = QLabel(self)
        self.accept = self._button(self.tr("Import"), "tray-arrow-down")
        self.accept.clicked.connect(lambda _checked=False: self.accepted.emit(self.where))
        self.dismiss = self._button(self.tr("Choose another file"), "arrow-left")
        self.dismiss.clicked.connect(lambda _checked=False: self.dismissed.emit())
        self._lay_out()

    @property
    def where(self) -> Where:
        """What is said of the file."""
        return Where(self.place.currentText(), self.logger.currentText().strip(), self.zone.currentText().strip())

    def show_glance(self, glance: Glance | None) -> None:
        """Show a file; None forgets the one that was shown."""
        self.shown = glance
        if glance is None:
            self.glimpse.show_outline(None, "")
            return
        record = glance.read.record
        self.summary.setText(words.breakable(sentence(record)))
        self._show_facts(facts(glance))
        self.remarks.rows.show_rows(record.problems)
        self.remarks.setVisible(bool(record.problems))
        self._offer_places(record)
        count = len(record.days) if isinstance(record, DailyRecord) else record.readings
        what = words.counted(count, "day") if isinstance(record, DailyRecord) else words.counted(count, "reading")
        self.accept.setText(self.tr("Import {what}").format(what=what))
        self.place.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def limits(self, place: str) -> Profile:
        """Return what a place is held against; before one is said, CRT."""
        return self._profiles.get(place, CRT)

    def show_next(self, name: str | None) -> None:
        """Say what comes after this file: another one, or a choice."""
        text = self.tr("Choose another file")
        self.dismiss.setText(
            self.tr("Leave it out, go on with {file}").format(file=words.shortened(name)) if name else text
        )
        self.dismiss.setToolTip(name or "")

    def _offer_places(self, record: LoggerFile | DailyRecord) -> None:
        """Offer the places, the loggers and the zones; a logger that is known brings its own."""
        self._loggers = tuple(loggers.loggers(self._context))
        self._profiles = {each.name: profile(each.profile) for each in places.places(self._context)}
        self.place.clear()
        self.place.addItems([*self._profiles])
        fixed = fixed_zone(record)
        self._likely_zone = fixed if record.zone_hint else self._usual_zone()
        self.zone.clear()
        self.zone.addItems([*([fixed] if fixed else []), *ZONES])
        with QSignalBlocker(self.logger):  # else the first of them is taken for the file's, with its zone
            self.logger.clear()
            self.logger.addItems([each.name for each in self._loggers])
            self.logger.setCurrentText(record.logger)
        self._forget()
        self._know(self.logger.currentText())
        self._hold_against(self.place.currentText())

    def _forget(self) -> None:
        """Leave to the person what is not known of a logger: its zone, and its place where there are several."""
        self.zone.setCurrentText(self._likely_zone)
        self.place.setCurrentIndex(0 if self.place.count() == 1 else -1)

    def _usual_zone(self) -> str:
        """Return the zone of the loggers that are known, where all have one; else none is guessed."""
        zones = {each.zone for each in self._loggers}
        return zones.pop() if len(zones) == 1 else ""

    def _allow(self) -> None:
        """Let it come in once all is said."""
        said = self.where
        self.accept.setEnabled(bool(said.place and said.logger and said.zone))
        lacks = {
            self.tr("the place"): said.place,
            self.tr("the logger’s name"): said.logger,
            self.tr("the zone of its clock"): said.zone,
        }
        missing = [name for name, value in lacks.items() if not value]
        self.lacking.setText(self.tr("Still to say: {what}").format(what=", ".join(missing)) if missing else "")

    def _know(self, name: str) -> None:
        """Take over what is known of a logger: the zone of its clock is confirmed once, and stays."""
        known = next((each for each in self._loggers if each.name.casefold() == name.strip().casefold()), None)
        if known is None and not self.zone.isEnabled():  # what stands there is another logger's
            self._forget()
        self.zone.setEnabled(known is None)
        if known is not None:
            self.zone.setCurrentText(known.zone)
            if known.place is not None:
                self.place.setCurrentText(known.place)
        hint = self.shown.read.record.zone_hint if self.shown else ""
        doubt = getattr(self.shown.read.record, "zone_doubt", "") if self.shown else ""
        said = self.tr("The file says {zone}.").format(zone=hint) if hint else ""
        if known is not None:
            said = self.tr("{logger} is known; its zone was confirmed.").format(logger=known.name)
        elif doubt:
            said = f"{said} {doubt}."
        asks = "" if known else self.tr("Choose the zone of the logger's clock: it is confirmed here once, and stays.")
        if not self.place.count():
            asks = self.tr("There is no place yet: add one in the settings first.")
        self.confirmed.setText(" ".join(each for each in (said, asks) if each))

    def _hold_against(self, place: str) -> None:
        """Say what the file is by the limits of its place; until that is said, by those of CRT."""
        self._allow()
        if self.shown is None:
            return
        limits = self.limits(place)
        self.glimpse.show_outline(self.shown.outline, self.tr("The temperatures as a picture"), limits)
        sign, text = verdict(self.shown, limits)
        self.verdict.show_sign(sign.icon, sign.tone)
        self.verdict.say(text)
        self.verdict.show()

    def _show_facts(self, shown: Sequence[Fact]) -> None:
        grid = self._grid
        while grid.count():
            item = grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for row, fact in enumerate(shown):
            name, value = QLabel(fact.name, self.facts), QLabel(fact.text, self.facts)
            name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            value.setWordWrap(True)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)

    def _button(self, text: str, icon: str) -> QPushButton:
        button = QPushButton(text, self)
        icons.put_on(button, icon)
        button.setAutoDefault(True)
        return button

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self.facts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.step(self, 4))
        self._grid.setVerticalSpacing(theme.step(self, 1))
        self._grid.setColumnStretch(1, 1)
        self.remarks.setMinimumHeight(6 * self.fontMetrics().height())
        inside = QWidget(self)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, theme.step(self, 1), 0)
        rows.setSpacing(theme.step(self, 2))
        asked = side_by_side(
            {
                self.tr("Where the logger was"): (self.place, 34),
                self.tr("Logger"): (self.logger, 34),
                self.tr("Time zone of its clock"): (self.zone, 34),
            },
            inside,
        )
        for each in (asked, self.confirmed):
            rows.addWidget(each)
        rows.addWidget(self.glimpse, 2)
        for each in (self.verdict, self.facts):
            rows.addWidget(each)
        rows.addWidget(self.remarks, 1)
        rows.addStretch(1)
        buttons = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), buttons)
        for part in (self.accept, self.dismiss, self.lacking):
            flow.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addWidget(self.summary)
        layout.addWidget(scrolling(inside, self.tr("What is in the file"), self), 1)
        layout.addWidget(buttons)


def _remark_columns() -> tuple[Column[Remark], ...]:
    return (
        Column(title=_tr("Line"), text=lambda each: str(each.line), widest="100000", right=True),
        Column(title=_tr("Set aside because"), text=lambda each: each.text, widest="m" * 40, yields=1),
    )
