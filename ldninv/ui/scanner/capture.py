"""Takes scans out of the keys that come to the program's windows, whatever has the focus (R36).

It acts where a key enters a window, before any widget or shortcut sees it: a key that is held is as if it had not been
pressed yet, and is sent again, as it was, once it is known that a person typed it. It watches the windows that have
the keyboard and not the whole application, whose every event would have to come through here.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic_ns
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

from ldninv.domain.scan.plain import GS
from ldninv.ui.scanner.burst import Burst, Decision, Fate, Stroke

_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
_MEANWHILE = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.InputMethod})
"""What a person does after the keys that are held; those go first."""

_SILENT = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
"""Keys that do nothing by themselves; they pass at once, and say nothing of what comes with them."""

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TYPED_WITH = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
"""How Windows reports AltGr."""

_NO_LETTERS = 0x01000000
"""From here on Qt's keys are no characters."""

_LATE_MS = 15
"""A timer that is later than this found the window busy: keys may wait in line that came in time."""
_LOOK_MS, _LOOK_LATE_MS = 5, 40
"""How long such keys are waited for, where the window was free, and where it was busy."""


@runtime_checkable
class HearsKeys(Protocol):
    """A widget that shows what arrives while it has the focus, or something in it."""

    def hear_key(self, stroke: Stroke | None, decision: Decision) -> None:
        """Take note of a key and what becomes of it and those before it; None where only time passed."""


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    event: QKeyEvent
    window: QWindow
    focus: QObject | None
    """What had the focus when it came."""


class Capture(QObject):
    """Holds keys until it is known what they are."""

    scanned = Signal(str)
    """Carries what was scanned, without prefix and suffix."""
    doubted = Signal()
    """A scan may hold a key too many, and names something either way."""

    def __init__(self, application: QGuiApplication, burst: Burst, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._burst = burst
        self._held: list[_Held] = []
        self._sent: QKeyEvent | None = None
        self._taken: set[int] = set()
        self._focus: QObject | None = None
        self.led = False
        """Whether a person typed a key so shortly before the last scan that it came with it; it went on as typing."""
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._silent)
        self._since = QElapsedTimer()
        self._due = 0
        self._looking = False
        self._watching = True
        application.focusWindowChanged.connect(self._watch)
        self._watch(application.focusWindow())

    def settle(self, burst: Burst) -> None:
        """Go on with other settings."""
        self._burst.drop()
        self._let_go()
        self._burst = burst

    def leave(self) -> None:
        """Let every key through from now on."""
        self._burst.drop()
        self._let_go()
        if self._watching:
            self._watching = False
            self._application.focusWindowChanged.disconnect(self._watch)
        for window in self._application.allWindows():
            window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold, pass on or take a key."""
        kind = event.type()
        if kind in _KEYS and event is not self._sent and isinstance(watched, QWindow) and isinstance(event, QKeyEvent):
            if kind is QEvent.Type.ShortcutOverride:
                return self._before_shortcuts(event)
            if kind is QEvent.Type.KeyRelease:
                return self._released(watched, event)
            return self._pressed(watched, event)
        if self._held and kind in _MEANWHILE:
            self._burst.drop()
            self._let_go()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _before_shortcuts(self, event: QKeyEvent) -> bool:
        """Keep a key that may be a scanner's from the shortcuts; it meets them when it is sent again."""
        if event.key() in _SILENT:
            return False
        if not event.isAutoRepeat() and self._burst.keeps(stroke(event)):
            event.accept()
            return True
        if self._held:
            self._burst.drop()
            self._let_go()
        return False

    def _pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        key = event.key()
        if key in _SILENT:
            return False
        if event.isAutoRepeat():
            if key in self._taken:
                return True
            self._burst.drop()
            self._let_go()
            return False
        self._taken.discard(key)
        typed = stroke(event)
        kept = self._burst.keeps(typed)
        decision = self._burst.press(typed)
        self._tell(typed, decision)
        self._part(decision)
        if decision.fate is Fate.HOLD:
            self._hold(window, event)
        elif decision.fate is Fate.TAKE:
            self._taken.add(key)
        elif kept:  # its shortcut was kept from it: it has to come again
            self._hold(window, event)
            self._let_go()
        self._announce(decision)
        return decision.fate is not Fate.PASS or kept

    def _released(self, window: QWindow, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Alt:
            self._burst.code_over()
        if key in self._taken:
            if not event.isAutoRepeat():
                self._taken.discard(key)
            return True
        if any(each.event.key() == key for each in self._held):
            self._held.append(_Held(event.clone(), window, QGuiApplication.focusObject()))
            return True
        return False

    def _hold(self, window: QWindow, event: QKeyEvent) -> None:
        focus = QGuiApplication.focusObject()
        if focus is not None and focus is not self._focus:
            self._unwatch_focus()
            self._focus = focus
            focus.installEventFilter(self)
        self._held.append(_Held(event.clone(), window, focus))
        self._arm(self._burst.wait)

    def _part(self, decision: Decision) -> None:
        """Send on what a person typed, and let what was scanned go nowhere."""
        self.led = decision.lead > 0 and not decision.doubt
        if self.led:
            self._let_go_first(decision.lead)
        if decision.scan is not None:
            self._take()
        elif decision.replay:
            self._let_go()

    def _announce(self, decision: Decision) -> None:
        if decision.scan is not None:
            if decision.doubt:
                self.doubted.emit()
            else:
                self.scanned.emit(decision.scan)

    def _let_go_first(self, lead: int) -> None:
        """Send the first keys as they came; those after them stay held."""
        pressed = [each for each in self._held if each.event.type() is QEvent.Type.KeyPress]
        theirs, others = pressed[:lead], {each.event.key() for each in pressed[lead:]}
        let_go = {each.event.key() for each in theirs} - others
        first = [each for each in self._held if each in theirs or each.event.key() in let_go]
        rest = [each for each in self._held if each not in first]
        self._held = first
        self._let_go()
        self._held = rest

    def _take(self) -> None:
        """Let what is held go nowhere."""
        held, self._held = self._held, []
        self._stop()
        down = {each.event.key() for each in held if each.event.type() is QEvent.Type.KeyPress}
        self._taken |= down - {each.event.key() for each in held if each.event.type() is QEvent.Type.KeyRelease}

    def _let_go(self) -> None:
        """Send what is held as it came, to where the focus was."""
        held, self._held = self._held, []
        self._stop()
        now = QGuiApplication.focusObject()
        for each in held:
            moved = each.focus is not now and each.focus is not None and isValid(each.focus)
            window = QGuiApplication.focusWindow() or each.window
            to = each.focus if moved and each.focus is not None else window
            if isValid(to):
                self._sent = each.event
                QCoreApplication.sendEvent(to, each.event)
        self._sent = None

    def _stop(self) -> None:
        self._timer.stop()
        self._unwatch_focus()

    def _unwatch_focus(self) -> None:
        if self._focus is not None and isValid(self._focus):
            self._focus.removeEventFilter(self)
        self._focus = None

    def _arm(self, milliseconds: int, *, looking: bool = False) -> None:
        self._due = milliseconds
        self._looking = looking
        self._since.start()
        self._timer.start(milliseconds)

    def _silent(self) -> None:
        """Decide, as no key followed; where the window was busy, first look whether one did."""
        late = self._since.elapsed() - self._due > _LATE_MS
        if late or not self._looking:
            self._arm(_LOOK_LATE_MS if late else _LOOK_MS, looking=True)
            return
        decision = self._burst.silence()
        self._tell(None, decision)
        self._part(decision)
        self._announce(decision)

    def _tell(self, typed: Stroke | None, decision: Decision) -> None:
        each: QObject | None = QGuiApplication.focusObject()
        while each is not None and not isinstance(each, HearsKeys):
            each = each.parent()
        if each is not None:
            each.hear_key(typed, decision)


def stroke(event: QKeyEvent) -> Stroke:
    """Return what a key writes, and when it was pressed."""
    at = event.timestamp() or monotonic_ns() // 1_000_000
    key, held, text = event.key(), event.modifiers() & ~_TYPED_WITH, event.text()
    if key in _ENTER or key == Qt.Key.Key_Tab:
        plain = held == Qt.KeyboardModifier.NoModifier and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        return Stroke(at, ("\t" if key == Qt.Key.Key_Tab else "\r") if plain else "")
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    if held == control and (text == GS or key == Qt.Key.Key_BracketRight):
        return Stroke(at, GS)
    if held == control and key in {Qt.Key.Key_J, Qt.Key.Key_M}:
        return Stroke(at, "\n")
    if held == alt and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return Stroke(at, chr(key), code=True)
    if held in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.GroupSwitchModifier, _ALT_GR}:
        return Stroke(at, text)
    return Stroke(at, "", control=chr(key) if held == control and key < _NO_LETTERS else "")
