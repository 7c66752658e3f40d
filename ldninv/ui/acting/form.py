"""What every form is: its fields, what would come of it said live, Enter and Esc, and a refusal in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLayoutItem,
    QLineEdit,
    QWidget,
)

from ldninv.domain.ledger import Posted
from ldninv.domain.people import SignInNeeded
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.signing import Meaning
from ldninv.domain.signs import Tone
from ldninv.services import lookup
from ldninv.services.context import Change, Context
from ldninv.services.ledger import Done
from ldninv.ui.acting import words
from ldninv.ui.acting.actions import Action
from ldninv.ui.acting.entry import Entry, show_whole
from ldninv.ui.acting.signature import Signature
from ldninv.ui.buttons import ENTER
from ldninv.ui.overlay import next_outside

_TYPED_WITH = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a form."""

    text: str
    posted: tuple[Posted, ...]
    """The entries that were made, oldest first."""
    changed: Change
    tone: Tone = Tone.GOOD


class Form(Entry):
    """A title, fields below one another, and the two ways out."""

    acted = Signal(object)
    """Carries the `Outcome`."""
    told = Signal(object)
    """A refusal stands in it; carries what has to be in sight, the most important last."""
    advised = Signal(str)
    """What to do with keys that mean nothing here."""
    lot_asked = Signal(str)
    """The person wants to leave it for another batch."""

    def __init__(self, context: Context, action: Action, title: str, parent: QWidget) -> None:
        super().__init__(context, title, 1.2, (parent.tr(action.word), action.icon), parent)
        self.action = action
        self._stray = ""
        self.signature: Signature | None = None
        self.says = QLabel(self)
        """The line that says live what would come of it, in the forms that know."""
        self.says.setWordWrap(True)
        self.says.setTextFormat(Qt.TextFormat.PlainText)
        self.says.hide()
        self.fields.addWidget(self.banner)

    def order(self) -> None:
        """Walk by Tab through the fields from the top, and then to the two ways out."""
        ways = (self.enter, self.leave)
        fields = [each for each in self.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        here = self.window()  # the list that a choice drops down is a window of its own
        fields = sorted((each for each in fields if each not in ways and each.window() is here), key=self._row)
        for each in (*fields, *ways):
            if not isinstance(each, QLineEdit):
                each.installEventFilter(self)
        for one, other in pairwise((*fields, *ways)):
            QWidget.setTabOrder(one, other)

    def ask_signature(self, meaning: Meaning, about: str = "", *, never: Iterable[str | None] = ()) -> Signature:
        """Add the fields of a signature, which show where there are people."""
        self.signature = Signature(self.context, meaning, self, about=about, never=never)
        self.fields.addWidget(self.signature)
        return self.signature

    def act(self) -> Outcome:
        """Do it.

        Raises:
            Refused: the rules say no.
        """
        raise NotImplementedError

    def look(self) -> None:
        """Say anew what would come of it."""

    def say(self, text: str) -> None:
        """Say what would come of it, in place of what was refused before."""
        self.banner.clear()
        self.says.setText(text)
        self.says.setAccessibleName(text)
        self.says.show()

    def way_out(self) -> QWidget:
        """Return what a refusal stands before: what is to be mended, or what is offered instead."""
        return self.mend()

    def confirm(self) -> None:
        """Do it, and say so; a refusal stands in the form, and the focus where it can be mended."""
        self.banner.clear()
        if self.signature is not None:
            self.signature.wrong = False
        try:
            outcome = self.act()
        except SignInNeeded as why:
            self.banner.tell_error(why, self.confirm)
        except Refused as why:
            self.tell(why)
        except Surroundings as why:
            self.tell(why, self.confirm)
        else:
            self.acted.emit(outcome)

    def tell(self, why: Exception, again: Callable[[], None] | None = None, scanned: str = "") -> None:
        """Say why it was not done beside what can be mended, and put the focus there.

        A batch's lot that landed in the field, or was `scanned` elsewhere, is offered to be opened.
        """
        unsigned = self.signature if self.signature is not None and self.signature.wrong else None
        field, way_out = (self.mend(), self.way_out()) if unsigned is None else (unsigned.mend(), unsigned.mend())
        self.fields.removeWidget(self.banner)
        self.fields.insertWidget(self._row(way_out), self.banner)
        lot = self._lot_of(scanned or _text_of(field)) if isinstance(why, Refused) else None
        if lot is None:
            self.banner.tell_error(why, again)
        else:
            self.banner.tell(str(why), Tone.LOOK, [(words.opening(lot), lambda: self.lot_asked.emit(lot))])
        if self.says.text() == str(why):
            self.says.hide()
        self.order()
        self.point_to(field)
        self.told.emit((self.leave, way_out, field, self.banner))

    def offer(self, lot: str) -> None:
        """Offer to leave it for a batch that was scanned meanwhile; what was typed and the cursor stay."""
        says = self.tr("Batch {lot} was scanned. What you typed here stays until you leave the form.").format(lot=lot)
        self.banner.tell(says, Tone.LOOK, [(words.opening(lot), lambda: self.lot_asked.emit(lot))])
        self.told.emit((self.banner,))

    def point_to(self, field: QWidget) -> None:
        """Put the focus into a field, with what stands there selected."""
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        show_whole(field)
        field = field.focusProxy() or field
        if isinstance(field, QLineEdit):
            field.selectAll()

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Go on behind the form from its last button: by the proxies of its fields, Qt would go round in it."""
        if not following or not self.leave.hasFocus():
            return super().focusNextPrevChild(following)
        after = next_outside(self, self.leave)
        if after is not None:
            after.setFocus(Qt.FocusReason.TabFocusReason)
        return after is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is typed where there is no field: it must not leave the form, nor its Enter press a button."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._typed_astray(event)
        if event.type() is QEvent.Type.FocusOut:
            self._stray = ""
        return super().eventFilter(watched, event)

    def _typed_astray(self, event: QKeyEvent) -> bool:
        if event.key() in ENTER and self._stray:
            text, self._stray = self._stray, ""
            self.tell(Refused(words.astray(text)), scanned=text)
            return True
        text = event.text()
        if event.modifiers() & ~_TYPED_WITH or not text.isprintable() or not (text.strip() or (text and self._stray)):
            return False
        self._stray += text
        self.advised.emit(self.tr("Nothing is typed on a button. Tab goes to the next field."))
        return True

    def _lot_of(self, text: str) -> str | None:
        """Return the lot of the batch that a text names, whole; None where it names none."""
        with suppress(Surroundings):
            found = lookup.scan(self.context, text).card if text.strip() else None
            return None if found is None else found.kept.batch.lot
        return None

    def _row(self, field: QWidget) -> int:
        """Return where in the column a field begins: at its name."""
        rows = range(self.fields.count())
        return next((row for row in rows if _holds(self.fields.itemAt(row), field)), len(rows))


def outcome_of(done: Done) -> Outcome:
    """Return the outcome of a verb."""
    return Outcome(" ".join((words.done(done.posted), *done.notices)), (done.posted,), done.changed)


def typed(form: QWidget) -> tuple[object, ...]:
    """Return what a person put into the fields of a form, to be compared with what stood there before."""
    texts = [each.text() for each in form.findChildren(QLineEdit)]
    return (*texts, *(each.isChecked() for each in form.findChildren(QAbstractButton) if each.isCheckable()))


def _text_of(field: QWidget) -> str:
    field = field.focusProxy() or field
    seen = isinstance(field, QLineEdit) and field.echoMode() is QLineEdit.EchoMode.Normal
    return field.text() if isinstance(field, QLineEdit) and seen else ""


def _holds(item: QLayoutItem | None, field: QWidget) -> bool:
    """Whether an item is a field, has it inside, or is its name."""
    widget, layout = (None, None) if item is None else (item.widget(), item.layout())
    if isinstance(widget, QLabel):
        widget = widget.buddy() or widget
    if layout is not None:
        return any(_holds(layout.itemAt(number), field) for number in range(layout.count()))
    return widget is not None and (widget is field or widget.isAncestorOf(field))
