"""What was dispensed, listed by day in the Reports page."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest

from builders import TODAY
from ldninv.services import ledger
from ldninv.ui.dispensings import Period
from ldninv.ui.reports_page import DISPENSINGS


@pytest.fixture
def dispensed(window):
    """Two supplies of last month, one of which was taken back, and one of today."""
    now = window._context
    then = replace(now, today=lambda: date(2026, 10, 14))
    ledger.dispense(then, "GOOD-1", 30, days_supply=30, reason="asked for")
    wrong = ledger.dispense(then, "GOOD-2", 60, days_supply=60)
    ledger.void(now, wrong.posted.id, reason="wrong batch")
    ledger.dispense(now, "GOOD-1", 90, days_supply=90)
    return now


@pytest.fixture
def view(qtbot, window, dispensed):
    window.go_to(window.reports)
    window.reports.kind.button(DISPENSINGS).click()
    shown = window.reports.dispensings
    qtbot.waitUntil(lambda: shown.shown is not None and not shown.views.busy)
    return shown


def lots(view):
    return [view.table.rows.row(number).lot for number in range(view.table.rows.rowCount())]


def totals(view):
    rows = view.totals.rows
    return [(rows.row(number).name, rows.row(number).capsules) for number in range(rows.rowCount())]


def ask(qtbot, view, period):
    view.period.button(period).click()
    qtbot.waitUntil(lambda: not view.views.busy)


def test_it_opens_with_last_month(view):
    assert (view.first.text(), view.last.text()) == ("2026-10-01", "2026-10-31")
    assert lots(view) == ["GOOD-1", "GOOD-2"]


def test_what_was_taken_back_is_listed_and_not_summed(view):
    assert totals(view) == [("1.5 mg", 0), ("4.5 mg", 30), ("All", 30)]


def test_another_period_is_a_press_away(qtbot, view):
    ask(qtbot, view, Period.THIS_MONTH)

    assert (view.first.text(), view.last.text()) == ("2026-11-01", TODAY.isoformat())
    assert lots(view) == ["GOOD-1"]


def test_days_are_typed_and_listed_by_enter(qtbot, view, press, write):
    view.first.setFocus()
    view.first.selectAll()
    write("2026-10-15")
    press("Return")
    qtbot.waitUntil(lambda: not view.views.busy)

    assert view.period.value is None
    assert lots(view) == []
    assert view.nothing.isVisible()
    assert not view.save.isEnabled()


def test_days_the_wrong_way_round_are_refused(qtbot, window, view, press, write):
    view.last.setFocus()
    view.last.selectAll()
    write("2026-09-01")
    press("Return")
    qtbot.waitUntil(lambda: not view.views.busy)

    assert window.reports.banner.text == "2026-10-01 comes after 2026-09-01. Give the earlier day first."


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_it_is_saved_as_its_ending_says(qtbot, window, view, tmp_path, suffix):
    target = tmp_path / f"october.{suffix}"
    view.save_as(target)
    qtbot.waitUntil(lambda: not view.views.busy)

    assert window.reports.banner.text == f"Saved as {target}."
    if suffix == "csv":
        rows = list(csv.reader(io.StringIO(target.read_text("utf-8-sig"))))
        assert any("GOOD-1" in row for row in rows)


def test_a_supply_of_another_page_is_listed_when_one_comes_back(qtbot, window, view):
    ask(qtbot, view, Period.THIS_MONTH)
    done = ledger.dispense(window._context, "GOOD-1", 30, days_supply=30)
    window.news.changed.emit(done.changed)
    qtbot.waitUntil(lambda: not view.views.busy and len(lots(view)) == 2)

    assert totals(view) == [("4.5 mg", 120), ("All", 120)]


def test_the_last_seven_days_end_today():
    assert Period.LAST_WEEK.days(TODAY) == (TODAY - timedelta(days=6), TODAY)
