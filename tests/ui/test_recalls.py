"""A recall in the window: two clicks from the card, listed, called, tallied and closed with a signature (R12, R29)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtPrintSupport import QPrinter

from builders import TODAY, a_batch, at_work, keep
from ldninv.domain.amounts import amount
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.goods import Delivery, Product
from ldninv.domain.ledger import DisposalReason
from ldninv.domain.standing import State
from ldninv.services import batches, goods, ledger, preferences, recall, trail
from ldninv.services.context import Change
from ldninv.ui.acting import actions
from ldninv.ui.recalls import tables
from ldninv.ui.scanner import taking
from ldninv.ui.table import RowTableModel
from staff import MARA, PINS, staffed

MCC = ComponentLot("MCC", "MC26", date(2027, 6, 30), "Ash Chemicals", "50 g")
GOOD = TODAY + timedelta(days=200)


@pytest.fixture
def pharmacy(on_file):
    """Three batches with one MCC lot, one of them dispensed from."""
    keep(on_file, *(a_batch(lot=lot, beyond_use=GOOD, components=(MCC,)) for lot in ("A-1", "A-2", "A-3")))
    for days in (30, 60):
        ledger.dispense(on_file, "A-1", days, days_supply=days)
    return on_file


@pytest.fixture
def window(open_window, pharmacy):
    return open_window(pharmacy)


@pytest.fixture
def recalls(window):
    return window.history.recalls


def settled(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.busy)


def chosen(context, *lots):
    """Return batches as the list hands them on when several are chosen."""
    cards = [batches.card(context, lot) for lot in lots]
    return [(card.kept, card.standing) for card in cards]


def cells(table):
    """Return what a table shows, row by row."""
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_a_batch_is_recalled_from_its_card_by_keys_alone(window, recalls, press, write, pharmacy):
    window.batches.open_lot("A-2")
    press("Ctrl+Shift+L")
    assert window.page is window.history
    assert recalls.form.says.text() == (
        "This reaches 1 batch with 300 capsules on hand; 0 supplies dispensed, 0 capsules."
    )
    assert recalls.form.reason.field.hasFocus()
    assert recall.recalls(pharmacy) == []

    write("wrong colour")
    press("Return")
    assert recalls.currentWidget() is recalls.one
    assert recalls.one.title.text() == "Recall 1: Batch A-2"
    assert window.history.banner.text == "Recalled: 1 batch blocked."
    assert batches.card(pharmacy, "A-2").standing.state is State.RECALLED
    assert batches.card(pharmacy, "A-1").standing.state is State.RELEASED


def test_a_component_lot_is_recalled_from_its_line_on_the_card(window, recalls, press, write, pharmacy):
    window.batches.open_lot("A-3")
    components = window.batches.card.components.list
    components.setFocus()
    press("Home", "Return")
    assert recalls.form.which.value.words == "MCC lot MC26"
    assert [row[0] for row in cells(recalls.form.table)] == ["A-1", "A-2", "A-3"]
    assert "2 supplies dispensed, 90 capsules" in recalls.form.says.text()

    write("letter")
    press("Return")
    assert {batches.card(pharmacy, lot).sign.word for lot in ("A-1", "A-2", "A-3")} == {"Recalled"}
    assert [row[0] for row in cells(recalls.one.batches)] == ["A-1", "A-2", "A-3"]


def test_without_a_reason_nothing_is_recalled(window, recalls, press, pharmacy):
    window.batches.open_lot("A-2")
    press("Ctrl+Shift+L", "Return")

    assert recalls.form.banner.text == "A reason is needed to recall. Say it in a few words."
    assert recalls.form.reason.field.hasFocus()
    assert recall.recalls(pharmacy) == []


def test_a_lot_is_typed_or_scanned_and_its_enter_never_recalls(window, recalls, press, write, pharmacy):
    window.history.show_recalls()
    window.go_to(window.history)
    recalls.ask()
    recalls.form.reason.field.setText("letter")
    recalls.form.point_to(recalls.form.lot)
    write("mc26")
    assert recalls.form.which.value.words == "MCC lot MC26"
    press("Return")

    assert recall.recalls(pharmacy) == []
    assert recalls.form.reason.field.hasFocus()


def test_a_lot_of_two_things_is_a_choice(window, recalls, press, pharmacy):
    keep(pharmacy, a_batch(lot="B-1", beyond_use=GOOD, components=(ComponentLot("Talc", "MC26"),)))
    recalls.ask()
    recalls.form.lot.setText("MC26")
    assert recalls.form.which.value is None
    assert [each.words for each in recalls.form.subjects] == ["MCC lot MC26", "Talc lot MC26"]
    assert "Choose the one" in recalls.form.says.text()

    recalls.form.which.button(recalls.form.subjects[1]).click()
    assert [row[0] for row in cells(recalls.form.table)] == ["B-1"]


@pytest.mark.parametrize(("text", "words"), [("", "Type or scan the lot"), ("NO-1", "No batch has the lot NO-1")])
def test_an_unknown_lot_is_said_while_one_types(window, recalls, text, words):
    window.go_to(window.history)
    recalls.ask()
    recalls.form.lot.setText(text)

    assert words in recalls.form.says.text()


def test_what_is_recalled_already_says_so(window, recalls, pharmacy):
    recall.open_recall(pharmacy, component="MC26", reason="letter")
    recalls.ask()
    recalls.form.lot.setText("MC26")

    assert "recalled already" in recalls.form.says.text()


def test_esc_goes_back_from_the_form_to_the_recalls_and_nothing_is_written(window, recalls, press, pharmacy):
    window.batches.open_lot("A-2")
    press("Ctrl+Shift+L", "Escape")

    assert recalls.form is None
    assert recalls.nothing.isVisible()
    assert recall.recalls(pharmacy) == []


@pytest.fixture
def opened(pharmacy):
    return recall.open_recall(pharmacy, component="MC26", reason="letter")


def test_the_recalls_are_listed_and_one_is_opened_by_enter(window, recalls, press, opened):
    window.go_to(window.history)
    window.history.show_recalls()
    assert [row[:4] for row in cells(recalls.table)] == [["Open", "1", "MCC lot MC26", "2026-11-22"]]

    recalls.table.setFocus()
    press("Home", "Return")
    assert recalls.one.tally.text() == (
        "3 batches: 810 capsules on hand when recalled, 810 now, 0 disposed of since\n"
        "2 supplies dispensed, 90 capsules: 0 came back since, 90 did not"
    )
    press("Escape")
    assert recalls.table.isVisible()


def test_what_comes_back_is_tallied_while_one_looks(window, recalls, pharmacy, opened):
    window.go_to(window.history)
    recalls.show_number(1)
    window.history.tabs.setCurrentWidget(recalls)
    recalls.show_number(1)
    done = ledger.accept_return(pharmacy, "A-1", 30)
    window.news.changed.emit(done.changed)

    assert "30 came back since, 60 did not" in recalls.one.tally.text()


def test_enter_on_a_batch_of_the_recall_opens_its_card(window, recalls, press, opened):
    window.go_to(window.history)
    window.history.tabs.setCurrentWidget(recalls)
    recalls.show_number(1)
    recalls.one.batches.setFocus()
    press("Home", "Return")

    assert window.page is window.batches
    assert window.batches.card.card.kept.batch.lot == "A-1"


def test_the_call_list_is_seen_printed_and_saved_and_the_trail_knows(
    qtbot, window, recalls, tmp_path, pharmacy, opened
):
    window.go_to(window.history)
    window.history.tabs.setCurrentWidget(recalls)
    recalls.show_number(1)
    recalls.one.call.click()
    panel = recalls.one.papers
    qtbot.waitUntil(lambda: panel.view.pages > 0 and panel.print.isEnabled())
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    panel.print_on(printer)
    panel.save_as(tmp_path / "calls.pdf")
    qtbot.waitUntil((tmp_path / "calls.pdf").exists)
    settled(qtbot, window)

    newest = trail.rows(pharmacy, trail.numbers(pharmacy)[:2])
    assert [line.event.action for line in newest] == ["call-list", "call-list"]
    panel.close()


def test_a_recall_is_closed_by_keyboard_once_it_is_said_what_was_done(window, recalls, press, write, pharmacy, opened):
    window.go_to(window.history)
    window.history.tabs.setCurrentWidget(recalls)
    recalls.show_number(1)
    recalls.one.close_it.setFocus()
    press("Space", "Return")
    assert recalls.one.form.banner.text.startswith("Say in a few words what was done")
    write("all were called")
    press("Return")

    assert recalls.one.sign.sign == tables.CLOSED
    assert recalls.one.close_it.isHidden()
    assert recall.recalls(pharmacy)[0].closed.note == "all were called"
    assert window.history.banner.text.startswith("Recall 1 is closed. Its batches stay recalled.")


def test_closing_takes_a_pharmacists_pin_where_there_are_people(open_window, qtbot, pharmacy, opened):
    staffed(pharmacy)
    window = open_window(pharmacy)
    window.go_to(window.history)
    recalls = window.history.recalls
    window.history.tabs.setCurrentWidget(recalls)
    recalls.show_number(1)
    recalls.one.ask_close()
    form = recalls.one.form
    form.note.field.setText("all were called")
    assert form.signature.names == (MARA,)
    form.signature.pin.setText("111111")
    form.confirm()
    assert recall.recalls(pharmacy)[0].closed is None

    form.signature.pin.setText(PINS[MARA])
    form.confirm()
    assert MARA in recalls.one.about.text()
    assert "signed" in recalls.one.about.text()


def test_rx_numbers_are_masked_until_somebody_looks_and_the_trail_knows_who(window, recalls, pharmacy):
    preferences.change(pharmacy, replace(pharmacy.settings, rx_numbers=True))
    ledger.dispense(pharmacy, "A-2", 30, days_supply=30, rx="RX-100234", reason="asked for")
    recall.open_recall(pharmacy, lot="A-2", reason="letter")
    window.go_to(window.history)
    window.history.tabs.setCurrentWidget(recalls)
    recalls.show_number(1)
    supplies = recalls.one.tabs.widget(1)
    assert "100234" not in cells(supplies)[0][-1]
    assert cells(supplies)[0][-1]

    recalls.one.show_rx.click()
    assert cells(recalls.one.tabs.widget(1))[0][-1] == "RX-100234"
    assert recalls.one.show_rx.isHidden()
    newest = trail.rows(pharmacy, trail.numbers(pharmacy)[:1])[0].event
    assert newest.action == "prescriptions-seen"
    assert "100234" not in f"{newest.before}{newest.after}"


def test_without_the_setting_there_is_no_rx_number_to_show(window, recalls, opened):
    window.go_to(window.history)
    recalls.show_number(1)

    assert recalls.one.show_rx.isHidden()
    assert "Rx number" not in [column.title for column in recalls.one.tabs.widget(1).rows.columns]


def test_an_open_recall_is_the_first_task_of_today_and_leads_to_the_recalls(qtbot, window, recalls, press, opened):
    window.news.changed.emit(Change.LEDGER)
    press("Ctrl+1")
    qtbot.waitUntil(lambda: [tile.sign.word for tile in window.today.tiles.tiles][:1] == ["Recall"])
    assert window.today.tiles.tiles[0].figure == "1"
    window.today.tiles.tiles[0].click()

    assert window.page is window.history
    assert recalls.table.isVisible()


def test_the_dossier_is_one_press_from_the_card(qtbot, window, press):
    window.batches.open_lot("A-1")
    press("Ctrl+I")
    panel = window.batches.card.ways.papers
    qtbot.waitUntil(lambda: panel.view.pages > 0 and panel.print.isEnabled())
    assert panel.accessibleName() == "Dossier A-1"
    assert panel.print.hasFocus()

    press("Escape")
    assert not panel.isVisible()


def test_a_certificate_is_shown_from_the_movements_line(qtbot, window, press, pharmacy):
    ledger.dispose(pharmacy, "A-3", 300, reason=DisposalReason.DAMAGE, method="waste contractor")
    window.batches.open_lot("A-3")
    movements = window.batches.card.movements.list
    movements.setFocus()
    press("Home")
    assert movements.buttons[actions.CERTIFICATE].isVisible()
    movements.buttons[actions.CERTIFICATE].click()
    panel = window.batches.card.ways.papers
    qtbot.waitUntil(lambda: panel.view.pages > 0 and panel.print.isEnabled())

    assert panel.accessibleName() == "Certificate of disposal A-3"
    panel.close()


def test_one_certificate_of_all_that_was_disposed_of_is_had_later_too_for_the_batches_that_are_chosen(
    qtbot, window, press, pharmacy
):
    for lot, number in (("A-1", 20), ("A-3", 300)):
        ledger.dispose(pharmacy, lot, number, reason=DisposalReason.DAMAGE)
    card = window.batches.card
    window.batches.open_lot("A-3")
    assert "Disposal certificate…" in card.desk.more.words
    card.show_many(chosen(pharmacy, "A-1", "A-3"))
    press("Ctrl+Shift+I")
    qtbot.waitUntil(lambda: card.ways.papers is not None and card.ways.papers.print.isEnabled())

    assert card.ways.papers.accessibleName() == "Certificate of 2 disposals"
    card.ways.papers.close()


def test_batches_of_which_nothing_was_disposed_have_no_certificate_and_it_says_so(window, press, pharmacy):
    window.batches.open_lot("A-2")
    card = window.batches.card
    assert "Disposal certificate…" not in card.desk.more.words
    card.show_many(chosen(pharmacy, "A-1", "A-2"))
    press("Ctrl+Shift+I")

    assert "Nothing of these batches was disposed of" in card.desk.banner.text


@pytest.mark.parametrize("columns", [tables.RECALLS, tables.BATCHES, tables.SCOPE, tables.supplies({})])
def test_its_tables_keep_qts_rules(qtmodeltester, pharmacy, opened, columns):
    found = recall.show(pharmacy, 1)
    rows = {tables.RECALLS: recall.recalls(pharmacy)}.get(columns, found.reached)
    rows = found.dispensings if columns[-1].title == "Rx number" else rows
    model = RowTableModel(columns)
    model.show_rows(rows)

    qtmodeltester.check(model)


def test_a_recall_of_a_wrong_clock_is_taken_back_on_its_page_with_a_signature(
    window, recalls, press, write, pharmacy, qtbot
):
    ahead = at_work(pharmacy.store, TODAY + timedelta(days=900))
    recall.open_recall(ahead, component="MC26", reason="letter")
    staffed(pharmacy, MARA)
    window.go_to(window.history)
    window.history.show_recalls()
    recalls.show_number(1)
    settled(qtbot, window)
    assert recalls.one.take_back.isVisible()

    recalls.one.ask_take_back()
    write("wrong clock")
    recalls.one.form.signed.who.choose(MARA)
    recalls.one.form.signed.pin.setFocus()
    write(PINS[MARA])
    press("Return")
    assert window.history.banner.text == "Recall 1 is taken back."
    assert recalls.one.sign.sign == tables.TAKEN_BACK
    assert recalls.one.take_back.isHidden()
    assert batches.card(pharmacy, "A-2").standing.state is State.RELEASED


def test_a_scan_fills_the_lot_of_the_form_and_what_names_no_lot_changes_nothing(window, recalls, pharmacy):
    window.go_to(window.history)
    window.history.recall((), None)
    form = recalls.form
    form.lot.setFocus()

    heard = taking.take("]C0MC26", window)
    assert (form.lot.text(), form.which.value.words) == ("MC26", "MCC lot MC26")
    assert heard.line == "MCC lot MC26: give the reason."
    form.lot.setFocus()
    heard = taking.take("something else", window)
    assert (heard.sound, form.lot.text()) == ("stop", "MC26")
    assert recall.recalls(pharmacy) == []


def test_a_lot_on_the_shelf_that_went_into_no_batch_says_so_and_can_be_recalled(window, recalls, pharmacy):
    goods.receive(pharmacy, Delivery(product=Product(name="MCC"), lot="MC99", amount=amount("5", "kg")))
    window.go_to(window.history)
    window.history.recall((), None)
    recalls.form.lot.setText("MC99")

    assert recalls.form.says.text().startswith("No batch was made with it yet.")
    recalls.form.reason.field.setText("letter from the maker")
    recalls.form.confirm()
    assert recall.recalls(pharmacy)[0].what == "MCC lot MC99"
