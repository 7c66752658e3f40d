"""The five lists as pharmacies keep them, with what must come of each."""

import json
from datetime import date
from pathlib import Path

import pytest

from ldninv.domain.batch_list import DateOrder, DateOrderUnclear
from ldninv.domain.expiry import ONE_YEAR
from ldninv.importers.batch_lists import read

LISTS = Path(__file__).parents[1] / "data" / "batches"
EXPECTED = json.loads((LISTS / "expected.json").read_text("utf-8"))
TODAY = date.fromisoformat(EXPECTED["today"])


def found_in(name):
    order = DateOrder.DMY if name == "ambiguous_log.txt" else None
    return read(name, (LISTS / name).read_bytes(), today=TODAY, date_order=order)


@pytest.mark.parametrize("name", EXPECTED["files"])
def test_every_good_row_is_read_exactly(name):
    rows = [
        {
            "lot": row.lot,
            "strength_mg": str(row.strength),
            "prepared": str(row.prepared),
            "expires": str(row.expires or ONE_YEAR.beyond_use(row.prepared)),
            "made": row.made,
            "on_hand": row.on_hand,
            "place": row.place,
        }
        for row in found_in(name).rows
    ]

    assert rows == EXPECTED["files"][name]["good"]


@pytest.mark.parametrize("name", EXPECTED["files"])
def test_every_bad_row_is_named_by_its_line_and_no_other(name):
    bad = [each["line"] for each in EXPECTED["files"][name]["bad"]]

    assert [problem.line for problem in found_in(name).problems] == bad


def test_the_problems_say_which_cell_and_why():
    problems = {problem.line: problem.text for problem in found_in("troubled_log.csv").problems}

    assert problems == {
        9: "130 on hand is more than the 100 that were made",
        15: "made “-100” is negative",
        18: "it was prepared on 2036-03-01, which lies in the future",
        27: "lot 250826-01 is already on line 2, with other contents",
        28: "strength “50 mg”: 50 mg is no low dose: the program takes strengths above 0 and up to 10 mg",
        30: "strength “three mg” holds no number",
        34: "made “99.5” is no whole number of capsules; on hand “99.5” is no whole number of capsules",
        36: "prepared “2026-02-30” is no day of the calendar",
        57: "it expires on 2025-03-01, before it was made on 2026-03-01",
        62: "lot is blank",
    }


def test_a_list_that_fits_two_orders_asks_and_shows_both_readings():
    with pytest.raises(DateOrderUnclear) as asked:
        read("ambiguous_log.txt", (LISTS / "ambiguous_log.txt").read_bytes(), today=TODAY)

    assert asked.value.fits == (DateOrder.DMY, DateOrder.MDY)
    assert "“04/09/2025” on line 2 may be 2025-09-04" in str(asked.value)
    assert "2025-04-09" in str(asked.value)


def test_batches_dated_ahead_are_good_and_noticed():
    found = found_in("ambiguous_log.txt")

    assert (
        {notice.line for notice in found.notices} == {row.line for row in found.rows if row.prepared > TODAY} != set()
    )


def test_the_preview_learns_which_header_was_understood_as_what():
    found = found_in("european_log.csv")

    assert found.columns[:2] == (("lot", "Charge"), ("strength", "Stärke"))
    assert found.header[0] == "Charge"
    assert found.header_line == 1
    assert dict(found.indices)["on_hand"] == 5


def test_a_workbook_with_real_dates_needs_no_order_and_its_header_may_stand_below_a_title():
    found = found_in("workbook_log.xlsx")

    assert found.date_order is None
    assert (found.header_line, found.rows[0].line) == (3, 4)
    assert found.rows[0].expires is None
