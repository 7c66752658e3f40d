"""Lists in plain text, whatever their encoding and separator."""

import codecs
from datetime import date

import pytest

from ldninv.domain.refusal import Refused
from ldninv.importers.batch_lists import read

TODAY = date(2026, 11, 22)
LIST = "Charge;Stärke;Hergestellt;Menge;Bestand;Lagerort\nA-1;4,5 mg;21.08.2025;1.000;40;Kühl–Regal é\n"


def rows_of(content):
    found = read("list.csv", content, today=TODAY)
    assert found.problems == ()
    return [(row.lot, str(row.strength), row.prepared, row.made, row.on_hand, row.place) for row in found.rows]


EXPECTED = [("A-1", "4.5", date(2025, 8, 21), 1000, 40, "Kühl–Regal é")]


@pytest.mark.parametrize(
    "content",
    [
        LIST.encode("utf-8"),
        codecs.BOM_UTF8 + LIST.encode("utf-8"),
        LIST.encode("cp1252"),
        codecs.BOM_UTF16_LE + LIST.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + LIST.encode("utf-16-be"),
        LIST.encode("utf-16-le"),
        LIST.encode("utf-16-be"),
        LIST.encode("utf-8") + b"\x1a",
    ],
    ids=["utf-8", "bom", "cp1252", "utf-16-le", "utf-16-be", "utf-16-le without bom", "utf-16-be without bom", "dos"],
)
def test_a_list_is_read_in_every_encoding_that_programs_write(content):
    assert rows_of(content) == EXPECTED


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_list_is_read_with_every_separator_and_line_end(delimiter, newline):
    assert rows_of(LIST.replace(";", delimiter).replace("\n", newline).encode()) == EXPECTED


def test_commas_separate_quoted_cells_with_commas_in_them():
    content = 'Lot,Strength,Made on,Qty made,On hand,Place\n"A-1", "4.5 mg","Aug 21, 2025","1,000",40,"Kühl–Regal é"'

    assert rows_of(content.encode()) == EXPECTED


def test_a_stated_separator_is_taken_and_its_line_counted():
    found = read("list.csv", ("sep=;\r\n" + LIST).encode(), today=TODAY)

    assert (found.header_line, found.rows[0].line) == (2, 3)


def test_lines_are_numbered_as_in_the_file_though_a_cell_breaks_over_two():
    content = 'Lot,Strength,Made on,Quantity,Place\nA,1,2026-03-01,10,"Shelf\n3"\nB,1,2026-03-01,10,x\n'
    found = read("list.csv", content.encode(), today=TODAY)

    assert [(row.line, row.place) for row in found.rows] == [(2, "Shelf 3"), (4, "x")]


@pytest.mark.parametrize("row", ['"A,1,2026-03-01,10', '"A"B,1,2026-03-01,10'])
def test_a_quotation_mark_at_the_wrong_place_names_its_line(row):
    content = f"Lot,Strength,Made on,Quantity\nZ,1,2026-03-01,10\n{row}\nC,1,2026-03-01,10\n"

    with pytest.raises(Refused, match=r"list\.csv, line 3: a quotation mark"):
        read("list.csv", content.encode(), today=TODAY)


def test_titles_and_short_lines_above_do_not_hide_the_separator():
    assert rows_of(("Herstellung, Rezeptur, 2025, 2026, Liste\n\n" + LIST).encode()) == EXPECTED


def test_trailing_separators_are_no_cells():
    assert rows_of("\n".join(line + ";;" for line in LIST.splitlines()).encode()) == EXPECTED
