"""One component of a new batch: its fields, and that what stands beside a lot belongs to that lot alone (R1, R30)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QToolButton, QWidget

from ldninv.domain.lots import lot_key
from ldninv.ui.acting.fields import Field
from ldninv.ui.draft import Part
from ldninv.ui.lot_field import LotField

_BESIDE = {"expires": "expiry", "supplier": "supplier", "amount": "amount"}
"""What belongs to a lot, and goes with it."""


class ComponentLine:
    """Takes away what stands beside a lot as soon as another lot stands there, and brings it back with the lot."""

    def __init__(self, lot: LotField, fields: Mapping[str, Field], remove: QToolButton) -> None:
        """Begin with fields that are filled in: what stands beside the lot is the lot's."""
        self.lot, self.fields, self.remove = lot, fields, remove
        self._before, self._aside = lot.text().strip(), dict[str, str]()
        self.taken = False
        """Whether a person scanned or typed the lot that stands there."""
        lot.textChanged.connect(self._follow)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """What stands in the line, from the left."""
        return (*self.fields.values(), self.remove)

    @property
    def part(self) -> Part:
        """What stands in the fields."""
        return Part(**{key: field.text() for key, field in self.fields.items()})

    @property
    def name(self) -> str:
        """What the component is called."""
        return self.fields["name"].text().strip()

    @property
    def changed(self) -> bool:
        """Whether another lot stands there than the one that was taken last."""
        return lot_key(self.lot.text()) != lot_key(self._before)

    @property
    def bereft(self) -> bool:
        """Whether something was taken away with the lot that stood there."""
        return self.changed and bool(self._aside) and bool(self.lot.text().strip())

    def take(self) -> tuple[str, str]:
        """Take the lot that stands there; return the one before, and what went with it, in words."""
        went, before = ", ".join(_BESIDE[key] for key in self._aside), self._before
        self._before, self._aside, self.taken = self.lot.text().strip(), {}, True
        return before, went

    def show_taken(self, part: Part) -> None:
        """Show what a person took before."""
        self.lot.setText(part.lot)
        self.take()
        for key in ("lot", *_BESIDE):
            self.say(key, getattr(part, key))

    def say(self, key: str, text: str) -> None:
        """Show a text from its beginning."""
        self.fields[key].setText(text)
        self.fields[key].setCursorPosition(0)

    def _follow(self) -> None:
        if not self._before:
            return
        if self.changed and not self._aside:
            self._aside = {key: self.fields[key].text() for key in _BESIDE if self.fields[key].text().strip()}
            for key in self._aside:
                self.fields[key].clear()
        elif not self.changed:
            for key, text in self._aside.items():
                self.fields[key].setText(self.fields[key].text() or text)
            self._aside = {}
