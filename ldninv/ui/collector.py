"""Python's collector of cycles, put to work only where the window's loop rests."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

_HAND_OVER = 0.001
"""Seconds after which a job lets the window go on that waits for it; usual are five, many times for one painting."""

_EVERY = 1000
"""Milliseconds between two looks for what is due."""

_OLDER = 60
"""Looks between two collections of what came since everything was last looked through."""

_ALL = 10
"""Every how many of those go through everything: that stops the window for a moment."""


class Collector:
    """Destroys what Python forgot in the window's thread, between two of its events, and never elsewhere.

    By itself it works on whatever thread allocates next and in the midst of whatever Qt does there. On a thread that
    plays a sound or reads a scanner it would destroy widgets that belong to the window's, and while Qt tells every
    widget of new colours, one of those; the program would crash now and then.
    """

    def __init__(self) -> None:
        self._held = 0
        self._was_on = False
        self._between = False
        self._usual = sys.getswitchinterval()
        self._looks = 0

    @contextmanager
    def between_events(self, loop: QObject) -> Iterator[None]:
        """Collect only from a timer of `loop`."""
        gc.disable()
        gc.freeze()
        self._between = True
        timer = QTimer(loop, interval=_EVERY)
        timer.timeout.connect(self.look)
        timer.start()
        try:
            yield
        finally:
            timer.stop()
            self._between = False
            gc.unfreeze()
            gc.enable()

    def look(self) -> None:
        """Collect what is due; nothing while it is held."""
        if self._held:
            return
        self._looks += 1
        if self._looks % (_OLDER * _ALL) == 0:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        elif self._looks % _OLDER == 0:
            gc.collect()
        elif gc.get_count()[0] >= gc.get_threshold()[0]:
            gc.collect(1)

    def hold(self) -> None:
        """Keep it still until `release`; may be called again meanwhile."""
        if self._held == 0:
            self._was_on = gc.isenabled()
            gc.disable()
            self._usual = sys.getswitchinterval()
            sys.setswitchinterval(_HAND_OVER)
        self._held += 1

    def release(self) -> None:
        """Let it work again once everybody who held it has released it.

        What was made meanwhile counts as old: looking through all of it at once would stop the window for a moment.
        """
        self._held -= 1
        if self._held:
            return
        sys.setswitchinterval(self._usual)
        gc.freeze()
        if not self._between:
            gc.unfreeze()
        if self._was_on:
            gc.enable()


COLLECTOR = Collector()
"""One a process, as the collector itself is."""
