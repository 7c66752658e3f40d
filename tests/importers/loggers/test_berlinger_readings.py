"""A Q-tag's file whose lines were changed, lost or moved is refused, or says which; it is never read short."""

from pathlib import Path

import pytest

from ldninv.domain.refusal import Refused
from ldninv.importers import loggers

TAG = Path(__file__).parents[2] / "data" / "loggers" / "qtag_readings.txt"
TEXT = TAG.read_bytes().decode()
ROW, NEXT = "\t2026-02-08 05:39\t4.6\t\r\n", "\t2026-02-08 05:49\t5.7\t\r\n"


def read(text):
    return loggers.read("tag.txt", text.encode())


def longer(rows=60, odd="", at=30):
    """Return a file of so many rows, one every ten minutes from 04:49 on, with lines put in before one of them."""
    lines = [
        f"\t2026-02-08 {4 + (49 + 10 * row) // 60:02d}:{(49 + 10 * row) % 60:02d}\t{4.3 + row % 5 / 10:.1f}\t\r\n"
        for row in range(rows)
    ]
    lines.insert(at, odd)
    first, last = TEXT.index("\t2026-02-08 04:49"), TEXT.index("Cert:")
    return TEXT[:first] + "".join(lines) + TEXT[last:]


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda row: "x" + row,
        lambda row: row[1:],
        lambda row: row.replace("\t", ";"),
        lambda row: " " + row[1:],
        lambda row: "\tyyyy-MM-dd hh:mm\tT\tOut of limits\r\n" + row,
        lambda row: "Data:\r\n" + row,
    ],
)
def test_lines_among_few_readings_that_are_none_refuse_the_file_with_the_first(spoilt):
    text = TEXT.replace(ROW, spoilt(ROW)).replace(NEXT, spoilt(NEXT))

    with pytest.raises(Refused, match="2 rows cannot be read, the first on line 21"):
        read(text)


def test_a_line_among_many_readings_that_is_none_is_told_and_the_rest_is_read():
    found = read(longer(odd="paper jam\r\n"))

    assert len(found.temperature) == 60
    assert [(each.line, each.text) for each in found.problems] == [
        (46, "“paper jam” stands among the readings and is none")
    ]


def test_rows_that_lost_their_tabulator_from_one_on_do_not_end_the_readings_unsaid():
    text = longer()
    middle = text.index("\t2026-02-08 09:")

    with pytest.raises(Refused, match="rows cannot be read"):
        read(text[:middle] + text[middle:].replace("\t2026", "2026"))


@pytest.mark.parametrize("place", ["Res:\r\n", "Cert:\r\n", "Sig Cert: 00ff\r\n"])
@pytest.mark.parametrize("row", [ROW, ROW[1:], ROW.replace("\t", ";")])
def test_a_reading_outside_its_section_is_refused_with_its_line(place, row):
    moved = TEXT.replace(ROW, "", 1).replace(place, place + row, 1)
    line = moved[: moved.index(row, moved.index(place))].count("\n") + 1

    with pytest.raises(Refused, match=f"line {line}: a reading stands outside the section of readings"):
        read(moved)
