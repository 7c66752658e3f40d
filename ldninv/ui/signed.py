"""The signatures under a batch: who, when, what, and as icon, word and colour whether it was changed since."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ldninv.domain.signing import Meaning, in_words
from ldninv.domain.signs import Sign, Tone
from ldninv.services.signed import Signed
from ldninv.ui import theme
from ldninv.ui.card_parts import Said
from ldninv.ui.pill import Pill

_NOW = {
    True: Sign("Unchanged since", Tone.GOOD, "check-decagram"),
    False: Sign("CHANGED since", Tone.STOP, "alert-decagram"),
    None: Sign("Signed", Tone.QUIET, "draw-pen"),
}
_RECORD = {
    True: Sign("Record unchanged since", Tone.GOOD, "check-decagram"),
    False: Sign("Record CHANGED since", Tone.STOP, "alert-decagram"),
}
_TAKEN_BACK = Sign("Taken back since", Tone.LOOK, "undo")


def sign_of(signed: Signed) -> Sign:
    """Return the word for a signature, with its tone and icon."""
    if signed.taken_back is not None and signed.unchanged is not False:
        return _TAKEN_BACK
    if signed.signature.meaning is Meaning.RELEASED and signed.unchanged is not None:
        return _RECORD[signed.unchanged]
    return _NOW[signed.unchanged]


def _line(signed: Signed) -> str:
    """Return who signed what and when, and who took it back; the pill tells whether it was changed."""
    return in_words(signed.signature, taken_back=signed.taken_back)


class SignedLines(QWidget):
    """One line a signature, its pill below it; hidden where nobody signed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Signatures"))
        self._shown: tuple[Signed, ...] = ()
        self._parts: list[QWidget] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, theme.step(self, 1), 0, 0)
        self._rows.setSpacing(theme.step(self, 1))
        self.hide()

    @property
    def there(self) -> bool:
        """Whether anybody signed."""
        return bool(self._shown)

    @property
    def text(self) -> str:
        """What it says, line by line."""
        return "\n".join(f"{_line(each)}: {sign_of(each).word}" for each in self._shown)

    def show_signed(self, shown: Sequence[Signed]) -> None:
        """Show other signatures."""
        shown = tuple(shown)
        if shown == self._shown:
            return
        self._shown = shown
        while self._parts:
            old = self._parts.pop()
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        for each in shown:
            line, pill = Said(self), Pill(sign_of(each), self)
            line.say(_line(each))
            for part in (line, pill):
                self._rows.addWidget(part)
                self._parts.append(part)
                part.show()
        self.setAccessibleDescription(self.text)
        self.setVisible(bool(shown))
