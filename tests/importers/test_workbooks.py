"""Lists in workbooks, written here by the library that reads them."""

import io
import zipfile
from datetime import date, time

import openpyxl
import pytest

from ldninv.domain.batch_list import Remark
from ldninv.domain.refusal import Refused
from ldninv.importers import workbooks
from ldninv.importers.batch_lists import read

TODAY = date(2026, 11, 22)
HEADER = ("Lot", "Strength (mg)", "Made on", "Expires", "Qty made", "On hand")
ROW = ("A-1", 4.5, date(2026, 3, 1), date(2027, 3, 1), 100, 40)


def saved(workbook):
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def a_workbook(*rows, title="List"):
    workbook = openpyxl.Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    return workbook


def found_in(workbook):
    return read("list.xlsx", saved(workbook), today=TODAY)


def with_cell(column, value, shown_as="General"):
    workbook = a_workbook(HEADER, ROW)
    cell = workbook.active.cell(2, column)
    cell.number_format = shown_as
    cell.value = value
    return found_in(workbook)


def test_lines_are_the_rows_of_the_sheet_below_titles_and_blank_rows():
    found = found_in(a_workbook(["Naltrexone"], [], HEADER, [], ROW))

    assert [(row.line, row.lot, str(row.strength), row.prepared, row.expires) for row in found.rows] == [
        (5, "A-1", "4.5", date(2026, 3, 1), date(2027, 3, 1))
    ]


@pytest.mark.parametrize(
    ("value", "shown_as", "lot"),
    [
        (12345, "General", "12345"),
        (12345.0, "General", "12345"),
        ("007", "General", "007"),
        (7, "00000", "00007"),
        (250821.5, "General", "250821.5"),
    ],
)
def test_a_lot_that_is_a_number_stays_what_the_sheet_shows(value, shown_as, lot):
    assert with_cell(1, value, shown_as).rows[0].lot == lot


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        (1, date(2026, 3, 1), "lot “2026-03-01” is a date in the workbook, not the lot's text"),
        (2, date(2026, 5, 4), "strength “2026-05-04” is a date, not a strength"),
        (3, 45890, "prepared “45890” is a number, not a date"),
        (3, time(12, 30), "prepared “12:30:00” is a time of day in the workbook"),
        (3, "=TODAY()", "prepared is a formula without a result; open the workbook, let it calculate, and save it"),
        (4, "=EDATE(C2,12)", "expires is a formula without a result; open the workbook, let it calculate, and save it"),
        (5, 99.5, "made “99.5” is no whole number of capsules"),
        (5, -100, "made “-100” is negative"),
        (5, True, "made “TRUE” is no number of capsules"),
        (6, "#REF!", "on hand is an error of the workbook (#REF!)"),
        (6, None, "on hand is blank"),
    ],
)
def test_a_cell_that_cannot_be_used_is_a_problem_of_its_row(column, value, problem):
    assert with_cell(column, value).problems == (Remark(2, problem),)


def test_a_formula_is_read_by_its_stored_result():
    content = saved(a_workbook(HEADER, (*ROW[:4], "=60+40", 40)))
    with_result = changed(content, "xl/worksheets/sheet1.xml", b"<f>60+40</f>", b"<f>60+40</f><v>100</v>")

    assert read("list.xlsx", with_result, today=TODAY).rows[0].made == 100


def test_real_dates_and_texts_may_stand_in_one_column():
    assert with_cell(4, "21.08.2027").rows[0].expires == date(2027, 8, 21)


def test_the_first_sheet_with_a_list_is_read_and_a_second_one_is_told_of():
    workbook = a_workbook(["Nothing here"], title="Cover")
    for title, lot in [("LDN 2026", "A-1"), ("LDN 2025", "B-1")]:
        sheet = workbook.create_sheet(title)
        sheet.append(HEADER)
        sheet.append((lot, *ROW[1:]))
    found = found_in(workbook)

    assert [row.lot for row in found.rows] == ["A-1"]
    assert found.notices == (
        Remark(1, "the sheet “LDN 2025” looks like a batch list too and was not read; only “LDN 2026” was"),
    )


def test_a_hidden_sheet_stands_behind_the_visible_ones():
    workbook = a_workbook(HEADER, ("OLD", *ROW[1:]))
    shown = workbook.create_sheet("Now")
    shown.append(HEADER)
    shown.append(ROW)
    workbook.active.sheet_state = "hidden"
    workbook.active = 1

    assert [row.lot for row in found_in(workbook).rows] == ["A-1"]


def test_notes_beside_the_list_are_no_problem():
    assert len(found_in(a_workbook(HEADER, (*ROW, None, "counted twice"))).rows) == 1


def test_a_workbook_that_says_it_is_smaller_than_it_is_is_read_whole():
    content = saved(a_workbook(HEADER, ROW, ("A-2", *ROW[1:])))
    shrunk = changed(content, "xl/worksheets/sheet1.xml", b'ref="A1:F3"', b'ref="A1:B2"')

    assert len(read("list.xlsx", shrunk, today=TODAY).rows) == 2


def test_a_workbook_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 100_000)
    content = saved(a_workbook(HEADER, ROW))
    bomb = changed(content, "xl/worksheets/sheet1.xml", b"</worksheet>", b" " * 100_000 + b"</worksheet>")

    assert len(bomb) < 10_000
    with pytest.raises(Refused, match="unpacks to more"):
        read("list.xlsx", bomb, today=TODAY)


def test_a_cell_at_the_far_end_of_the_sheet_costs_nothing():
    workbook = a_workbook(HEADER, ROW)
    workbook.active["XFD1048576"] = "x"

    assert len(found_in(workbook).rows) == 1


def test_entities_that_multiply_are_refused():
    lines = b"".join(b'<!ENTITY a%d "%s">' % (at, b"&a%d;" % (at - 1) * 10) for at in range(1, 9))
    content = saved(a_workbook(HEADER, ROW))
    xml = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    evil = b'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">' + lines + b"]>" + xml.replace(b"<v>40</v>", b"<v>&a8;</v>")

    with pytest.raises(Refused, match="damaged"):
        read("list.xlsx", changed(content, "xl/worksheets/sheet1.xml", xml, evil), today=TODAY)


def test_a_workbook_with_broken_styles_is_refused_and_prints_nothing_among_the_output(capsys):
    broken = changed(
        saved(a_workbook(HEADER, ROW)), "xl/styles.xml", b'name="Normal" xfId="0"', b'name="Normal" xfId="9"'
    )

    with pytest.raises(Refused, match="damaged"):
        read("list.xlsx", broken, today=TODAY)
    assert capsys.readouterr() == ("", "")


def changed(content, part, old, new):
    """Return a workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name)
            assert name != part or old in text
            after.writestr(name, text.replace(old, new) if name == part else text)
    return out.getvalue()
