"""The formats a list may come in, and the foreign ones that are named when they are refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ldninv.domain.refusal import Refused
from ldninv.importers import tables, workbooks
from ldninv.importers.sheets import Sheet

LARGEST = 32_000_000
"""Bytes; a list of a hundred thousand batches takes a quarter of it."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that can be read."""

    fits: Callable[[bytes], bool]
    """Whether a file's bytes are of this kind."""
    sheets: Callable[[str, bytes], Sequence[Sheet]]
    """Its tables, given its name for messages and its bytes."""


FORMATS = (
    Format(workbooks.fits, workbooks.sheets),
    Format(tables.fits, tables.sheets),
)
"""The first that fits is taken; the last takes any text."""

SAVE_AS = "Save the list as CSV or XLSX and import that."

_FOREIGN = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"SQLite format 3\x00", "a database"),
    (b"PK", "a ZIP archive, or a document that is no XLSX workbook"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"{\\rtf", "a text document"),
    (b"{", "a JSON document"),
    (b"[", "a JSON document"),
    (b"<", "a web page or XML document"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person means to import, in the words of messages."""

    noun: str
    """Such as “batch list”."""
    way_out: str
    """What to do with a file that is something else."""
    holds: str = "list"
    """What the right file holds."""
    largest: int = LARGEST
    """Bytes."""


BATCH_LIST = Wanted("batch list", SAVE_AS)


def refuse_size(name: str, size: int, wanted: Wanted = BATCH_LIST) -> None:
    """Refuse a file of more bytes than any of its kind has; fit to be asked before it is read.

    Raises:
        Refused: it is too large.
    """
    if size > wanted.largest:
        raise Refused(
            f"{name} is larger than {wanted.largest // 1_000_000} MB, too large for a {wanted.noun}. "
            "Split it and import the parts."
        )


def opened(name: str, content: bytes) -> Sequence[Sheet]:
    """Return the tables of a file.

    Raises:
        Refused: it is empty, too large, locked with a password, or of a format that is not read here.
    """
    refuse_unreadable(name, content, BATCH_LIST)
    for known in FORMATS:
        if known.fits(content):
            return known.sheets(name, content)
    raise foreign(name, content, BATCH_LIST)


def refuse_unreadable(name: str, content: bytes, wanted: Wanted) -> None:
    """Refuse a file that is empty, too large, or an Office document that only its program opens.

    Raises:
        Refused: it is one of these.
    """
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise Refused(f"{name} is empty. Choose the file that holds the {wanted.holds}.")
    refuse_size(name, len(content), wanted)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise Refused(f"{name} is locked with a password. Save it without one and import that.")
        raise Refused(f"{name} is an old Excel or Office document. {wanted.way_out}")


def foreign(name: str, content: bytes, wanted: Wanted) -> Refused:
    """Return the refusal of a file that is something else, with what it is."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    what = next((what for magic, what in _FOREIGN if start.startswith(magic)), "no table of text")
    return Refused(f"{name} is {what}, not a {wanted.noun}. {wanted.way_out}")
