"""How a write that takes a PIN comes to it, from wherever in the window it was asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ldninv.domain.people import SignInNeeded
from ldninv.services.context import Context


class Asks(QObject):
    """A child of the window that can ask for name and PIN."""

    def ask(self, why: SignInNeeded | None = None, then: Callable[[], None] | None = None) -> None:
        """Ask, and go on with `then` once somebody is signed in."""
        raise NotImplementedError


def ask(widget: QWidget, why: SignInNeeded, then: Callable[[], None] | None = None) -> bool:
    """Ask in the window of `widget`, and go on with the very write that was asked for while the widget is there.

    Returns:
        Whether there is somebody to ask: a widget on its own has no window that could.
    """
    door = widget.window().findChild(Asks, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if not isinstance(door, Asks):
        return False

    def go_on() -> None:
        if then is not None and isValid(widget):
            then()

    door.ask(why, go_on)
    return True


def admitted(context: Context) -> None:
    """Let a piece of work begin whose single writes could not ask.

    Raises:
        SignInNeeded: somebody has to sign in first.
    """
    needed = context.sign_in_needed()
    if needed is not None:
        raise needed
