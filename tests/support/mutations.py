"""Logger files spoilt as people, programs and disks spoil them, each with what may still be read of it."""

from __future__ import annotations

import csv
import io
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import DailyRecord, LoggerFile
from ldninv.importers import loggers
from shifted_rows import Parted, cells_lost, cells_too_many, first_times_spoilt, headings_shifted

ANYTHING, PART, TOLD, SAME = "anything", "part", "told", "same"
"""What a spoilt file may give where it is not refused: whatever it says; some of the readings; some, each
other one told; all of them."""

Lines = list[str]


@dataclass(frozen=True)
class Spoilt:
    """A file that was spoilt."""

    kind: str
    content: bytes
    law: str


def decoded(content: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le")):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def cut_anywhere(rng: random.Random, content: bytes) -> Spoilt:
    return Spoilt("cut", content[: rng.randrange(len(content))], PART)


def cut_at_the_top(rng: random.Random, content: bytes) -> Spoilt:
    return Spoilt("cut at the top", content[rng.randrange(len(content)) :], PART)


def by_lines(kind: str, law: str, change: Callable[[random.Random, Lines], Lines | None]):
    def spoil(rng: random.Random, content: bytes) -> Spoilt | None:
        lines = decoded(content).splitlines(keepends=True)
        changed = change(rng, lines)
        return None if changed is None else Spoilt(kind, "".join(changed).encode("utf-8"), law)

    return spoil


def without_some(rng: random.Random, lines: Lines) -> Lines:
    return [line for line in lines if rng.random() > 0.1]


def with_blanks(rng: random.Random, lines: Lines) -> Lines:
    return [each for line in lines for each in ((line, "\n") if rng.random() < 0.1 else (line,))]


def with_garbage(rng: random.Random, lines: Lines) -> Lines:
    at = rng.randrange(len(lines))
    return [*lines[:at], rng.choice(["#####\n", "Page 2 of 7\n", ",,,\n", "x,y,z\n", "-;-;-\n"]), *lines[at:]]


def shuffled(rng: random.Random, lines: Lines) -> Lines:
    body = lines[len(lines) // 2 :]
    rng.shuffle(body)
    return lines[: len(lines) // 2] + body


def doubled(rng: random.Random, lines: Lines) -> Lines:
    at = rng.randrange(len(lines))
    return [*lines[: at + 1], lines[at], *lines[at + 1 :]]


def appended_again(_rng: random.Random, lines: Lines) -> Lines:
    return lines + lines


def other_line_ends(rng: random.Random, lines: Lines) -> Lines:
    return [line.rstrip("\r\n") + rng.choice(["\n", "\r\n"]) for line in lines]


def zone_shifted(rng: random.Random, lines: Lines) -> Lines | None:
    text = "".join(lines)
    changed = re.sub(r"GMT ?[+-]\d\d:\d\d", lambda _: f"GMT{rng.choice('+-')}{rng.randrange(13):02d}:00", text)
    return None if changed == text else [changed]


_DATE = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{2,4})(?!\d)")


def orders_mixed(rng: random.Random, lines: Lines) -> Lines | None:
    """Write the dates from some line on with day and month changed, as a program set to another country does."""
    start = rng.randrange(len(lines))
    changed = [*lines[:start], *(_DATE.sub(r"\3\2\1\2\4", line) for line in lines[start:])]
    return None if changed == lines else changed


def marks_lost(_rng: random.Random, lines: Lines) -> Lines | None:
    changed = [re.sub(r" ?[AP]M\b", "", line) for line in lines]
    return None if changed == lines else changed


def unit_lost(_rng: random.Random, lines: Lines) -> Lines | None:
    changed = [line.replace("°F", "").replace("°C", "").replace("*F", "") for line in lines]
    return None if changed == lines else changed


def columns_swapped(rng: random.Random, content: bytes) -> Spoilt | None:
    """Change the order of columns, headings and cells alike."""
    text = decoded(content)
    delimiter = max(",;\t", key=text.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    wide = max(map(len, rows))
    table = [row for row in rows if len([cell for cell in row if cell.strip()]) > 1]
    if wide < 3 or not table:
        return None
    order = list(range(wide))
    first, second = rng.sample(order, 2)
    order[first], order[second] = order[second], order[first]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    for row in rows:
        cells = [*row, *[""] * (wide - len(row))]
        writer.writerow([cells[at] for at in order] if row in table else row)
    return Spoilt("columns swapped", out.getvalue().encode("utf-8"), SAME)


def cells_swapped(rng: random.Random, content: bytes) -> Spoilt | None:
    """Change the cells of two columns of numbers in some rows, or in all from one on, where nobody can mistake them."""
    lines = decoded(content).splitlines(keepends=True)
    delimiter = max(",;\t", key="".join(lines).count)
    rows = [next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), []) for line in lines]
    wide = Counter(map(len, rows)).most_common(1)[0][0]
    body = [at for at, row in enumerate(rows) if len(row) == wide and sum(map(_is_number, row)) > 1]
    if not body or body[0] == 0 or len(rows[body[0] - 1]) < wide:
        return None  # a decimal comma parts its numbers
    columns = [at for at in range(wide) if all(_is_number(rows[row][at]) for row in body)]
    if len(columns) < 2 or len(body) < 4:
        return None
    one, other = rng.sample(columns, 2)
    count = min(rng.choice([1, 2, 3, 10, len(body)]), len(body) // 2)
    start = rng.choice([0, len(body) - count, rng.randrange(len(body) - count)])
    if not _far_apart([[_float(rows[at][column]) for at in body] for column in (one, other)]):
        return None
    for at in body[start : start + count]:
        cells = rows[at]
        cells[one], cells[other] = cells[other], cells[one]
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(cells)
        lines[at] = out.getvalue()
    return Spoilt(f"cells of columns {one + 1} and {other + 1} swapped", "".join(lines).encode("utf-8"), PART)


_NUMBER = re.compile(r"([+-]?\d+(?:[.,]\d+)?)(?: *(?:°C|°F|%RH))?")


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell.strip()) is not None


def _float(cell: str) -> float:
    return float(_NUMBER.match(cell.strip())[1].replace(",", "."))


def _far_apart(columns: list[list[float]]) -> bool:
    """Whether two columns are further from each other in every row than either steps by itself, and than a degree."""
    own = max(abs(now - was) for column in columns for was, now in pairwise(column))
    return all(abs(one - other) > max(1.0, 1.5 * own) for one, other in zip(*columns, strict=True))


def cells_shifted(rng: random.Random, content: bytes) -> Spoilt | None:
    """Delete a cell in some rows, or put a blank one in, and move what stands behind it, as a sheet does.

    All rows stay equally long. Columns that nobody can tell apart are left where they are.
    """
    table = Parted.of(decoded(content).splitlines(keepends=True))
    if table is None:
        return None
    rows = {at: table.cells(at) for at in table.body}
    wide = Counter(map(len, rows.values())).most_common(1)[0][0]
    rows = {at: row for at, row in rows.items() if len(row) == wide}
    if len(rows) < 8:
        return None
    numbers = [[_is_number(row[at]) for row in rows.values()] for at in range(wide)]
    start = rng.randrange(wide)
    if any(any(each) and not all(each) for each in numbers[start:]):
        return None
    for one, other in pairwise(at for at in range(start, wide) if all(numbers[at])):
        if not _far_apart([[_float(row[at]) for row in rows.values()] for at in (one, other)]):
            return None
    count = min(rng.choice([1, 3, 10, len(rows)]), len(rows) // 2)
    begin = rng.choice([0, len(rows) - count, rng.randrange(len(rows) - count)])
    some, left = [*rows][begin : begin + count], rng.random() < 0.5
    above = table.body[0] - 1
    end = [] if left else [""]
    changed = {at: [*row, *end] for at, row in rows.items()} | {above: [*table.cells(above), *end]}
    for at in some:
        row = rows[at]
        changed[at] = [*row[:start], *row[start + 1 :], ""] if left else [*row[:start], "", *row[start:]]
    kind = f"cells from column {start + 1} on shifted {'left' if left else 'right'}"
    return Spoilt(kind, "".join(table.changed(changed)).encode("utf-8"), PART)


def encoded_anew(rng: random.Random, content: bytes) -> Spoilt | None:
    encoding, mark = rng.choice(
        [
            ("utf-8", b""),
            ("utf-8", b"\xef\xbb\xbf"),
            ("utf-16-le", b"\xff\xfe"),
            ("utf-16-be", b"\xfe\xff"),
            ("cp1252", b""),
        ]
    )
    try:
        return Spoilt(f"as {encoding}", mark + decoded(content).encode(encoding), SAME)
    except UnicodeEncodeError:
        return None


def bytes_changed(rng: random.Random, content: bytes) -> Spoilt:
    spoilt = bytearray(content)
    for _ in range(rng.randrange(1, 30)):
        spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
    return Spoilt("bytes changed", bytes(spoilt), ANYTHING)


def bytes_lost(rng: random.Random, content: bytes) -> Spoilt:
    at = rng.randrange(len(content))
    return Spoilt("bytes lost", content[:at] + content[at + rng.randrange(1, 200) :], ANYTHING)


WAYS = (
    cut_anywhere,
    cut_at_the_top,
    by_lines("lines lost", PART, without_some),
    by_lines("blank lines", SAME, with_blanks),
    by_lines("a strange line", PART, with_garbage),
    by_lines("shuffled", PART, shuffled),
    by_lines("a line doubled", PART, doubled),
    by_lines("the file twice", PART, appended_again),
    by_lines("other line ends", SAME, other_line_ends),
    by_lines("zone shifted", SAME, zone_shifted),
    by_lines("orders mixed", PART, orders_mixed),
    by_lines("marks of noon lost", PART, marks_lost),
    by_lines("unit lost", PART, unit_lost),
    columns_swapped,
    cells_swapped,
    cells_shifted,
    by_lines("first times spoilt", TOLD, first_times_spoilt),
    by_lines("cells lost", PART, cells_lost),
    by_lines("cells too many", PART, cells_too_many),
    by_lines("headings shifted", PART, headings_shifted),
    encoded_anew,
    bytes_changed,
    bytes_lost,
)


def pairs(file: LoggerFile) -> set[tuple[float, float]]:
    return set(zip(file.local, file.celsius, strict=True))


def wrong(name: str, whole: set[tuple[float, float]], spoilt: Spoilt) -> str | None:
    """Return what is wrong with the answer to a spoilt file, or None: it is right, or refused in words."""
    try:
        read = loggers.read(name, spoilt.content)
    except Refused as said:
        return None if str(said).strip() and len(str(said)) < 2000 else "a refusal without words"
    if isinstance(read, DailyRecord) or spoilt.law is ANYTHING:
        return None
    found = pairs(read)
    if strange := found - whole:
        return f"{len(strange)} readings that the file does not hold, such as {min(strange)}"
    lost = len(whole) - len(found)
    if spoilt.law is SAME and lost and lost != len(read.problems):
        return f"{lost} readings lost without a word"
    if spoilt.law is TOLD and lost > len(read.problems):
        return f"{lost} readings lost and {len(read.problems)} told"
    return None
