"""Printers: which one is offered first, and the system's dialog that asks, beside the window, not instead of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget


class Prints(StrEnum):
    """What is printed; each remembers a printer of its own, by this name."""

    PAPERS = "papers/printer"
    """Reports, records, certificates, lists: on sheets."""
    LABELS = "labels/printer"


def remembered(memory: QSettings, prints: Prints, there: Sequence[str]) -> str:
    """Return the printer that was used last; empty where there was none, or it is not among those that are `there`."""
    last = str(memory.value(prints.value) or "")
    return last if last in there else ""


def remember(memory: QSettings, prints: Prints, name: str) -> None:
    """Offer a printer first from now on; a file, which has no name, leaves it as it was."""
    if name:
        memory.setValue(prints.value, name)


def usual_printer(memory: QSettings, prints: Prints) -> QPrinter:
    """Return the printer that was used last for such a thing, else the system's own choice."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    name = remembered(memory, prints, QPrinterInfo.availablePrinterNames())
    if name:
        printer.setPrinterName(name)
    return printer


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
