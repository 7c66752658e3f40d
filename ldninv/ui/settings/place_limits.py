"""What a place is from now on, in the settings: what for, how dark, and by which limits (R14, R17)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from ldninv.domain.places import Light, Place, PlaceKind
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.profiles import PROFILES, profile
from ldninv.services import places
from ldninv.services.context import Context
from ldninv.services.storage import places as storage_places
from ldninv.ui import icons
from ldninv.ui.acting.fields import Choices, NumberField
from ldninv.ui.settings.places import KINDS, LIGHT
from ldninv.ui.settings.task import Task
from ldninv.ui.settings.task_panel import TaskPanel

_NAME = int(Qt.ItemDataRole.UserRole)


class PlaceLimitsForm(TaskPanel):
    """Every place with its limits, and the way to other ones."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            parent.tr("What places have to keep"),
            parent.tr(
                "The record of a place is judged by these limits. What was judged before stays as it was judged."
            ),
            parent,
        )
        self._context = context
        self._places: tuple[Place, ...] = ()
        self.changing = self.way(self.tr("Change"), "pencil", lambda: ChangePlace(context, self._one(), self))
        for part in (self.list, self.banner, self.bar):
            self.fields.addWidget(part)

    @property
    def place(self) -> Place | None:
        """Which is chosen."""
        item = self.list.currentItem()
        name = None if item is None else item.data(_NAME)
        return next((each for each in self._places if each.name == name), None)

    def refresh(self) -> None:
        """List the places again; what is open stays open."""
        chosen, self._places = self.place, tuple(places.places(self._context))
        self.list.clear()
        for each in self._places:
            says = self.tr("{name} – {kind}, {light}, {profile}, light above {lux} lux")
            text = says.format(
                name=each.name,
                kind=self.tr(KINDS[each.kind]).lower(),
                light=self.tr(LIGHT[each.light]).lower(),
                profile=profile(each.profile).name,
                lux=each.lux_limit,
            )
            item = QListWidgetItem(icons.icon("map-marker"), text, self.list)
            item.setData(_NAME, each.name)
        names = [each.name for each in self._places]
        self.list.setCurrentRow(names.index(chosen.name) if chosen is not None and chosen.name in names else 0)
        self.fit()
        self.setVisible(bool(names))

    def _one(self) -> Place:
        return self.place or self._places[0]


class ChangePlace(Task):
    """Its use, its light, its limits; the name stays."""

    def __init__(self, context: Context, place: Place, parent: QWidget) -> None:
        title = parent.tr("Change {name}").format(name=place.name)
        super().__init__(context, title, parent.tr("Keep"), "content-save", parent)
        self.place = place
        self.kind: Choices[PlaceKind] = Choices(
            {kind: self.tr(word) for kind, word in KINDS.items()}, self.tr("For"), self
        )
        self.light: Choices[Light] = Choices(
            {light: self.tr(word) for light, word in LIGHT.items()}, self.tr("Light"), self
        )
        self.profile: Choices[str] = Choices({key: one.name for key, one in PROFILES.items()}, self.tr("Limits"), self)
        self.lux = NumberField(self.tr("Light from so many lux on"), self, place.lux_limit, (10, 25, 50, 100))
        self.kind.choose(place.kind)
        self.light.choose(place.light)
        self.profile.choose(place.profile)
        self.add(self.tr("For"), self.kind)
        self.add(self.tr("Light"), self.light)
        self.line(self.tr("A closed cabinet is dark. Clear containers keep the policy's date only in the dark."))
        self.add(self.tr("Limits"), self.profile)
        self.add(self.lux.accessibleName(), self.lux)

    def start(self) -> QWidget:
        """Return what it is for."""
        return self.kind.first()

    def act(self) -> str:
        """Keep it."""
        text = self.lux.text().strip()
        if not (text.isascii() and text.isdigit()):
            raise Refused(self.tr("“{text}” is no number of lux. Give a whole number such as 10.").format(text=text))
        wanted = replace(
            self.place,
            kind=self.kind.value or self.place.kind,
            light=self.light.value or self.place.light,
            profile=self.profile.value or self.place.profile,
            lux_limit=int(text),
        )
        storage_places.change(self.context, wanted)
        return self.tr("{name} is kept.").format(name=self.place.name)
