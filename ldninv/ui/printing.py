"""The system's dialog for choosing a printer, beside the window and never instead of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget


def ask_printer(parent: QWidget, printer: QPrinter, print_on: Callable[[QPrinter], object], pages: int = 0) -> None:
    """Ask on which printer, and call `print_on` with it once it is chosen.

    Args:
        parent: The widget that it stands before.
        printer: What is offered first, with title and page layout.
        print_on: What prints.
        pages: How many there are, where some of them can be chosen; 0 prints all.
    """
    dialog = QPrintDialog(printer, parent)
    if pages:
        dialog.setMinMax(1, pages)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: print_on(printer))
    QDialog.open(dialog)  # the form of `open` that QPrintDialog has itself wants a slot by its name
