"""Papers on upright sheets: made with the pharmacy's name and the trail's head, written as PDF, noted in the trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ldninv.db import Transaction
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.reports.document import Document, Maker
from ldninv.services.context import Change, Context
from ldninv.services.files import digest_of, is_file, sha256, write_file

if TYPE_CHECKING:
    from ldninv.paper.document import DocumentPaper
    from ldninv.paper.page import PageSize


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that was written, and what a person should know of it."""

    file: Path
    notices: tuple[str, ...] = ()
    changed: Change = Change.REPORTS


def maker(context: Context, work: Transaction) -> Maker:
    """Return who makes a paper here and now, for which pharmacy, and how far the trail goes."""
    return Maker(work.preferences.read().pharmacy.strip(), context.user, context.now(), work.trail.head())


def paper(made: Document, page: PageSize | None = None) -> DocumentPaper:
    """Return a paper as pages, for print, preview and PDF alike."""
    from ldninv.paper.document import DocumentPaper  # noqa: PLC0415 - Qt only where paper is asked for
    from ldninv.paper.page import usual_sheet  # noqa: PLC0415 - the same

    return DocumentPaper(made, page or usual_sheet())


def save(context: Context, made: Document, target: Path, *, action: str, subject: str) -> Saved:
    """Write a paper as a PDF; the trail keeps the file's SHA-256.

    A database that cannot be written gives its paper all the same, with a notice.

    Raises:
        Refused: its name is no PDF's, or a file is there that is no paper of this database.
        Surroundings: the place cannot be written, or Qt's libraries are missing.
    """
    if target.suffix.lower() != ".pdf":
        raise Refused(f"“{target}” is no PDF. Let its name end in .pdf.")
    spare(context, target)
    from ldninv.paper.output import pdf_bytes  # noqa: PLC0415 - Qt only where paper is asked for

    return write(context, pdf_bytes(paper(made)), target, action=action, subject=subject)


def write(
    context: Context,
    content: bytes,
    target: Path,
    *,
    action: str,
    subject: str,
    facts: Mapping[str, object] | None = None,
) -> Saved:
    """Write a file that was made of the database, and note it in the trail with what else is to be known of it."""
    write_file(target, content)
    try:
        with context.writing(signed_in=False) as work:
            after = {**(facts or {}), "files": {target.name: sha256(content)}}
            work.trail.append(context.event(action, subject, after=after))
    except Surroundings as unkept:
        return Saved(target, (f"{target.name} was written, but not noted in the trail. {unkept}",))
    return Saved(target)


def printed(context: Context, title: str, *, action: str, subject: str) -> Change:
    """Note in the trail that a paper was sent to a printer."""
    with context.writing(signed_in=False) as work:
        work.trail.append(context.event(action, subject, after={"printed": title}))
    return Change.REPORTS


def spare(context: Context, target: Path) -> None:
    """Refuse to write over a file that the trail does not know: it may be somebody's only copy of something else."""
    if not is_file(target):
        return
    digest = digest_of(target)
    with context.store.reading() as work:
        if not work.trail.tells_of(digest):
            raise Refused(f"{target} is there already, and is no paper of this database. Choose another name.")
