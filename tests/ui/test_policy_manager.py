"""The policy manager in the settings: what is in force, another one from a day on, its conditions, and who signs."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from builders import CHEAP_PINS, TODAY
from ldninv.domain.expiry import DAYS_360, ONE_YEAR, USP_795, ComponentLot, Unit
from ldninv.domain.making import Recipe
from ldninv.domain.quantities import Strength
from ldninv.services import making, policies, signing
from ldninv.services.context import Context
from ldninv.ui.settings.policy import CUSTOM
from staff import MARA, PINS, staffed

MADE = Recipe(
    strength=Strength(4500),
    prepared=TODAY,
    made=300,
    policy=ONE_YEAR,
    components=(ComponentLot("Naltrexone HCl", "NX24", date(2028, 4, 30)),),
)


@pytest.fixture
def page(window):
    window.go_to(window.settings)
    return window.settings


@pytest.fixture
def form(page):
    return page.policies


@pytest.fixture
def task(form, press):
    """Another policy, begun by keyboard."""
    form.another.setFocus()
    press("Return")
    return form.task


def lines(form):
    return [form.list.item(row).text() for row in range(form.list.count())]


def in_force(context):
    return policies.managed(context).current


def test_what_is_in_force_is_said_with_its_grounds_and_the_calm_notice(form):
    assert form.current.text() == "In force: One year (1 year)"
    assert ONE_YEAR.reference in form.grounds.text()
    assert "Holds for filler MCC and a light-resistant container" in form.grounds.text()
    assert form.beyond.text.startswith("USP <795> (2023) gives solid nonsterile preparations 180 days.")
    assert lines(form) == []


def test_the_calm_notice_is_said_once_while_another_policy_is_chosen(form, task, press):
    assert task.policy.beyond.isVisible()
    assert not form.beyond.isVisible()
    press("Escape")

    assert form.beyond.isVisible()


def test_a_task_that_is_opened_is_in_sight_down_to_its_way_out(qtbot, form, task):
    qtbot.waitUntil(lambda: task.leave.visibleRegion().boundingRect() == task.leave.rect())

    assert task.policy.choices.first().visibleRegion().boundingRect().isValid()


def test_another_policy_is_put_in_force_by_keyboard(form, task, stocked, press, write, window):
    heard = []
    window.news.changed.connect(heard.append)
    task.policy.choices.button(USP_795.name).click()
    task.reason.setFocus()
    write("inspection")
    press("Return")

    assert in_force(stocked) == USP_795
    assert form.task is None
    assert form.banner.text.startswith("USP <795> 180 days (180 days) is in force from 2026-11-22 on.")
    assert "Recorded as unsigned" in form.banner.text
    assert lines(form) == ["USP <795> 180 days (180 days) – from 2026-11-22 on, approved by Ana; inspection"]
    assert not form.beyond.isVisible()
    assert form.another.hasFocus()
    assert len(heard) == 1


def test_one_from_a_later_day_waits_and_both_are_listed(form, task, stocked, press):
    later = TODAY + timedelta(days=40)
    task.policy.choices.button(DAYS_360.name).click()
    task.since.setText(later.isoformat())
    task.since.setFocus()
    press("Return")

    assert in_force(stocked) == ONE_YEAR
    assert form.current.text() == "In force: One year (1 year)"
    assert lines(form) == [f"360 days (360 days) – from {later} on, approved by Ana"]


def test_a_custom_policy_has_its_reason_and_its_conditions(form, task, stocked, press, write):
    fields = task.policy
    fields.choices.button(CUSTOM).click()
    fields.count.setText("9")
    fields.unit.button(Unit.MONTHS).click()
    fields.name.setText("Nine months")
    fields.filler.setText("sucrose")
    fields.light.click()
    task.since.setFocus()
    press("Return")
    assert "needs a reason" in task.banner.text
    fields.reason.setFocus()
    write("Our own assays")
    press("Return")

    kept = in_force(stocked)
    assert (kept.name, kept.count, kept.unit, kept.basis) == ("Nine months", 9, Unit.MONTHS, "Our own assays")
    assert (kept.filler, kept.light_resistant) == ("sucrose", False)
    assert form.grounds.text() == "Our own assays\nHolds for filler sucrose."


def test_more_than_180_days_is_said_where_it_is_chosen(task):
    assert task.policy.beyond.isVisible()
    task.policy.choices.button(USP_795.name).click()

    assert not task.policy.beyond.isVisible()


@pytest.mark.parametrize("text", ["2026-11-01", "soon"])
def test_a_day_that_cannot_be_is_refused_and_nothing_changes(task, stocked, press, text):
    task.policy.choices.button(USP_795.name).click()
    task.since.setText(text)
    task.since.setFocus()
    press("Return")

    assert task.banner.text
    assert in_force(stocked) == ONE_YEAR
    assert policies.managed(stocked).adopted == ()


def test_a_day_that_cannot_be_read_points_to_its_field(task, press):
    task.since.setText("soon")
    task.reason.setFocus()
    press("Return")

    assert task.since.hasFocus()


def test_esc_puts_the_task_away_and_keeps_nothing(form, task, stocked, press):
    task.policy.choices.button(USP_795.name).click()
    press("Escape")

    assert form.task is None
    assert in_force(stocked) == ONE_YEAR


def test_what_was_begun_is_asked_about_before_the_window_closes(page, task):
    assert page.may_close(lambda: None)
    task.policy.choices.button(USP_795.name).click()

    assert not page.may_close(lambda: None)
    assert page.banner.text == "“Another policy” was begun and is not done yet."


def test_a_pharmacist_signs_it_where_there_are_people(stocked, open_window, qtbot):
    here = staffed(Context(stocked.store, "root", "bench", stocked.today, stocked.now, pins=CHEAP_PINS))
    window = open_window(here)
    window.go_to(window.settings)
    form = window.settings.policies
    form.another.click()
    task = form.task
    task.policy.choices.button(USP_795.name).click()
    qtbot.keyClick(task.reason, Qt.Key.Key_Return)
    assert "The PIN is missing" in task.banner.text
    assert QApplication.focusWidget() is task.signature.pin
    qtbot.keyClicks(task.signature.pin, PINS[MARA])
    qtbot.keyClick(task.signature.pin, Qt.Key.Key_Return)

    assert in_force(here) == USP_795
    assert [each.name for each in signing.signatures(here, USP_795.name)] == [MARA]


def test_a_components_date_that_changed_is_kept_and_asks_for_decisions(qtbot, window, form, stocked, press, write):
    lot = making.make(stocked, MADE).posted.lot
    form.component.setFocus()
    press("Return")
    write("NX24")
    form.task.expires.setFocus()
    write("2027-05")
    press("Return")
    assert "reason is needed" in form.task.banner.text
    assert form.task.reason.hasFocus()
    write("letter of the supplier")
    press("Return")

    assert form.banner.text.startswith("NX24 expires on 2027-05-31. 1 batch with stock keeps a date")
    assert [each.kept.batch.lot for each in policies.shortenings(stocked)] == [lot]
    (decide,) = form.banner.offers
    decide.click()
    qtbot.waitUntil(lambda: window.errands.dates.list.count() == 1)
    assert window.errands.dates.isVisible()


@pytest.mark.parametrize(
    ("typed", "says", "field"),
    [(("NX24", "soon"), "YYYY-MM-DD", "expires"), (("XX", "2027-05"), "no batch was made with a component lot", "lot")],
)
def test_a_component_date_that_cannot_be_points_to_its_field(form, stocked, press, typed, says, field):
    form.component.click()
    task = form.task
    task.lot.setText(typed[0])
    task.expires.setText(typed[1])
    task.reason.setText("letter")
    task.reason.setFocus()
    press("Return")

    assert says.casefold() in task.banner.text.casefold()
    assert getattr(task, field).hasFocus()
