"""Issued reports in the window: asked for twice, listed, signed by a pharmacist, and opened as they were kept."""

import pytest

from ldninv.domain.signs import Tone
from ldninv.services import issuing
from ldninv.ui import issued
from ldninv.ui.reports_page import ISSUED, WEEKLY
from ldninv.ui.words import NOTHING
from staff import ANA, MARA, PINS, staffed


@pytest.fixture
def stocked(stocked):
    """The shelf with people, Ana signed in."""
    return staffed(stocked)


@pytest.fixture
def page(qtbot, window):
    window.go_to(window.reports)
    reports = window.reports
    qtbot.waitUntil(lambda: reports.view.pages > 0)
    return reports


@pytest.fixture
def issue(qtbot, page, press):
    """Issue the report that is shown, by keyboard."""

    def go():
        page.issue.setFocus()
        press("Space", "Space")
        qtbot.waitUntil(lambda: page.kind.value == ISSUED and not page.views.busy)

    return go


def told(view):
    """Return what the list says, row by row."""
    columns = view.model.columns
    return [[column.text(row) for column in columns] for row in view.shown]


def test_what_is_issued_stands_in_the_list_and_is_there_to_be_signed(page, issue, stocked):
    issue()

    assert page.banner.text == "Issued as report 1. A pharmacist signs it off."
    assert [row[:3] + row[5:] for row in told(page.issued)] == [["Not signed", "1", "2026-W47", ANA, NOTHING]]
    assert page.issued.sign_off.hasFocus()
    assert issuing.report(stocked, 1).intact


def test_issuing_is_asked_for_once_more_and_can_be_left(page, press, stocked):
    page.issue.setFocus()
    press("Space")

    assert page.banner.text.startswith("Issue the report of week 2026-W47? It is made as of now")
    page.banner.clear()
    assert issuing.reports(stocked) == ()


def test_a_pharmacist_signs_it_with_their_own_pin_at_somebody_elses_screen(page, issue, press, write, stocked):
    issue()
    press("Space")
    form = page.issued.form
    assert form.signed.names == (MARA,)
    assert form.signed.says.text().startswith("Signing the report of week 2026-W47.")
    form.signed.who.choose(MARA)
    form.signed.pin.setFocus()
    write("000000")
    press("Return")
    assert "not the PIN of" in form.banner.text
    write(PINS[MARA])
    press("Return")

    assert page.issued.form is None
    assert page.banner.text == "Report 1 is signed off."
    assert issued.sign(page.issued.shown[0]).word == "Signed"
    assert f"{MARA} signed the report on " in page.issued.lines.text
    assert "Unchanged since" in page.issued.lines.text


def test_esc_leaves_the_signature(page, issue, press, stocked):
    issue()
    press("Space", "Escape")

    assert page.issued.form is None
    assert issuing.report(stocked, 1).signatures == ()


def test_a_later_change_of_what_was_kept_breaks_the_signature_visibly(page, issue, stocked):
    issue()
    issuing.sign_off(stocked, 1, sign=issuing.Pen(MARA, PINS[MARA]))
    with stocked.store.transaction() as work:
        work.database.execute_sql("DROP TRIGGER issued_report_no_update")
        work.database.execute_sql("UPDATE issued_report SET data = CAST('{}' AS BLOB)")
    page.issued.refresh()

    shown = issued.sign(page.issued.shown[0])
    assert (shown.word, shown.tone) == ("CHANGED since", Tone.STOP)
    assert "CHANGED since" in page.issued.lines.text


def test_the_kept_pages_are_shown_as_they_were_issued(qtbot, page, issue, stocked, tmp_path):
    pages = page.view.pages
    issue()
    kept = issuing.content(stocked, 1)
    page.issued.show_paper()
    panel = page.issued.papers
    qtbot.waitUntil(lambda: panel.view.pages == pages)
    image = panel.view.viewport().grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert "#ffffff" in colours
    assert len(colours) > 5
    panel.save_as(tmp_path / "again.pdf")
    qtbot.waitUntil(lambda: panel.banner.text.startswith("Saved as "))

    assert (tmp_path / "again.pdf").read_bytes() == kept


def test_without_any_the_list_leads_to_this_weeks_report(qtbot, page, press):
    page.show_kind(ISSUED)
    page.issued.start().setFocus()
    press("Space")
    qtbot.waitUntil(lambda: not page.views.busy)

    assert page.kind.value == WEEKLY
