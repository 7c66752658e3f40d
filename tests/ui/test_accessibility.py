"""Every page, empty and full, at the usual text size and at 200 %: said whole, named, and reached by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from builders import TODAY
from ldninv.services import batches, issuing, ledger, places, recall
from ldninv.services.recalling import of_batch
from ldninv.services.storage.places_now import places_now
from ldninv.ui import appearance
from ldninv.ui.acting import actions
from ldninv.ui.dispensings import Period
from ldninv.ui.navigation import WAYS
from ldninv.ui.reports_page import DISPENSINGS, ISSUED
from rooms import a_room, brought
from seen import cells, cut, focusable, heard, seen, walked

EMPTY = (
    "today",
    "batches",
    "storage",
    "new batch",
    "count",
    "import",
    "reports",
    "history",
    "check",
    "recalls",
    "settings",
    "shortcuts",
)
FORMS = {
    "dispense": ("NEAR-1", actions.DISPENSE),
    "write off": ("OLD-1", actions.WASTE),
    "dispose": ("OLD-1", actions.DISPOSE),
    "move": ("GOOD-1", actions.MOVE),
    "count": ("GOOD-1", actions.COUNT),
    "release": ("WAIT-1", actions.RELEASE),
    "quarantine": ("GOOD-1", actions.QUARANTINE),
    "return": ("GOOD-1", actions.RETURN),
    "sample": ("GOOD-1", actions.SAMPLE),
    "hold": ("GOOD-1", actions.HOLD),
    "decide": ("GOOD-1", actions.DECIDE),
    "shorten": ("GOOD-1", actions.SHORTEN),
    "reject": ("WAIT-1", actions.REJECT),
}
LISTS = {"import problems": "troubled_log.csv", "import batches": "us_log.csv", "import order": "ambiguous_log.txt"}
SHELF = ("counting", "counted", "bin", "to the bin", "dispensings", "no report issued", "issued reports", "sign-off")
RECALLS = ("event", "recall begins", "recall", "recall closes")
STORAGE = ("storage places", "storage place", "storage event", "storage decision")
FULL = (*EMPTY, "card", *FORMS, "nothing found", "batch made", *LISTS, "import columns", *SHELF, *RECALLS, *STORAGE)
DUTCH = "Partij;Sterkte;Bereid;Aantal;Over\nA-1;4,5 mg;2026-03-01;100;40\n"


def show(qtbot, window, view, lists, tmp_path):
    """Bring a view of the window up, as far as its work goes."""
    pages = {way.title.casefold(): page for way, page in zip(WAYS, window.pages, strict=True)}
    if view in pages:
        window.go_to(pages[view])
    elif view in FORMS:
        lot, action = FORMS[view]
        window.go_to(window.batches)
        window.batches.open_lot(lot)
        window.batches.card.desk.begin(action)
    elif view.startswith("import"):
        path = lists / LISTS[view] if view in LISTS else tmp_path / "lijst.csv"
        (tmp_path / "lijst.csv").write_text(DUTCH, encoding="utf-8")
        window.go_to(window.importing)
        window.importing.start_over()
        window.importing.read(path)
    else:
        BRINGS[view](window, pages)
    rest(qtbot, window)


def rest(qtbot, window):
    """Wait until nothing runs, and everything is laid out."""
    qtbot.waitUntil(lambda: not window.jobs._running)
    before = None
    while before != (before := [each.geometry() for each in seen(window)]):
        QApplication.processEvents()


def _card(window, _pages):
    window.go_to(window.batches)
    window.batches.open_lot("NEAR-1")


def _nothing(window, _pages):
    window.go_to(window.batches)
    window.batches.enter("NO-SUCH-LOT")


def _made(window, pages):
    page = pages["new batch"]
    window.go_to(page)
    page.begin()
    page.fields.usual.button(page.fields.usual.first() and next(iter(page.fields.usual._buttons))).click()
    page.fields.made.setText("300")
    for fields in page.fields.components.lines:
        fields["lot"].setText("C-1")
        fields["expires"].setText(f"{TODAY.year + 2}-01-31")
    page.make()


def _shortcuts(window, _pages):
    window._shortcuts.open()


def _counting(window, _pages):
    window.go_to(window.counting)
    window.counting.begin("Shelf 3")
    for lot in ("GOOD-1", "OLD-1", "A-STRANGER"):
        window.counting.scanning.enter(lot)


def _counted(window, pages):
    _counting(window, pages)
    window.counting.compare()


def _bin(window, pages):
    window.go_to(window.counting)
    window.counting.begin("Cabinet A")
    window.counting.take_to_bin()
    window.counting.binning.begin()


def _to_bin(window, pages):
    _bin(window, pages)
    if not any(place.name == "Expired bin" for place in places.places(window._context)):
        window.counting.binning.choose.click()
    window.counting.binning.enter("NEAR-1")


def _dispensings(window, _pages):
    ledger.dispense(window._context, "GOOD-1", 30, days_supply=30, reason="asked for")
    window.go_to(window.reports)
    window.reports.kind.button(DISPENSINGS).click()
    window.reports.dispensings.period.button(Period.THIS_MONTH).click()


def _none_issued(window, _pages):
    window.go_to(window.reports)
    window.reports.show_kind(ISSUED)


def _issued(window, pages):
    issuing.issue(window._context)
    _none_issued(window, pages)


def _sign_off(window, pages):
    _issued(window, pages)
    window.reports.issued.ask_signature()


def _check(window, pages):
    window.go_to(pages["history"])
    window.history.tabs.setCurrentWidget(window.history.check)


def _recalls(window, pages):
    window.go_to(pages["history"])
    window.history.show_recalls()


def _event(window, pages):
    window.go_to(pages["history"])
    window.history.tabs.setCurrentWidget(window.history.events)
    QApplication.processEvents()
    window.history.events.show_number(1)


def _recall_begins(window, pages):
    _recalls(window, pages)
    window.history.recalls.ask(of_batch(batches.card(window._context, "GOOD-1").kept.batch))


def _recall(window, pages):
    _recalls(window, pages)
    if not recall.recalls(window._context):
        ledger.dispense(window._context, "GOOD-2", 30, days_supply=30)
        recall.open_recall(window._context, lot="GOOD-2", reason="complaint: a capsule of another colour")
    window.history.recalls.show_number(1)


def _recall_closes(window, pages):
    _recall(window, pages)
    window.history.recalls.one.ask_close()


def _places(window, pages):
    if not window.storage.model.ids or all(row.judged is None for row in places_now(window._context)):
        series = a_room(hours=240, t32=(20, 24), t41=(100, 103), gap=(150, 160), lit=(200, 202))
        brought(window._context, series, place="Shelf 3")
    window.go_to(window.storage)
    window.storage.show_places()


def _place(window, pages):
    _places(window, pages)
    window.storage.open_place("Shelf 3")
    while window.storage.busy:
        QApplication.processEvents()
    window.storage.place.batch.setCurrentIndex(1)


def _storage_event(window, pages):
    _place(window, pages)
    window.storage.place.step(1)
    window.storage.place.chart.open_asked.emit()


def _storage_decision(window, pages):
    _place(window, pages)
    place = window.storage.place
    place.table.selectRow(next(number for number, each in enumerate(place._shown) if each.waiting))
    place.chart.open_asked.emit()
    window.storage.event_view.ask()


BRINGS = {
    "storage places": _places,
    "storage place": _place,
    "storage event": _storage_event,
    "storage decision": _storage_decision,
    "counting": _counting,
    "counted": _counted,
    "bin": _bin,
    "to the bin": _to_bin,
    "dispensings": _dispensings,
    "no report issued": _none_issued,
    "issued reports": _issued,
    "sign-off": _sign_off,
    "card": _card,
    "nothing found": _nothing,
    "batch made": _made,
    "shortcuts": _shortcuts,
    "check": _check,
    "recalls": _recalls,
    "event": _event,
    "recall begins": _recall_begins,
    "recall": _recall,
    "recall closes": _recall_closes,
}


@pytest.fixture(params=[100, 200], ids=["usual text", "text at 200 %"])
def text_size(request, dressed):
    before = dressed.font()
    appearance.size_text(dressed, request.param)
    yield request.param
    dressed.setFont(before)


def through(qtbot, window, views, lists, tmp_path, look):
    """Return what is found, with the view that it is found in."""
    found = []
    for view in views:
        show(qtbot, window, view, lists, tmp_path)
        found += [f"{view}: {lack}" for lack in look(window)]
        window._shortcuts.close()
    return found


@pytest.mark.usefixtures("text_size")
def test_nothing_is_cut_on_an_empty_shelf(qtbot, open_window, on_file, lists, tmp_path):
    window = open_window(on_file)

    found = through(qtbot, window, EMPTY, lists, tmp_path, cut)
    assert not found, "\n".join(found)
    assert (window.width(), window.height()) == (1280, 720)


@pytest.mark.usefixtures("text_size")
def test_nothing_is_cut_on_a_full_shelf(qtbot, open_window, stocked, lists, tmp_path):
    window = open_window(stocked)

    found = through(qtbot, window, FULL, lists, tmp_path, cut)
    assert not found, "\n".join(found)
    assert (window.width(), window.height()) == (1280, 720)


@pytest.mark.parametrize("page", ["today", "storage", "importing", "settings"])
@pytest.mark.parametrize("text_size", [200], indirect=True)
@pytest.mark.usefixtures("text_size")
def test_the_largest_text_needs_no_larger_screen_and_what_is_wider_scrolls(qtbot, open_window, stocked, page):
    window = open_window(stocked)
    window.go_to(getattr(window, page))
    window.resize(640, 480)
    qtbot.waitUntil(lambda: not window.jobs.busy)

    assert (window.width(), window.height()) == (640, 480)
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    areas = [each for each in window.page.findChildren(QScrollArea) if each.isVisible() and each.widget()]
    hidden = [
        area.accessibleName()
        for area in areas
        if area.widget().width() > area.viewport().width() and area.horizontalScrollBarPolicy() == never
    ]
    assert not hidden


def test_what_is_cut_is_found(qtbot):
    whole = QWidget()
    qtbot.addWidget(whole)
    layout = QVBoxLayout(whole)
    label, wrapped, outside = QLabel("a label"), QLabel("several words in a line"), QLabel("x")
    button = QPushButton("a button")
    for part in (label, wrapped, button):
        layout.addWidget(part)
    wrapped.setWordWrap(True)
    label.setFixedWidth(10)
    wrapped.setFixedSize(60, 10)
    button.setFixedWidth(20)
    outside.setParent(whole)
    outside.move(-20, 0)
    whole.show()

    assert len(cut(whole)) == 4


def test_every_control_has_a_name(qtbot, window, lists, tmp_path):
    def nameless(window):
        return [f"{each.what} ({each.role.name})" for each in heard(window) if not each.name.strip()]

    found = through(qtbot, window, FULL, lists, tmp_path, nameless)
    assert not found, "\n".join(found)


def test_the_cells_of_a_table_are_read_out_and_a_state_by_its_word(qtbot, window):
    window.go_to(window.batches)
    rest(qtbot, window)
    table = window.batches.table

    rows = cells(table)
    assert len(rows) == table.rows.rowCount()
    assert all(cell.role is QAccessible.Role.Cell for row in rows for cell in row)
    states = [next(cell.name for cell in row if cell.name.split(":")[0] in STATES) for row in rows]
    assert {state.split(":")[0] for state in states} >= {"Expired", "Near expiry", "Good", "Quarantine"}


STATES = {"Expired", "Near expiry", "Good", "Quarantine", "Under 90"}


def test_tab_reaches_every_control_of_every_view(qtbot, window, lists, tmp_path):
    def missed(window):
        ought = focusable(window.page)
        reached = walked(qtbot, ought[0]) if ought else []
        return [f"{type(each).__name__} “{each.accessibleName()}”" for each in ought if each not in reached]

    views = [view for view in FULL if view != "shortcuts"]
    found = through(qtbot, window, views, lists, tmp_path, missed)
    assert not found, "\n".join(found)


def test_whatever_has_the_focus_looks_so(qtbot, window, lists, tmp_path):
    def unseen(window):
        found = []
        for each in focusable(window.page):
            window.setFocus()
            before = each.grab().toImage()
            each.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if each.grab().toImage() == before:
                found.append(f"{type(each).__name__} “{each.accessibleName()}”")
        return found

    views = [view for view in FULL if view != "shortcuts"]
    found = through(qtbot, window, views, lists, tmp_path, unseen)
    assert not found, "\n".join(found)
