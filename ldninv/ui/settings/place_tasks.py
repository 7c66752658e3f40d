"""What is done to a place in the settings: added, changed, watched by a logger from when to when (R14, R17, R18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtWidgets import QComboBox, QWidget

from ldninv.domain.places import Light, Place, PlaceKind
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.profiles import PROFILES
from ldninv.services import places
from ldninv.services.context import Context
from ldninv.services.storage import loggers
from ldninv.services.storage import places as storage_places
from ldninv.ui import words
from ldninv.ui.acting.fields import Choices, Field, NumberField
from ldninv.ui.settings.logger_tasks import Moment
from ldninv.ui.settings.task import Named, Task

KINDS = {
    PlaceKind.SHELF: "Shelf or cabinet",
    PlaceKind.SHORT_DATED: "Short-dated",
    PlaceKind.QUARANTINE: "Quarantine",
    PlaceKind.EXPIRED: "Expired",
    PlaceKind.DISPOSAL: "Disposal",
}
LIGHT = {Light.DARK: "Dark", Light.SHADED: "Shaded", Light.OPEN: "Open"}


class _Kept:
    """The fields of what a place is: its use, its light, its limits."""

    def __init__(self, task: Task, place: Place) -> None:
        self._task = task
        self.kind: Choices[PlaceKind] = Choices(
            {kind: task.tr(word) for kind, word in KINDS.items()}, task.tr("For"), task
        )
        self.light: Choices[Light] = Choices(
            {light: task.tr(word) for light, word in LIGHT.items()}, task.tr("Light"), task
        )
        self.profile: Choices[str] = Choices(
            {key: one.title for key, one in PROFILES.items()}, task.tr("Judged as"), task
        )
        self.lux = NumberField(task.tr("Light from so many lux on"), task, place.lux_limit, (10, 25, 50, 100))
        self.kind.choose(place.kind)
        self.light.choose(place.light)
        self.profile.choose(place.profile)
        task.add(task.tr("For"), self.kind)
        task.add(task.tr("Light"), self.light)
        task.line(task.tr("A closed cabinet is dark. Clear containers keep the policy's date only in the dark."))
        task.add(task.tr("Judged as"), self.profile)
        task.add(self.lux.accessibleName(), self.lux)

    def onto(self, place: Place) -> Place:
        """Return a place with what stands in the fields.

        Raises:
            Refused: the limit of light is no number.
        """
        text = self.lux.text().strip()
        if not (text.isascii() and text.isdigit()):
            said = self._task.tr("“{text}” is no number of lux. Give a whole number such as 10.")
            raise Refused(said.format(text=text))
        return replace(
            place,
            kind=self.kind.value or place.kind,
            light=self.light.value or place.light,
            profile=self.profile.value or place.profile,
            lux_limit=int(text),
        )


class AddPlace(Named):
    """A place with all that it has to keep."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent.tr("Add a place"), parent.tr("Add"), "plus", parent)
        self.name = Field(parent=self)
        self.name.setMaxLength(places.LONGEST_NAME)
        self.add(self.tr("Name"), self.name)
        self.kept = _Kept(self, Place(""))

    def act(self) -> str:
        """Add it."""
        place = self.kept.onto(Place(self.name.text()))
        made = places.add_place(
            self.context, place.name, place.kind, place.light, lux_limit=place.lux_limit, limits=place.profile
        )
        return self.tr("{place} was added.").format(place=made.name)


class ChangePlace(Task):
    """Its use, its light, its limits; the name stays."""

    def __init__(self, context: Context, place: Place, parent: QWidget) -> None:
        title = parent.tr("Change {name}").format(name=place.name)
        super().__init__(context, title, parent.tr("Keep"), "content-save", parent)
        self.place = place
        self.kept = _Kept(self, place)

    def start(self) -> QWidget:
        """Return what it is for."""
        return self.kept.kind.first()

    @property
    def begun(self) -> bool:
        """Whether something else stands in the fields than is kept."""
        try:
            return self.kept.onto(self.place) != self.place
        except Refused:
            return True

    def act(self) -> str:
        """Keep it."""
        storage_places.change(self.context, self.kept.onto(self.place))
        return self.tr("{name} is kept.").format(name=self.place.name)


class WatchPlace(Task):
    """A logger at the place, from a moment on, and up to another where it was taken away again."""

    def __init__(self, context: Context, place: Place, parent: QWidget) -> None:
        title = parent.tr("A logger watches {name}").format(name=place.name)
        super().__init__(context, title, parent.tr("Keep"), "content-save", parent)
        self.place = place
        known = loggers.loggers(context)
        for each in known:
            for start, end in each.watched(place.name):
                self.line(f"{each.name}: {self._day(start)} – {self._day(end)}")
        self.logger = QComboBox(self)
        self.logger.addItems([each.name for each in sorted(known, key=lambda each: each.place is not None)])
        self.add(self.tr("Logger"), self.logger)
        self.since = Moment(self, self.tr("Since"), context.now())
        self.until = Moment(self, self.tr("Until (empty while it is there)"))
        self.line(
            self.tr("What it recorded then is judged for this place, and marked on what stood here.")
            if known
            else self.tr("No logger is known yet: add it under Data loggers, or import its file.")
        )
        self.enter.setEnabled(bool(known))

    def start(self) -> QWidget:
        """Return the logger."""
        return self.logger

    def act(self) -> str:
        """Keep it."""
        since, until = self.since.moment(), self.until.moment()
        if since is None:
            raise Refused(self.tr("Since when does it watch the place? Give the day."))
        loggers.watch(self.context, self.logger.currentText(), self.place.name, since, until)
        says = self.tr("{logger} watched {place}.") if until else self.tr("{logger} watches {place}.")
        return says.format(logger=self.logger.currentText(), place=self.place.name)

    def _day(self, moment: float) -> str:
        if moment > self.context.now().timestamp():
            return self.tr("today")
        return words.day(datetime.fromtimestamp(moment, UTC).astimezone(self.context.now().tzinfo).date())
