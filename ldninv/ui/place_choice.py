"""The place where something new stands, to choose or to scan."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from ldninv.domain.places import Place, PlaceKind, scanned_place


class PlaceChoice(QComboBox):
    """The pharmacy's places, or none yet; where nothing was chosen, the one for what is in quarantine."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.places: Sequence[Place] = ()

    @property
    def chosen(self) -> Place | None:
        """The place that is chosen; None where it stands nowhere yet."""
        return self.places[self.currentIndex() - 1] if self.currentIndex() > 0 else None

    def offer(self, places: Sequence[Place]) -> None:
        """Offer places, keeping the one that was chosen where it is still there."""
        chosen = self.currentText()
        self.places = places
        self.clear()
        self.addItems([self.tr("None yet"), *(each.name for each in places)])
        self._choose_named(chosen)

    def begin(self) -> None:
        """Choose where a new batch waits for its release."""
        self._choose_named("")

    def choose(self, place: Place | None) -> None:
        """Choose one of those that are offered, or none."""
        self.setCurrentIndex(0 if place is None else self.places.index(place) + 1)

    def choose_scanned(self, text: str) -> str | None:
        """Choose the place whose name was scanned, and return its name; None where it is no place."""
        place = scanned_place(text, self.places)
        if place is None:
            return None
        self.choose(place)
        return place.name

    def _choose_named(self, name: str) -> None:
        """Choose the place of that name, else the quarantine place, else none."""
        named = [each for each in self.places if each.name == name]
        waiting = [each for each in self.places if each.kind is PlaceKind.QUARANTINE]
        self.choose(next(iter([*named, *waiting]), None))
