"""The system's dialog for where a file goes, beside the window and never instead of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(
    parent: QWidget, title: str, name: str, kinds: Mapping[str, str], save_as: Callable[[Path], object]
) -> None:
    """Ask under which name to save something, and call `save_as` with it once it is chosen.

    Args:
        parent: The widget that it stands before.
        title: What is saved.
        name: The file's name that is offered.
        kinds: What can be written: each ending, without its dot, and what it is called; the first is offered.
        save_as: What writes the file.
    """
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    filters = {f"{called} (*.{suffix})": suffix for suffix, called in kinds.items()}
    dialog.setNameFilters(list(filters))
    dialog.setDefaultSuffix(next(iter(kinds)))
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(filters[chosen]))
    dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: save_as(Path(chosen)))
    dialog.open()
