import shutil

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from builders import dump
from ldninv.domain.batch_list import Field
from ldninv.domain.question import Question
from ldninv.services import batches
from ldninv.ui.import_page import ImportPage
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News


@pytest.fixture
def window(open_window, on_file):
    return open_window(on_file)


@pytest.fixture
def page(qtbot, dressed, on_file):
    jobs = Jobs(leave=on_file.store.close)
    page = ImportPage(on_file, News(), jobs)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    yield page
    jobs.finish()


def read(qtbot, page, path):
    page.read(path)
    settle(qtbot, page)


def settle(qtbot, page):
    qtbot.waitUntil(lambda: not page.views.busy, timeout=30_000)  # 5000 rows on a busy computer


def kept(page):
    return batches.count(page._context, Question())


def test_a_list_is_shown_before_it_comes_in_and_comes_in_when_asked(qtbot, page, lists):
    read(qtbot, page, lists / "european_log.csv")

    assert page.preview.isVisible()
    assert page.preview.rows.rows.rowCount() == page.preview.shown.new
    assert "“Charge”" in page.preview._understood.text()
    assert page.preview.accept.text() == f"Import {page.preview.shown.new} batches"
    assert kept(page) == 0

    new = page.preview.shown.new
    qtbot.mouseClick(page.preview.accept, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.views.busy)
    assert kept(page) == new
    assert page.banner.text == f"{new} batches from european_log.csv came in."
    assert page.choose.isVisible()


def test_from_what_came_in_one_goes_to_the_batches_or_to_the_rows_that_stayed_out(qtbot, window, lists):
    window.go_to(window.importing)
    page = window.importing
    read(qtbot, page, lists / "troubled_log.csv")
    out = len(page.preview.shown.problems)
    page.bring_in()
    qtbot.waitUntil(lambda: not page.views.busy)
    batches, rows = page.banner.offers
    assert (batches.text(), rows.text()) == ("Show the batches", "Show what stayed out")

    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.views.busy)
    assert (page.preview.shown.new, len(page.preview.shown.problems)) == (0, out)

    page.stock_asked.emit()
    assert window.page is window.batches


def test_what_came_in_is_on_the_other_pages_at_once(qtbot, window, lists):
    window.go_to(window.importing)
    read(qtbot, window.importing, lists / "european_log.csv")
    qtbot.mouseClick(window.importing.preview.accept, Qt.MouseButton.LeftButton)
    settle(qtbot, window.importing)

    window.go_to(window.batches)
    assert window.batches.chips[-1].count == 60


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
    lines = [page.preview.problems.table.rows.index(row, 0).data() for row in range(len(shown.problems))]
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
    assert texts[:2] == ["Day first: 04/09/2025 is 4 September 2025", "Month first: 04/09/2025 is 9 April 2025"]
    assert page.orders.hasFocus()
    assert kept(page) == 0

    qtbot.keyClick(page.orders.offers[0], Qt.Key.Key_Space)
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
    qtbot.waitUntil(page.preview.isVisible)
    assert page.preview.shown.file == "us_log.csv"
    assert page.preview.dismiss.text() == "Leave it out, go on with troubled_log.csv"


def test_another_file_can_be_chosen_instead(qtbot, page, lists):
    read(qtbot, page, lists / "us_log.csv")
    qtbot.mouseClick(page.preview.dismiss, Qt.MouseButton.LeftButton)

    assert page.choose.isVisible()
    assert page.preview.shown is None
    assert kept(page) == 0


DUTCH = "Partij;Sterkte;Bereid;Aantal;Over\nA-1;4,5 mg;2026-03-01;100;40\nA-2;3 mg;2026-04-01;100;140\n"


def choose(qtbot, page, field, title):
    """Choose a column for a field with the keys that a person has."""
    choice = page.preview.mapping.choices[field]
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    entries = choice.view()
    qtbot.waitUntil(entries.isVisible)
    entries.setCurrentIndex(choice.model().index(choice.findText(title), 0))
    qtbot.keyClick(entries, Qt.Key.Key_Return)
    settle(qtbot, page)


def test_a_list_in_words_that_are_not_known_is_read_once_its_columns_are_given_by_hand(qtbot, page, tmp_path):
    (tmp_path / "lijst.csv").write_text(DUTCH, encoding="utf-8")
    read(qtbot, page, tmp_path / "lijst.csv")
    preview = page.preview
    assert preview.isVisible()
    assert not preview.accept.isEnabled()
    assert "no column for the lot" in preview._summary.text()
    assert [preview.mapping.lines.rows.index(0, at).data() for at in range(5)] == DUTCH.splitlines()[1].split(";")

    titles = {"LOT": "Partij", "STRENGTH": "Sterkte", "PREPARED": "Bereid", "MADE": "Aantal", "ON_HAND": "Over"}
    for field, title in titles.items():
        choose(qtbot, page, Field[field], f"“{title}”")

    assert [(row.lot, row.on_hand) for row in preview.shown.rows] == [("A-1", 40)]
    assert [remark.line for remark in preview.shown.problems] == [3]
    assert page.window().focusWidget() is preview.mapping.choices[Field.ON_HAND]


def test_a_column_that_was_taken_for_something_else_is_corrected_and_the_list_is_read_again(qtbot, page, lists):
    read(qtbot, page, lists / "us_log.csv")
    page.preview.tabs.setCurrentWidget(page.preview.mapping)
    assert page.preview.shown.rows[0].verified_by == "S. Okafor"

    choose(qtbot, page, Field.VERIFIED_BY, "“Tech”")

    columns = page.preview.mapping.choices
    assert dict(page.preview.shown.content.columns)["verified_by"] == "Tech"
    assert columns[Field.MADE_BY].currentText() == "not in the list"
    assert page.preview.shown.rows[0].made_by is None
    assert page.preview.tabs.currentWidget() is page.preview.mapping
    assert page.window().focusWidget() is columns[Field.VERIFIED_BY]


def test_neither_the_wheel_nor_an_arrow_changes_a_column_unseen(qtbot, page, lists):
    read(qtbot, page, lists / "us_log.csv")
    page.preview.tabs.setCurrentWidget(page.preview.mapping)
    choice = page.preview.mapping.choices[Field.LOT]

    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    qtbot.waitUntil(choice.view().isVisible)
    qtbot.keyClick(choice.view(), Qt.Key.Key_Escape)

    assert choice.currentText() == "“Lot #”"
    assert not page.views.busy


def test_a_problem_has_the_row_of_the_file_in_sight(qtbot, page, lists):
    read(qtbot, page, lists / "troubled_log.csv")
    problems = page.preview.problems
    line = [each.line for each in page.preview.shown.problems].index(30)
    assert (
        problems.table.rows.index(line, 2).data()
        == "F-WORD · three mg · 2026-03-01 · 2027-03-01 · 100 · 100 · Cabinet A"
    )

    problems.table.selectRow(line)

    assert "Line 30: strength “three mg” holds no number" in problems.detail.text()
    assert "Strength&nbsp;<b>three&nbsp;mg</b>" in problems.detail.text()


def test_a_mended_file_is_read_again(qtbot, page, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("Lot,Strength,Made on,Quantity\nA-1,three mg,2026-03-01,100\n", encoding="utf-8")
    read(qtbot, page, file)
    file.write_text("Lot,Strength,Made on,Quantity\nA-1,3 mg,2026-03-01,100\n", encoding="utf-8")

    qtbot.mouseClick(page.preview.again, Qt.MouseButton.LeftButton)
    settle(qtbot, page)

    assert page.preview.shown.new == 1
    assert page.preview.again.isHidden()


def test_several_lists_come_one_by_one_and_one_that_is_refused_does_not_stop_the_others(qtbot, page, lists, tmp_path):
    (tmp_path / "empty.csv").touch()
    page.take([lists / "us_log.csv", tmp_path / "empty.csv", lists / "european_log.csv", lists / "troubled_log.csv"])
    settle(qtbot, page)
    qtbot.mouseClick(page.preview.accept, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "empty.csv is empty" in page.banner.text)
    assert [offer.text() for offer in page.banner.offers] == ["Try again", "Go on with european_log.csv"]

    qtbot.mouseClick(page.banner.offers[1], Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert page.preview.shown.file == "european_log.csv"
    qtbot.mouseClick(page.preview.dismiss, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert page.preview.shown.file == "troubled_log.csv"
    assert page.preview.dismiss.text() == "Choose another file"


def test_a_list_that_is_dropped_while_another_is_looked_at_waits_for_it(qtbot, page, lists):
    read(qtbot, page, lists / "us_log.csv")
    page.take([lists / "european_log.csv"])

    assert page.preview.shown.file == "us_log.csv"
    assert page.banner.text == "european_log.csv comes after this file."


@pytest.fixture
def long_list(tmp_path):
    rows = (f"A-{number},4.5,2026-03-01,100" for number in range(5000))
    file = tmp_path / "long.csv"
    file.write_text("\n".join(["Lot,Strength,Made on,Quantity", *rows]), encoding="utf-8")
    return file


def test_reading_that_is_stopped_leaves_the_choice_of_a_file(qtbot, page, long_list, lists):
    page.take([long_list, lists / "us_log.csv"])
    qtbot.mouseClick(page.views.stop, Qt.MouseButton.LeftButton)
    settle(qtbot, page)

    assert page.choose.isVisible()
    assert page.banner.text == "Stopped. Nothing was written."


def test_writing_that_is_stopped_writes_nothing_and_can_be_begun_again(qtbot, page, long_list):
    read(qtbot, page, long_list)
    before = dump(page._context.store)
    page.bring_in()
    qtbot.mouseClick(page.views.stop, Qt.MouseButton.LeftButton)
    settle(qtbot, page)

    assert page.preview.isVisible()
    assert page.banner.text == "Stopped. Nothing was written."
    assert dump(page._context.store) == before
    page.bring_in()
    settle(qtbot, page)
    assert kept(page) == 5000
