"""The Import page before there is a file: what may come in, and the ways to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ldninv.ui import words
from ldninv.ui.blank import Blank

KINDS = ("csv", "tsv", "txt", "xlsx")
"""Endings of the files that batch lists come in."""


class ChooseFile(Blank):
    """A file is chosen, dropped, or waits in the folder that is watched."""

    chosen = Signal(object)
    """Carries the paths of files that were chosen in a dialog."""
    files_asked = Signal()
    folder_asked = Signal()
    folder_left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("file-table-outline", parent)
        self.say(
            self.tr("Choose a batch list, or a logger’s file"),
            self.tr("CSV, TSV, TXT or Excel; you can also drop it here.\nNothing is written before you have seen it."),
        )
        self.show_waiting(None, ())

    def show_waiting(self, folder: Path | None, files: Sequence[Path], why: str = "") -> None:
        """Offer the files that wait in the folder that is watched, or to watch one, also where it cannot be read.

        Files arrive at any time: the keyboard stays at the button that it was at, or at the first.
        """
        held = next((each.text() for each in self.offers if each.hasFocus()), None)
        self.clear_offers()
        self._offer(folder, files, why)
        if held is not None:
            same = next((each for each in self.offers if each.text() == held), self.offers[0])
            same.show()  # a layout shows it later, and what is hidden takes no focus
            same.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, folder: Path | None, files: Sequence[Path], why: str) -> None:
        if files:
            wait = words.counted(len(files), "file that waits", "files that wait")
            self.offer(self.tr("Read {files}").format(files=wait), "tray-arrow-down", self.files_asked.emit, large=True)
        self.offer(self.tr("Choose a file…"), "folder-open", self.ask_for_file, large=True)
        if folder is None or why:
            self.offer(self.tr("Watch a folder for loggers’ files…"), "eye", self.folder_asked.emit)
        if folder is not None:
            name = folder.name or str(folder)
            self.offer(self.tr("No longer watch “{folder}”").format(folder=name), "close", self.folder_left.emit)

    def ask_for_file(self) -> None:
        """Let the person choose files."""
        endings = " ".join(f"*.{kind}" for kind in KINDS)
        dialog = QFileDialog(self, self.tr("Choose a batch list or a logger's file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [self.tr("Lists and loggers' files ({endings})").format(endings=endings), self.tr("All files (*)")]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.chosen.emit([Path(name) for name in names]))
        dialog.open()
