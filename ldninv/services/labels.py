"""Labels are made, read back before they are offered, written as files, and noted in the trail (R27, R31)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ldninv.domain import labels, standing, taking_back
from ldninv.domain.label_sizes import RESOLUTIONS, ROLLS, Sheet, Size, Symbol
from ldninv.domain.labels import Kind, Label
from ldninv.domain.lots import lot_key
from ldninv.domain.refusal import Refused
from ldninv.domain.scan import bare, parse
from ldninv.services import documents, people
from ldninv.services.batches import known
from ldninv.services.context import Change, Context
from ldninv.services.documents import Saved
from ldninv.services.files import is_folder
from ldninv.services.places import known_place
from ldninv.services.record import file_name
from ldninv.services.sign_in import working

if TYPE_CHECKING:
    from ldninv.paper.label_layout import Drawing
    from ldninv.paper.labels import LabelPaper

ACTION = "label"
"""What the trail calls a label that left the program."""

SUFFIXES = ("pdf", "png", "svg", "zpl")
"""The kinds of file a label can be written as."""

_NO_BATCHS = (Kind.PLACE, Kind.BADGE)

_BADGE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_BADGE_LENGTH = 12
"""As good as a password: nobody guesses one in thirty to the twelfth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A label as it is drawn, which was read back."""

    label: Label
    symbol: Symbol
    medium: Size | Sheet
    drawing: Drawing

    def paper(self, copies: int = 1, first: int = 1) -> LabelPaper:
        """Return it as pages, for print, preview and PDF alike; `first` is the first free label of a sheet.

        Raises:
            Refused: no such number of copies, or of a first label.
        """
        from ldninv.paper.labels import LabelPaper  # noqa: PLC0415 - Qt only where paper is asked for

        sheet = self.medium if isinstance(self.medium, Sheet) else None
        return LabelPaper(self.drawing, title=f"Label {self.label.subject}", copies=copies, sheet=sheet, first=first)


def label(context: Context, of: str, kind: Kind = Kind.BATCH, *, capsules: int | None = None) -> Label:
    """Return what stands on the label of a batch's lot, a place's name or a person's.

    Args:
        context: Who asks.
        of: The lot, or the scanned text; a place's name; a person's.
        kind: What the label is stuck on.
        capsules: How many are in the bottle, on a bottle's label.

    Raises:
        Refused: there is no such thing, no such label of it, the batch was taken back, or a scanner could not type its
            code.
    """
    if capsules is not None and (kind is not Kind.BOTTLE or capsules < 1):
        raise Refused(f"{capsules} capsules stand on the label of a bottle alone, 1 or more of them.")
    made = _label(context, of, kind, capsules)
    _refuse_misleading(context, made)
    return made


def make(
    label: Label, *, medium: Size | Sheet = ROLLS[0], symbol: Symbol = Symbol.QR, dots_per_inch: int = RESOLUTIONS[0]
) -> Made:
    """Draw a label for a printer, and read it back.

    Raises:
        Refused: it does not fit, or it cannot be read.
        Surroundings: Qt's libraries are missing.
    """
    from ldninv.paper import symbols  # noqa: PLC0415 - Qt only where paper is asked for
    from ldninv.paper.gui import ensure_gui  # noqa: PLC0415 - the same
    from ldninv.paper.label_layout import compose  # noqa: PLC0415 - the same
    from ldninv.paper.labels import picture  # noqa: PLC0415 - the same

    ensure_gui()
    size = medium.label if isinstance(medium, Sheet) else medium
    drawing = compose(label, symbol, size, dots_per_inch)
    if symbols.read(picture(drawing)) != ((symbols.IDENTIFIER[symbol], label.payload),):
        raise Refused(
            f"The {symbol.in_words} of {label.subject} could not be read back from a label of {size} mm at "
            f"{dots_per_inch} dots an inch. Choose a larger label, or another code."
        )
    return Made(label=label, symbol=symbol, medium=medium, drawing=drawing)


def save(context: Context, made: Made, target: Path, *, copies: int = 1, first: int = 1) -> Saved:
    """Write a label as pdf, png, svg or zpl by the name's ending, a PDF into a folder; the trail keeps its SHA-256.

    A person's badge holds from now on, and the one before no longer.

    Raises:
        Refused: no such kind of file, a picture of several labels, or a file is there that is none of ours.
        Surroundings: the place cannot be written.
    """
    target = target / f"label-{file_name(made.label.subject)}.pdf" if is_folder(target) else target
    content = _content(made, target, copies, first)
    documents.spare(context, target)
    _give_badge(context, made.label)
    saved = documents.write(
        context, content, target, action=ACTION, subject=made.label.subject, facts=_facts(made, copies)
    )
    return Saved(saved.file, (*made.label.notices, *saved.notices))


def hand_out(context: Context, made: Made) -> Change:
    """Let a person's badge hold before it is printed: what lies on the printer must never be one that opens nothing.

    Raises:
        SignInNeeded, Refused: who is signed in may not give it.
    """
    _give_badge(context, made.label)
    return Change.PEOPLE if made.label.kind is Kind.BADGE else Change.NOTHING


def printed(context: Context, made: Made, copies: int) -> Change:
    """Note that labels went to a printer."""
    with context.writing(signed_in=False) as work:
        work.trail.append(context.event(ACTION, made.label.subject, after=_facts(made, copies)))
    return Change.REPORTS


def _label(context: Context, of: str, kind: Kind, capsules: int | None) -> Label:
    with context.store.reading() as work:
        if kind is Kind.PLACE:
            return labels.place_label(known_place(work, of))
        if kind is Kind.BADGE:
            person = working(work, of)
            code = "".join(secrets.choice(_BADGE_SIGNS) for _ in range(_BADGE_LENGTH))
            return labels.badge_label(person.name, person.role, code)
        settings = work.preferences.read()
        kept = known(work, of)
        taking_back.refuse_taken_back(kept)
        now = standing.of(kept, context.today(), buffer=settings.buffer)
        warning = settings.label_warning
        match kind:
            case Kind.SHORT_DATED:
                return labels.short_dated_label(kept, now)
            case Kind.BOTTLE:
                return labels.bottle_label(kept, now, settings.pharmacy, warning=warning, capsules=capsules)
            case _:
                return labels.batch_label(kept, now, settings.pharmacy, warning=warning)


def _refuse_misleading(context: Context, made: Label) -> None:
    """Refuse a code that would be read as something else: what is printed comes back as it is, or is not printed."""
    read = parse(made.payload, context.today())
    as_itself = read.as_lot and bare(made.payload).error is None and lot_key(read.text) == lot_key(made.payload)
    with context.store.reading() as work:
        a_batchs = made.kind in _NO_BATCHS and work.batches.by_lot(made.payload) is not None
    if a_batchs or not as_itself:
        raise Refused(f"A scan of “{made.payload}” would be taken for something else. Give it another name.")


def _content(made: Made, target: Path, copies: int, first: int) -> bytes:
    from ldninv.paper import label_files  # noqa: PLC0415 - Qt only where paper is asked for
    from ldninv.paper import labels as on_paper  # noqa: PLC0415 - the same

    suffix = target.suffix.lower().removeprefix(".")
    if suffix not in SUFFIXES:
        raise Refused(f"“{target}” is no kind of file for a label. Let its name end in .{', .'.join(SUFFIXES)}.")
    paper = made.paper(copies, first)
    if suffix != "pdf" and paper.sheet is not None:
        raise Refused(f"A sheet of labels is a PDF, and not {suffix}. Let the name end in .pdf.")
    match suffix:
        case "pdf":
            return on_paper.pdf_bytes(paper)
        case "zpl":
            return label_files.zpl(made.drawing, copies).encode("ascii")
        case _ if copies > 1:
            raise Refused(f"A picture holds one label, and not {copies}. Write a PDF, or a ZPL file.")
        case "png":
            return label_files.png(made.drawing)
        case _:
            return label_files.svg(made.drawing, paper.title).encode()


def _facts(made: Made, copies: int) -> dict[str, object]:
    name = made.medium.name if isinstance(made.medium, Sheet) else str(made.medium)
    return {"kind": made.label.kind, "copies": copies, "size": name, "symbol": made.symbol}


def _give_badge(context: Context, made: Label) -> None:
    if made.kind is Kind.BADGE:
        people.set_badge(context, made.subject, made.payload)
