"""The Components page in the real window: goods come in by scan, and a code is linked without a dialog (R30, R35)."""

import pytest
from PySide6.QtCore import Qt

from builders import a_batch, keep
from ldninv.domain.expiry import ComponentLot
from ldninv.services import codes, goods, lookup
from ldninv.ui.goods.receive import Receive
from ldninv.ui.goods.tasks import LinkCode
from ldninv.ui.scanner import answers

CODE = "(01)00347335326833(17)280331(10)NX999(21)100012345678"
GTIN = "00347335326833"


@pytest.fixture
def page(window, read):
    window.go_to(window.goods)
    read()
    return window.goods


@pytest.fixture
def read(qtbot, window):
    """Wait until the page has read its lists."""
    return lambda: qtbot.waitUntil(lambda: not window.goods.busy)


def scan(window, context, text):
    """Scan as the scanner does: whatever asks for it first, else the window."""
    from ldninv.ui.scanner import taking

    return taking.take(text, window) or answers.take(context, window, text)


def offer(window, text):
    (button,) = [each for each in window.page.banner.offers if each.text().startswith(text)]
    button.click()


def received(window, press, stocked):
    scan(window, stocked, CODE)
    form = window.goods.task
    form.name.setText("Naltrexone HCl")
    form.supplier.setText("Sample Chemicals")
    form.amount.number.setText("25")
    form.amount.number.setFocus()
    press("Enter")
    return form


def test_a_scan_on_the_page_fills_the_form_and_a_person_confirms_it(window, page, press, read, stocked):
    heard = scan(window, stocked, CODE)
    form = page.task

    assert isinstance(form, Receive)
    assert [each.text() for each in (form.lot, form.expires, form.code, form.serial)] == [
        "NX999", "2028-03-31", GTIN, "100012345678",
    ]  # fmt: skip
    assert "Compare it with the label" in heard.line
    assert goods.products(stocked) == []
    received(window, press, stocked)
    assert page.task is None
    assert "25 g on hand" in page.banner.text
    assert f"{GTIN} is remembered" in page.banner.text
    read()
    assert "NX999" in [row.component.lot for row in page.lots.shown]


def test_the_second_scan_of_a_product_names_it_and_its_lot_is_opened(window, page, press, stocked):
    received(window, press, stocked)

    scan(window, stocked, f"(01){GTIN}(17)290331(10)NX000")
    assert (page.task.name.text(), page.task.supplier.text()) == ("Naltrexone HCl", "Sample Chemicals")
    press("Escape")
    scan(window, stocked, CODE)
    assert page.one.isVisible()
    assert (page.one.verdict.word, page.one.card.known.component.lot) == ("Good", "NX999")


def test_a_code_of_another_component_than_the_form_names_changes_nothing_until_asked(window, page, press, stocked):
    received(window, press, stocked)
    page.receive()
    form = page.task
    form.name.setText("MCC")

    heard = scan(window, stocked, CODE)
    assert (heard.sound, form.lot.text()) == ("stop", "")
    form.banner.offers[0].click()
    assert (form.name.text(), form.lot.text()) == ("Naltrexone HCl", "NX999")


def test_what_a_scan_changes_in_the_form_is_named(window, page, stocked):
    scan(window, stocked, CODE)
    heard = scan(window, stocked, "(01)00347335326833(17)280331(10)NX111")

    assert (page.task.lot.text(), heard.sound) == ("NX111", "look")
    assert "Lot NX999 stood there before." in page.task.banner.text


def test_one_of_our_batches_is_no_goods(window, page, stocked):
    page.receive()
    heard = scan(window, stocked, "LDN250301001T")

    assert (heard.sound, page.task.lot.text()) == ("stop", "")
    assert "is the lot of a batch made here" in heard.line


def test_a_refusal_stands_in_the_form_with_what_was_typed(window, page, press, stocked):
    scan(window, stocked, CODE)
    page.task.name.setText("Naltrexone HCl")
    page.task.amount.number.setText("much")
    page.task.name.setFocus()
    press("Enter")

    assert "is no amount" in page.task.banner.text
    assert page.task.amount.number.hasFocus()
    assert page.task.lot.text() == "NX999"


def test_an_unknown_code_offers_to_receive_to_link_and_to_search_inside_the_page(window, stocked):
    window.go_to(window.today)
    scan(window, stocked, CODE)

    assert [each.text() for each in window.page.banner.offers] == [
        "Receive goods", "Link to a product", "Search for “NX999”",
    ]  # fmt: skip
    assert "GTIN 00347335326833 · lot NX999 · expires 2028-03-31" in window.page.banner.text
    offer(window, "Receive")
    assert (window.page is window.goods, window.goods.task.lot.text()) == (True, "NX999")


def test_a_code_is_linked_to_a_product_from_the_banner_and_known_from_then_on(window, press, stocked):
    scan(window, stocked, GTIN)
    offer(window, "Link")
    form = window.goods.task
    assert isinstance(form, LinkCode)
    assert form.code.text() == GTIN
    form.name.setText("MCC")
    form.name.setFocus()
    press("Enter")

    assert f"{GTIN} stands for MCC." in window.goods.banner.text
    assert lookup.scan(stocked, "347335326833").product.name == "MCC"


def test_a_text_stands_for_a_batch_and_is_taken_back_in_the_list_of_codes(window, page, press, read, stocked):
    keep(stocked, a_batch(lot="OLD-7"))
    page.link("jar twelve")
    page.task.what.button("batch").click()
    page.task.lot.setText("old-7")
    page.task.lot.setFocus()
    press("Enter")
    assert lookup.scan(stocked, "Jar Twelve").card.kept.batch.lot == "OLD-7"

    page.lots.codes.click()
    read()
    page.codes.table.selectRow(0)
    page.codes.unlink.click()
    assert codes.known(stocked) == []
    assert "stands for nothing any more" in page.banner.text


def test_a_component_lot_shows_where_it_went_and_the_way_back(window, page, press, stocked):
    keep(stocked, a_batch(lot="N", components=(ComponentLot("MCC", "M1"),)))
    page.refresh()
    scan(window, stocked, "M1")

    assert page.one.isVisible()
    assert page.one.card.batches == ("N",)
    assert [button.isVisible() for button in (page.one.receive, page.one.count, page.one.recall)] == [True, False, True]
    press("Escape")
    assert page.lots.isVisible()


def test_a_component_lot_opens_by_one_click(qtbot, page, read, stocked):
    keep(stocked, a_batch(lot="N", components=(ComponentLot("MCC", "M1"),)))
    page.refresh()
    read()
    table = page.lots.table
    where = table.visualRect(table.rows.index(0, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)

    assert page.one.isVisible()
    assert page.one.card.batches == ("N",)


def test_counting_and_disposing_from_the_card(window, page, press, stocked):
    received(window, press, stocked)
    scan(window, stocked, CODE)
    page.one.count.click()
    page.task.amount.number.setText("24")
    press("Enter")
    assert str(page.one.card.known.on_hand) == "24 g"

    page.one.dispose.click()
    page.task.amount.number.setText("4")
    page.task.reason.field.setText("spilled")
    press("Enter")
    assert str(page.one.card.known.on_hand) == "20 g"


def test_a_lot_is_recalled_from_its_card(window, page, press, stocked):
    received(window, press, stocked)
    scan(window, stocked, CODE)
    page.one.recall.click()

    assert window.page is window.history
    assert window.history.recalls.form is not None


def test_what_was_begun_is_asked_about_before_the_window_closes(window, page, stocked):
    scan(window, stocked, CODE)

    window.close()
    assert window.isVisible()
    assert "was begun" in page.banner.text
    page.banner.offers[0].click()
    page.task.leave.click()


def test_the_list_narrows_as_one_types_and_says_when_nothing_is_left(window, page, read, stocked):
    keep(stocked, a_batch(lot="N", components=(ComponentLot("MCC", "M1"), ComponentLot("Lactose", "L1"))))
    page.refresh()
    read()
    page.lots.finding.setText("lac l1")
    assert [row.component.lot for row in page.lots.shown] == ["L1"]
    page.lots.finding.setText("zzz")
    assert page.lots.none.isVisible()


def test_a_key_opens_the_form_that_receives(window, page, press):
    press("Ctrl+G")

    assert isinstance(page.task, Receive)


def test_a_lot_that_is_scanned_alone_brings_its_component_and_date_into_the_form(window, page, press, stocked):
    received(window, press, stocked)
    page.receive()
    scan(window, stocked, "nx999")

    form = page.task
    assert [each.text() for each in (form.name, form.supplier, form.lot, form.expires)] == [
        "Naltrexone HCl", "Sample Chemicals", "NX999", "2028-03-31",
    ]  # fmt: skip
    press("Escape")
    page.receive()
    scan(window, stocked, "a lot that is new")
    assert page.task.lot.text() == "a lot that is new"


def test_the_lists_are_read_on_a_worker_and_nothing_is_said_to_be_missing_meanwhile(window, stocked, read):
    keep(stocked, a_batch(lot="N", components=(ComponentLot("MCC", "M1"),)))
    window.go_to(window.goods)
    page = window.goods

    assert page.busy
    assert not page.lots.first.isVisible()
    page.refresh()  # the day may change while it reads
    read()
    assert [row.component.lot for row in page.lots.shown] == ["M1"]


def test_where_no_component_lot_is_known_the_focus_goes_to_what_begins(window, page):
    assert page.lots.first.isVisible()
    page.show_all()

    assert window.focusWidget() is page.lots.receive


def test_the_row_in_hand_stays_in_hand_when_another_comes_before_it(window, page, read, stocked):
    keep(stocked, a_batch(lot="N", components=(ComponentLot("MCC", "M1"), ComponentLot("Lactose", "L1"))))
    page.refresh()
    read()
    page.lots.table.setFocus()
    page.lots.table.selectRow([row.component.lot for row in page.lots.shown].index("M1"))
    keep(stocked, a_batch(lot="P", components=(ComponentLot("Acid", "A1"),)))
    page.refresh()
    read()

    in_hand = page.lots.table.currentIndex().row()
    assert len(page.lots.shown) == 3
    assert page.lots.shown[in_hand].component.lot == "M1"
    assert page.lots.table.selected_count() == 1
    assert page.lots.table.hasFocus()


def test_no_other_code_comes_into_the_hand_when_the_list_is_read_anew(window, page, read, stocked):
    keep(stocked, a_batch(lot="OLD-7"))
    for text in ("jar b", "jar c"):
        codes.link(stocked, text, batch="OLD-7")
    page.lots.codes.click()
    page.refresh()
    read()
    page.codes.table.selectRow(0)
    codes.link(stocked, "jar a", batch="OLD-7")
    page.refresh()
    read()
    page.codes.unlink.click()

    assert [each.text for each in codes.known(stocked)] == ["jar a", "jar c"]


def test_what_belonged_to_another_lot_goes_with_it(window, page, stocked):
    scan(window, stocked, CODE)
    form = page.task
    form.amount.number.setText("25")
    heard = scan(window, stocked, "(01)00347335326833(10)NX111")

    assert [each.text() for each in (form.lot, form.expires, form.serial, form.amount.number)] == ["NX111", "", "", ""]
    assert heard.line.endswith("What belonged to that lot was taken out: expiry, serial number, amount.")


def test_the_second_code_of_a_package_adds_what_the_first_did_not_say(window, page, stocked):
    scan(window, stocked, "(01)00347335326833(10)NX111")
    scan(window, stocked, "(17)280331")

    assert (page.task.lot.text(), page.task.expires.text()) == ("NX111", "2028-03-31")


def test_the_code_of_another_product_is_stopped_although_it_is_not_known(window, page, stocked):
    scan(window, stocked, CODE)
    page.task.name.setText("Naltrexone HCl")
    heard = scan(window, stocked, "(01)00012345678905(10)OTHER")

    assert (heard.sound, page.task.lot.text(), page.task.code.text()) == ("stop", "NX999", GTIN)
    assert heard.line.startswith(f"The code is product 00012345678905, and the form says Naltrexone HCl {GTIN}.")
    page.task.banner.offers[0].click()
    assert (page.task.name.text(), page.task.lot.text(), page.task.expires.text()) == ("", "OTHER", "")


@pytest.mark.parametrize("text", ["Shelf 3", "]Q1Shelf 3", "GOOD-1"])
def test_a_label_of_ours_is_no_goods_and_no_code(window, page, stocked, text):
    page.receive()
    assert scan(window, stocked, text).sound == "stop"
    assert not page.task.begun

    page.link("")
    assert scan(window, stocked, text).sound == "stop"
    assert page.task.code.text() == ""


def test_a_code_is_linked_as_it_is_kept_whatever_scanner_read_it(window, page, stocked):
    page.link("")
    scan(window, stocked, "]C0SHORT-7")
    assert page.task.code.text() == "SHORT-7"
    page.task.what.choose("batch")
    scan(window, stocked, "]d1GOOD-1")
    assert page.task.lot.text() == "GOOD-1"
