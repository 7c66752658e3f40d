import shutil

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from ldninv.domain.question import Question
from ldninv.services import batches


@pytest.fixture
def window(open_window, on_file):
    return open_window(on_file)


@pytest.fixture
def page(window):
    window.go_to(window.importing)
    return window.importing


def read(qtbot, page, path):
    page.read(path)
    qtbot.waitUntil(lambda: not page.views.busy)


def kept(page):
    return batches.count(page._context, Question())


def test_a_list_is_shown_before_it_comes_in_and_comes_in_when_asked(qtbot, window, page, lists):
    read(qtbot, page, lists / "european_log.csv")

    assert page.preview.isVisible()
    assert page.preview.rows.rows.rowCount() == page.preview.shown.new
    assert "“Charge”" in page.preview._mapping.text()
    assert page.preview.accept.text() == f"Import {page.preview.shown.new} batches"
    assert kept(page) == 0

    new = page.preview.shown.new
    qtbot.mouseClick(page.preview.accept, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.views.busy)
    assert kept(page) == new
    assert page.banner.text == f"{new} batches from european_log.csv came in."
    assert page.choose.isVisible()

    window.go_to(window.batches)
    assert window.batches.chips[-1].count == new


def test_a_list_that_is_known_already_has_nothing_to_import(qtbot, page, lists):
    for _ in range(2):
        read(qtbot, page, lists / "us_log.csv")
        qtbot.mouseClick(page.preview.accept, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not page.views.busy)

    assert page.preview.shown.new == 0
    assert not page.preview.accept.isEnabled()


def test_every_problem_is_listed_by_its_line_and_good_rows_come_in_only_when_asked(qtbot, page, lists):
    read(qtbot, page, lists / "troubled_log.csv")
    shown = page.preview.shown

    assert page.preview.tabs.currentWidget() is page.preview.problems
    lines = [page.preview.problems.rows.index(row, 0).data() for row in range(len(shown.problems))]
    assert lines == [str(remark.line) for remark in shown.problems]
    assert page.preview.accept.text() == f"Import good rows only ({shown.new})"

    qtbot.mouseClick(page.preview.accept, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.views.busy)
    assert kept(page) == shown.new
    assert f"{len(shown.problems)} rows with problems stayed out." in page.banner.text


def test_dates_that_fit_two_orders_are_asked_about_in_words(qtbot, page, lists):
    read(qtbot, page, lists / "ambiguous_log.txt")

    assert page.orders.isVisible()
    texts = [button.text() for button in page.orders.offers]
    assert any("4 September" in text for text in texts)
    assert any("9 April" in text for text in texts)
    assert kept(page) == 0

    day_first = next(button for button in page.orders.offers if "Day first" in button.text())
    qtbot.mouseClick(day_first, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.preview.isVisible)
    assert page.preview.shown.content.rows[0].prepared.isoformat() == "2025-09-04"


def test_a_file_that_is_no_list_is_refused_in_a_line(qtbot, page, tmp_path):
    picture = tmp_path / "photo.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    read(qtbot, page, picture)

    assert "photo.csv" in page.banner.text
    assert page.choose.isVisible()


def test_a_file_that_is_gone_can_be_tried_again(qtbot, page, tmp_path, lists):
    later = tmp_path / "later.csv"
    read(qtbot, page, later)
    assert "later.csv" in page.banner.text

    shutil.copy(lists / "us_log.csv", later)
    read(qtbot, page, later)
    assert page.preview.isVisible()
    assert page.banner.text == ""


def test_a_list_is_dropped_on_any_page(qtbot, window, lists):
    paper = QMimeData()
    paper.setUrls([QUrl.fromLocalFile(str(lists / "us_log.csv")), QUrl.fromLocalFile(str(lists / "troubled_log.csv"))])
    buttons, no_keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, paper, buttons, no_keys))
    page = window.importing

    assert window.page is page
    assert page.banner.text == "One list at a time: this is us_log.csv."
    qtbot.waitUntil(page.preview.isVisible)
    assert page.preview.shown.file == "us_log.csv"


def test_another_file_can_be_chosen_instead(qtbot, page, lists):
    read(qtbot, page, lists / "us_log.csv")
    qtbot.mouseClick(page.preview.dismiss, Qt.MouseButton.LeftButton)

    assert page.choose.isVisible()
    assert page.preview.shown is None
    assert kept(page) == 0
