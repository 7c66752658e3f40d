"""The Import page before there is a file: what may come in, and the ways to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ldninv.ui import words
from ldninv.ui.blank import Blank


class ChooseFile(Blank):
    """A file is chosen, dropped, or waits in the folder that is watched."""

    choose_asked = Signal()
    files_asked = Signal()
    folder_asked = Signal()
    folder_left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("file-table-outline", parent)
        self.say(
            self.tr("Choose the list you keep today"),
            self.tr(
                "A CSV, TSV or Excel file: a batch list, or what a data logger recorded. You can also drop it here.\n"
                "Nothing is written before you have seen it."
            ),
        )
        self.show_waiting(None, ())

    def show_waiting(self, folder: Path | None, files: Sequence[Path], why: str = "") -> None:
        """Offer the files that wait in the folder that is watched, or to watch one, also where it cannot be read."""
        self.clear_offers()
        if files:
            wait = words.counted(len(files), "file that waits", "files that wait")
            self.offer(self.tr("Read {files}").format(files=wait), "tray-arrow-down", self.files_asked.emit, large=True)
        self.offer(self.tr("Choose a file…"), "folder-open", self.choose_asked.emit, large=True)
        if folder is None or why:
            self.offer(self.tr("Watch a folder for loggers’ files…"), "eye", self.folder_asked.emit)
        if folder is not None:
            name = folder.name or str(folder)
            self.offer(self.tr("No longer watch {folder}").format(folder=name), "close", self.folder_left.emit)
