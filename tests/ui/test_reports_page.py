import json
import sys
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QLineEdit

from builders import TODAY
from ldninv.domain.days import Week
from ldninv.services import ledger, weekly


@pytest.fixture
def page(qtbot, window):
    window.go_to(window.reports)
    reports = window.reports
    qtbot.waitUntil(lambda: reports.view.pages > 0)
    return reports


def test_the_report_of_this_week_is_shown_as_it_will_be_printed(page):
    assert page.view.isVisible()
    assert page.view.accessibleName() == f"Preview of the report, page 1 of {page.view.pages}"
    image = page.view.viewport().grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert "#ffffff" in colours
    assert len(colours) > 5


def test_the_preview_fits_the_window_and_scrolls_to_its_end_by_keyboard(qtbot, page):
    bar = page.view.verticalScrollBar()
    assert page.view._size().width() <= page.view.viewport().width()
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_End)
    assert bar.value() == bar.maximum() > 0
    qtbot.keyClick(page.view, Qt.Key.Key_Home)
    assert bar.value() == 0


def test_the_sheet_is_chosen_and_kept(qtbot, page, memory):
    shape = page.view._size()
    other = 1 - page.sheet.currentIndex()
    page.sheet.setCurrentIndex(other)
    qtbot.waitUntil(lambda: not page.views.busy)
    page.remember()

    assert page.view._size() != shape
    assert memory.value("reports/size") == page.sheet.itemData(other)


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the dialog is the system's own, and nobody is there to answer it"
)
def test_the_printer_is_asked_for_and_prints(qtbot, page, tmp_path):
    target = tmp_path / "report.pdf"
    page.ask_printer()
    dialog = page.findChild(QPrintDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.findChild(QLineEdit, "filename").setText(str(target))
    dialog.accept()

    qtbot.waitUntil(lambda: page.banner.text == f"Sent to {target}.")
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("suffix", ["pdf", "xlsx", "csv", "html", "json"])
def test_the_report_is_saved_as_its_ending_says(qtbot, page, tmp_path, suffix):
    target = tmp_path / f"report.{suffix}"
    page.save_as(target)
    qtbot.waitUntil(lambda: not page.views.busy)

    assert page.banner.text == f"Saved as {target}."
    assert target.stat().st_size > 100


def test_what_is_saved_is_what_is_shown(qtbot, page, tmp_path):
    page.save_as(tmp_path / "report.json")
    qtbot.waitUntil(lambda: not page.views.busy)
    told = json.loads((tmp_path / "report.json").read_text())

    assert [row["lot"] for row in told["sections"]["expired"]] == ["OLD-1", "OLD-2"]


def test_a_place_that_cannot_be_written_is_a_line(qtbot, page, tmp_path):
    (tmp_path / "file").write_text("")
    page.save_as(tmp_path / "file" / "report.pdf")
    qtbot.waitUntil(lambda: not page.views.busy)

    assert "cannot be written" in page.banner.text
    assert page.banner.offers[0].text() == "Try again"


def test_the_report_is_printed_as_pages(page, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.print_on(printer)

    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    assert page.banner.text.startswith("Sent to")


def test_a_report_that_is_out_of_date_is_made_again_when_it_is_seen(qtbot, window, page):
    before = page._report
    window.go_to(window.batches)
    done = ledger.waste(page._context, "OLD-1", 300, reason="expired")
    window.news.changed.emit(done.changed)
    assert page._report is before

    window.go_to(page)
    qtbot.waitUntil(lambda: page._report is not before)


def choose(qtbot, page, index):
    page.week.setCurrentIndex(index)
    page.week.activated.emit(index)
    qtbot.waitUntil(lambda: not page.views.busy)


def test_every_week_since_the_first_record_can_be_chosen_and_is_told_as_it_was(qtbot, page, stocked, tmp_path):
    assert page.week.itemText(0) == "2026-W47, this week"
    assert page.week.itemText(1) == "2026-W46, to 2026-11-15"
    assert page.week.count() == len(weekly.weeks(stocked)) > 50

    choose(qtbot, page, 1)
    assert page._report.week == Week.parse("2026-W46")
    page.save_as(tmp_path / "past.json")
    qtbot.waitUntil(lambda: not page.views.busy)
    told = json.loads((tmp_path / "past.json").read_text())
    assert (told["as_of"], told["sections"]["expired"][0]["usable_days"]) == ("2026-11-15", -5)

    choose(qtbot, page, page.week.count() - 1)
    assert page.banner.text == ""
    assert page._report.as_of < TODAY - timedelta(days=300)


def test_the_week_that_was_chosen_stays_and_the_running_one_goes_on(qtbot, page):
    choose(qtbot, page, 2)
    shown = page._report
    page.look_again()
    qtbot.waitUntil(lambda: page._report is not shown)
    assert (page._report.week, page.week.currentIndex()) == (Week.parse("2026-W45"), 2)

    choose(qtbot, page, 0)
    assert page.which.chosen is None


def test_a_choice_that_is_cancelled_goes_back_to_what_is_shown(qtbot, page):
    page.week.setCurrentIndex(3)
    page.week.activated.emit(3)
    page.views.cancel()
    qtbot.waitUntil(lambda: not page.views.busy)

    assert page.week.currentData() == page._report.week


def test_a_size_that_is_chosen_while_the_report_is_made_is_the_size_of_its_pages(qtbot, page):
    page.refresh()
    page.sheet.setCurrentIndex(1 - page.sheet.currentIndex())
    qtbot.waitUntil(lambda: not page.views.busy and page._paper.page == page.which.size)


def test_where_no_batch_was_ever_entered_the_page_shows_the_way_out(qtbot, open_window, on_file):
    window = open_window(on_file)
    window.go_to(window.reports)
    page = window.reports
    qtbot.waitUntil(page.nothing.isVisible)

    assert "No batch was ever entered here" in page.nothing.text
    assert not page.print.isVisible()
    assert page.nothing.offers[0].hasFocus()
    qtbot.mouseClick(page.nothing.offers[1], Qt.MouseButton.LeftButton)
    assert window.page is window.making
