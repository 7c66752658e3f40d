"""Dates as people write them, and the one order of a file."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.batch_list import DateOrder, DateOrderUnclear, Reading
from ldninv.domain.refusal import Refused
from ldninv.importers.batch_lists import read
from ldninv.importers.dates import chosen, day
from ldninv.importers.sheets import Unfit

DMY, MDY, YMD = DateOrder.DMY, DateOrder.MDY, DateOrder.YMD
WRITTEN = {DMY: "{0:%d/%m/%Y}", MDY: "{0:%m/%d/%Y}", YMD: "{0:%Y-%m-%d}"}
days = st.dates(date(2020, 1, 1), date(2026, 11, 22))


def order_of(*texts, stated=None):
    return chosen("list.csv", enumerate(texts, 2), stated)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-03",
        "2026/3/3",
        "2026.03.03",
        "20260303",
        "2026-03-03 00:00:00",
        "2026-03-03T00:00",
        "3 Mar 2026",
        "03-MRZ-26",
        "3. März 2026",
        "3 mars 2026",
        "3 de marzo de 2026",
        "March 3rd, 2026",
        "Mar 3, 2026",
        "2026 Mar 3",
        "3Mar2026",
        "03–Mar–2026",
    ],
)
def test_a_date_that_needs_no_order_is_read_without_one(text):
    assert order_of(text) is None
    assert day(text, None) == date(2026, 3, 3)


@pytest.mark.parametrize("text", ["2027-02", "02/2027", "2.2027", "Feb 2027", "février 2027", "Febrero de 2027"])
def test_a_month_alone_means_its_last_day_where_something_expires(text):
    assert day(text, None, month_counts=True) == date(2027, 2, 28)
    assert isinstance(day(text, None), Unfit)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("2026-02-30", "“2026-02-30” is no day of the calendar"),
        ("30/02/2026", "“30/02/2026” is no day of the calendar"),
        ("31 Apr 2026", "“31 Apr 2026” is no day of the calendar"),
        ("13/2026", "“13/2026” is no day of the calendar"),
        ("45890", "“45890” is no date"),
        ("soon", "“soon” is no date"),
        ("Mar 27", "“Mar 27” is no date"),
        ("2026-03-01T00:00:00Z", "“2026-03-01T00:00:00Z” is no date"),
        ("3/3/026", "“3/3/026” is no date"),
        ("01/03/1926", "“01/03/1926” lies before the year 2000"),
        (date(1900, 1, 1), "“1900-01-01” lies before the year 2000"),
        (45890, "“45890” is a number, not a date"),
    ],
)
def test_what_is_no_date_says_why(cell, why):
    assert day(cell, DMY) == Unfit(why)


def test_one_day_that_is_real_in_one_order_alone_decides_for_all():
    assert order_of("04/09/2025", "21/08/2025", "01/02/2026") is DMY
    assert order_of("04/09/2025", "08/21/2025", "01/02/2026") is MDY


@pytest.mark.parametrize("impossible", ["31/02/2026", "02/31/2026", "13/13/2026", "2026-02-30", "soon"])
def test_an_impossible_day_decides_nothing(impossible):
    assert order_of("21/08/2025", impossible) is DMY
    assert order_of("08/21/2025", impossible) is MDY
    with pytest.raises(DateOrderUnclear):
        order_of("04/09/2025", impossible)


def test_rows_that_contradict_each_other_are_asked_about_and_follow_the_answer():
    with pytest.raises(DateOrderUnclear, match="mixes its dates") as asked:
        order_of("21/08/2025", "08/21/2025", "04/09/2025")

    assert asked.value.fits == (DMY, MDY)
    assert asked.value.readings == (
        Reading(DMY, "21/08/2025", date(2025, 8, 21)),
        Reading(MDY, "08/21/2025", date(2025, 8, 21)),
    )
    assert order_of("21/08/2025", "08/21/2025", "04/09/2025", stated=DMY) is DMY
    assert day("08/21/2025", DMY) == Unfit("“08/21/2025” is no date written day first, as the file's others are")


def test_dates_that_read_the_same_in_every_order_need_none():
    assert order_of("05/05/2026", "2026-01-02") is None
    assert day("05/05/2026", None) == date(2026, 5, 5)


def test_a_two_digit_year_is_read_only_in_an_order_that_a_person_stated():
    with pytest.raises(DateOrderUnclear, match="years of two digits") as asked:
        order_of("25/12/26")

    assert asked.value.readings == (
        Reading(DMY, "25/12/26", date(2026, 12, 25)),
        Reading(YMD, "25/12/26", date(2025, 12, 26)),
    )
    assert day("25/12/26", DMY) == date(2026, 12, 25)
    assert day("25/12/26", YMD) == date(2025, 12, 26)
    assert isinstance(day("25/12/26", MDY), Unfit)


def test_an_order_that_the_file_contradicts_throughout_is_refused():
    with pytest.raises(Refused, match=r"“21/08/2025” on line 3 can only be day first") as refused:
        order_of("04/09/2025", "21/08/2025", stated=MDY)

    assert not isinstance(refused.value, DateOrderUnclear)


@given(st.lists(days, min_size=1), st.sampled_from(DateOrder))
def test_dates_in_one_order_are_read_back_exactly_or_asked_about(written, order):
    texts = [WRITTEN[order].format(each) for each in written]
    try:
        found, fits = order_of(*texts), [order]
    except DateOrderUnclear as asked:
        found, fits = order_of(*texts, stated=order), asked.fits

    assert order in fits
    assert [day(text, found) for text in texts] == written


@given(st.lists(days, min_size=1, max_size=8), st.lists(days, min_size=1, max_size=8))
def test_a_file_of_mixed_orders_never_yields_a_day_that_was_not_meant_without_asking(first, second):
    """Unless all of one part is undecided: then it cannot be told from a file in the other's order."""
    texts = [WRITTEN[DMY].format(each) for each in first] + [WRITTEN[MDY].format(each) for each in second]
    decided = any(each.day > 12 for each in first) and any(each.day > 12 for each in second)
    if decided:
        with pytest.raises(DateOrderUnclear):
            order_of(*texts)


@given(st.lists(days, min_size=1, max_size=12, unique=True), st.sampled_from(DateOrder))
def test_a_whole_list_is_read_back_or_asked_about(written, order):
    rows = [f"L{at},1,{WRITTEN[order].format(each)},10,5" for at, each in enumerate(written)]
    content = "\n".join(["Lot,Strength,Made on,Qty made,On hand", *rows]).encode()
    try:
        found = read("list.csv", content, today=date(2026, 11, 22))
    except DateOrderUnclear:
        found = read("list.csv", content, today=date(2026, 11, 22), date_order=order)

    assert [row.prepared for row in found.rows] == written


@given(st.text(), st.sampled_from([None, *DateOrder]), st.booleans())
def test_any_text_is_a_day_or_says_why_not(text, order, month_counts):
    assert isinstance(day(text, order, month_counts=month_counts), date | Unfit)


def test_years_of_two_digits_are_read_where_only_one_order_fits_every_date():
    assert chosen("list.csv", [(2, "8/21/25"), (3, "9/2/25")], None) is DateOrder.MDY


def test_years_of_two_digits_are_asked_for_where_two_orders_fit():
    with pytest.raises(DateOrderUnclear) as asked:
        chosen("list.csv", [(2, "21.08.25"), (3, "02.09.25")], None)

    assert set(asked.value.fits) == {DateOrder.DMY, DateOrder.YMD}
