"""Tables in plain text: CSV, TSV and their relatives, whatever their encoding and separator."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ldninv.domain.progress import Progress
from ldninv.domain.refusal import Refused
from ldninv.importers import headers
from ldninv.importers.sheets import Line

DELIMITERS = ",;\t|"
LONGEST_CELL = 131_072
"""Characters; the limit of the csv module, which a quotation mark that is never closed soon meets."""

_SAMPLE = 64
"""Lines from which encoding and separator are judged."""
_STRIDE = 5000
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MARKS_WITHIN = ("\ufeff", "\xef\xbb\xbf", "\xff\xfe", "\xfe\xff", "\ufffe", "\u0a00")
"""What a byte order mark becomes inside a text, or in UTF-16 the end of a line whose bytes are in the other order; its
bytes are no words in cp1252."""
_ROW_BYTES = b"0123456789,.:-/; "
_PAIRED = re.compile("[" + "".join(chr(one << 8 | other) for one in _ROW_BYTES for other in _ROW_BYTES) + "]{4}")
"""What rows of 8-bit text become where they are read as UTF-16."""
_MOSTLY = 0.4
"""Share of NULs in every second byte from which a text is taken for UTF-16."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
STATED = re.compile(r"sep=([,;\t|])\r?\n?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """A text that was decoded, and the separator of its cells."""

    name: str
    text: str
    delimiter: str
    skipped: int = 0
    """Lines before the text that only state the separator."""
    title: str = ""
    ragged: bool = True

    def lines(self, limit: int | None, progress: Progress) -> list[Line]:
        """Return the lines that hold anything; see `Sheet`."""
        found: list[Line] = []
        for line, cells in _records(self):
            if limit is not None and line > limit:
                break
            if any(cells) and any(map(str.strip, cells)):
                found.append((line, cells))
            if line % _STRIDE == 0:
                progress(line, 0)
        return found


def fits(content: bytes) -> bool:
    """Whether the bytes are text that could be a table."""
    text = decoded(content)
    return text is not None and not CONTROL.search(text) and not text.lstrip().startswith(("%PDF", "{", "[", "<"))


def sheets(name: str, content: bytes) -> Sequence[Table]:
    """Return the one table of a text file.

    Raises:
        Refused: two files were joined in it.
    """
    text = decoded(content) or ""
    refuse_joined(name, text)
    stated = STATED.match(text)
    if stated is not None:
        return (Table(name, text[stated.end() :], stated[1], skipped=1),)
    return (Table(name, text, _delimiter(text)),)


def refuse_joined(name: str, text: str) -> None:
    """Refuse a text in which a file begins below another: each may be in an encoding of its own.

    Raises:
        Refused: a byte order mark stands in it, where only a file's beginning has one, or what follows on its last line
            is in another encoding.
    """
    paired = _PAIRED.search(text, text.rfind("\n") + 1)
    begins = [at for mark in _MARKS_WITHIN if (at := text.find(mark, 1)) > 0]
    if begins or paired is not None:
        at = min([*begins, *([paired.start()] if paired is not None else [])])
        line = text.count("\n", 0, at) + 1
        raise Refused(
            f"{name}: two files were joined in it; the second begins on line {line}. Import each as a file of its own."
        )


def decoded(content: bytes) -> str | None:
    """Return the text by its byte order mark, its NULs, as UTF-8 or as cp1252; None where it is none.

    Without a mark it is UTF-16 only if its first character shows it: in what was joined below another file, NULs may
    be as many.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    head = content[:4096]
    paired = len(head) > 1 and (head[0] == 0) != (head[1] == 0) and max(head[:2]) < 0x80  # noqa: PLR2004 - ASCII
    if paired and head.count(0) > len(head) * _MOSTLY / 2:
        first, second = head[0::2].count(0), head[1::2].count(0)
        return _strictly(content, "utf-16-le" if second > first else "utf-16-be")
    text = _strictly(content, "utf-8")
    return _strictly(content, "cp1252") if text is None else text


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text.rstrip("\x1a")  # DOS programs end a text with it


def _delimiter(text: str) -> str:
    """Return the separator under which the header is understood best, else the most regular one."""
    sample = "".join(islice(io.StringIO(text[:LONGEST_CELL], newline=""), _SAMPLE))

    def merit(delimiter: str) -> tuple[int, int]:
        rows = [(0, cells) for cells in _sample_rows(sample, delimiter)]
        header = headers.find(rows)
        widths = Counter(len(cells) for _, cells in rows if len(cells) > 1)
        return (len(header.columns) if header else 0, widths.most_common(1)[0][1] if widths else 0)

    return max(DELIMITERS, key=merit)


def _sample_rows(sample: str, delimiter: str) -> list[list[str]]:
    try:
        return [
            row
            for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, skipinitialspace=True)
            if row
        ]
    except csv.Error:
        return []


def _records(table: Table) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the number of its first line in the file."""
    reader = csv.reader(
        io.StringIO(table.text, newline=""),
        delimiter=table.delimiter,
        skipinitialspace=table.delimiter != "\t",
        strict=True,
    )
    line = table.skipped + 1
    try:
        for cells in reader:
            yield line, cells
            line = table.skipped + reader.line_num + 1
    except csv.Error:
        raise Refused(
            f"{table.name}, line {line}: a quotation mark opens or closes at the wrong place, so the lines after it "
            "cannot be told apart. Correct it there and import the file again."
        ) from None
