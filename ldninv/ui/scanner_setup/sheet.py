"""The known codes on paper, for scanners that do not read screens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from ldninv.domain.refusal import Refused
from ldninv.paper.known_codes import TITLE, KnownCodes, Shown
from ldninv.paper.output import pdf_bytes
from ldninv.services.context import Change
from ldninv.services.documents import Saved
from ldninv.services.files import write_file
from ldninv.ui.paper_panel import Printable
from ldninv.ui.scanner.known import KNOWN, Known


def shown(known: Known) -> Shown:
    """Return a known code as it is drawn."""
    return Shown(known.name, known.text, known.spelled, known.parts)


def sheet(widget: QWidget) -> Printable:
    """Return the sheet of the known codes."""
    lines = [
        widget.tr(
            "In ldninv, open Settings, Scanner, “Set up the scanner…”, and scan these codes one after the other."
        ),
        widget.tr("Of each code scan the square, or the bars where your scanner reads only bars."),
    ]

    def made() -> KnownCodes:
        return KnownCodes([shown(each) for each in KNOWN], lines)

    return Printable(
        title=widget.tr(TITLE),
        file="scanner-codes.pdf",
        paper=made,
        save=lambda path: _saved(made(), path),
        printed=lambda: Change.NOTHING,
    )


def _saved(paper: KnownCodes, path: Path) -> Saved:
    """Write the sheet as a PDF.

    Raises:
        Refused: its name is no PDF's.
        Surroundings: the place cannot be written.
    """
    if path.suffix.lower() != ".pdf":
        raise Refused(f"“{path}” is no PDF. Let its name end in .pdf.")
    write_file(path, pdf_bytes(paper))
    return Saved(path, changed=Change.NOTHING)
