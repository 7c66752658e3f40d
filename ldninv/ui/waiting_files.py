"""One line on the folder that is watched: how many loggers' files wait in it, or why it cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ldninv.domain.signs import Tone
from ldninv.ui import words
from ldninv.ui.calm import CalmLine


class WaitingFiles(CalmLine):
    """Hidden where nothing waits and the folder can be read."""

    files_asked = Signal()
    folder_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("tray-arrow-down", parent, Tone.LOOK)
        self.read = self.offer(self.tr("Read in…"), "tray-arrow-down", self.files_asked.emit)
        self.another = self.offer(self.tr("Watch another folder…"), "eye", self.folder_asked.emit)
        self.hide()

    def show_waiting(self, folder: Path | None, files: Sequence[Path], why: str = "") -> None:
        """Say what waits in `folder`, or `why` nobody knows."""
        self.setVisible(folder is not None and bool(files or why))
        self.read.setVisible(not why)
        self.another.setVisible(bool(why))
        if folder is None:
            return
        wait = words.counted(len(files), "logger’s file waits", "loggers’ files wait")
        told = self.tr("{files} in “{folder}”").format(files=wait, folder=folder.name or str(folder))
        self.say(why or told)
