"""A signature within a form: who signs, their PIN anew, and what it stands for (R8)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ldninv.domain.people import name_key
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning, may_sign, nobody_may
from ldninv.services import people, signing
from ldninv.services.context import Context
from ldninv.services.signing import Pen
from ldninv.ui import icons, theme
from ldninv.ui.acting.fields import Choices
from ldninv.ui.acting.pin_field import PinField


class Signature(QWidget):
    """Shown only where there are people; without them it asks nothing, and signs nothing."""

    def __init__(
        self, context: Context, meaning: Meaning, parent: QWidget, *, about: str = "", never: Iterable[str | None] = ()
    ) -> None:
        """Offer who may sign.

        Args:
            context: Here and now.
            meaning: What the signature says.
            parent: The form.
            about: The lot or other thing that it stands under.
            never: Names of those who cannot sign it, whatever they are: who made a batch does not release it.
        """
        super().__init__(parent)
        self._context = context
        self._meaning = meaning
        self.wrong = False
        """Whether the last refusal is about the signature."""
        self._barred = frozenset(name_key(name) for name in never if name)
        self.there = False
        """Whether there are people."""
        self.names: tuple[str, ...] = ()
        """Who may sign it."""
        self.who = self._choices()
        self.pin = PinField(self.tr("PIN of who signs"), self)
        self._about = about
        self.says = QLabel(self)
        self._lay_out()
        self.refresh()
        self.setVisible(self.there)

    def refresh(self) -> None:
        """Read again who may sign; what was chosen and typed stays while they are the same."""
        everybody, released_by = people.everybody(self._context), self._context.settings.released_by
        self.there = bool(everybody)
        names = tuple(
            each.name
            for each in everybody
            if not each.retired
            and may_sign(each.role, self._meaning, released_by)
            and name_key(each.name) not in self._barred
        )
        self.says.setText(self._says() if names else nobody_may(self._meaning))
        if names == self.names:
            return
        self.names = names
        old, self.who = self.who, self._choices()
        self._layout.replaceWidget(old, self.who)
        self._label.setBuddy(self.who)
        old.hide()
        old.deleteLater()
        self._choose()

    def pen(self) -> Pen | None:
        """Return who signs, with a PIN that was found right just now; None while there are no people.

        Raises:
            Refused: nobody is chosen, the PIN is wrong, or they cannot sign this.
        """
        self.wrong = False
        if not self.there:
            return None
        try:
            return self._proven()
        except Refused:
            self.wrong = True
            raise

    def mend(self) -> QWidget:
        """Return the field that a refusal of the signature points to."""
        return self.pin if self.who.value is not None or not self.names else self.who.first()

    def forget(self) -> None:
        """Forget the PIN."""
        self.pin.clear()

    def _proven(self) -> Pen:
        if not self.names:
            raise Refused(nobody_may(self._meaning))
        if self.who.value is None:
            raise Refused(self.tr("Who signs? Choose the name, and let them type their PIN."))
        pen = Pen(self.who.value, self.pin.pin())
        try:
            signing.signer(self._context, pen, self._meaning)
        except Refused:
            self.pin.clear()
            raise
        return pen

    def _says(self) -> str:
        about = self._about
        what = f"{self._meaning.words} {self.tr('of')} {about}" if about else self._meaning.words
        return self.tr("Signing {what}. Name, time and what was signed are kept.").format(what=what)

    def _choices(self) -> Choices[str]:
        who: Choices[str] = Choices({name: name for name in self.names}, self.tr("Who signs"), self)
        who.chosen.connect(self._chosen)
        return who

    def _choose(self) -> None:
        """Choose whoever is signed in, or the only one."""
        session = self._context.seat.session
        if session is not None and session.name in self.names:
            self.who.choose(session.name)
        elif len(self.names) == 1:
            self.who.choose(self.names[0])

    def _chosen(self) -> None:
        self.pin.clear()
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        picture = icons.Picture("draw-pen", self)
        self.says.setWordWrap(True)
        self.says.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout()
        line.setSpacing(theme.step(self, 1))
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.says, 1)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.step(self, 1), 0, theme.step(self, 2))
        layout.setSpacing(theme.step(self, 1))
        layout.addLayout(line)
        self._label = QLabel(self.who.accessibleName(), self)
        of_pin = QLabel(self.pin.accessibleName(), self)
        of_pin.setBuddy(self.pin)
        for part in (self._label, self.who, of_pin, self.pin):
            layout.addWidget(part)
