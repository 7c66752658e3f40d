"""Qt without a display: drawing needs an application, but no window and no screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from ldninv.domain.refusal import Surroundings

_kept: list[QGuiApplication] = []
"""What was made here; Qt ends it as soon as nobody holds it."""


def ensure_gui() -> QGuiApplication:
    """Return the running application, or one that draws off the screen.

    Whoever opens a window later in the same process makes its application first: a process has only one.

    Raises:
        Surroundings: an application runs that cannot draw.
    """
    running = QCoreApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    if running is not None:
        raise Surroundings(
            "Pages cannot be drawn here: the program was started without its drawing part. Start it again."
        )
    _kept.append(QGuiApplication(["ldninv", "-platform", "offscreen"]))
    return _kept[0]
