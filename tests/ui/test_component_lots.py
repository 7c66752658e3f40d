"""The component lots of a new batch: what belongs to a lot goes with it, and a label of ours is none (R1, R30)."""

from datetime import date

import pytest
from PySide6.QtGui import QKeySequence

from builders import a_batch, keep
from ldninv.domain.amounts import amount
from ldninv.domain.expiry import ONE_YEAR, ComponentLot
from ldninv.domain.goods import Delivery, Product
from ldninv.domain.lots import internal_lot
from ldninv.domain.making import Recipe
from ldninv.domain.quantities import Strength
from ldninv.services import batches, goods, making
from ldninv.ui.scanner import taking

GTIN = "00347335326833"
OURS = internal_lot(date(2026, 10, 1), 1)


@pytest.fixture
def page(stocked, open_window):
    """A new batch of 4.5 mg, filled in from one with NX262; NX252 was used before, M2 is on the shelf."""
    drug = ComponentLot("Naltrexone HCl", "NX252", date(2027, 6, 30), "Other Chemicals")
    keep(stocked, a_batch(lot="EARLIER", components=(drug,)))
    new = ComponentLot("Naltrexone HCl", "NX262", date(2028, 6, 30), "Sample Chemicals")
    recipe = Recipe(strength=Strength(4500), prepared=date(2026, 10, 1), made=450, policy=ONE_YEAR, components=(new,))
    making.make(stocked, recipe)
    mcc = Product(name="MCC", supplier="Sample Fillers")
    goods.receive(stocked, Delivery(product=mcc, lot="M2", amount=amount("5", "kg"), code=GTIN))
    window = open_window(stocked)
    window.go_to(window.making)
    window.making.fields.strength.setText("4.5")
    window.making.fields.strength_given.emit()
    return window.making


def drug(page):
    return page.fields.components.lines[0]


def said(page):
    return {key: drug(page)[key].text() for key in ("lot", "expires", "supplier", "amount")}


@pytest.fixture
def scan(page):
    def into_the_lot(text):
        drug(page)["lot"].setFocus()
        return taking.take(text, page.window())

    return into_the_lot


@pytest.fixture
def type_lot(page, qtbot):
    def keys(text, *ends):
        lot = drug(page)["lot"]
        lot.setFocus()
        lot.selectAll()
        for sign in text:
            qtbot.keyClick(page.window().windowHandle(), sign)
        for end in ends:
            key = QKeySequence(end)[0]
            qtbot.keyClick(page.window().windowHandle(), key.key(), key.keyboardModifiers())

    return keys


NX252 = {"lot": "NX252", "expires": "2027-06-30", "supplier": "Other Chemicals", "amount": ""}


def test_another_known_lot_comes_with_its_own_expiry_and_supplier_and_says_so(page, scan):
    drug(page)["amount"].setText("2 g")
    heard = scan("NX252")

    assert said(page) == NX252
    assert page.date.text().startswith("Use by 2027-06-30")
    assert heard.line == "Naltrexone HCl: lot NX252. NX262 stood there before."
    assert page.banner.text == (
        "Naltrexone HCl NX252: Good, expires 2027-06-30. Compare it with the label. "
        "What stood there of NX262 was taken out: expiry, supplier, amount."
    )


def test_an_unknown_lot_leaves_nothing_of_the_former_one_and_says_so(page, scan):
    heard = scan("ZZ9999X")

    assert said(page) == {"lot": "ZZ9999X", "expires": "", "supplier": "", "amount": ""}
    assert heard.sound == "look"
    assert page.banner.text == (
        "Naltrexone HCl, lot ZZ9999X, is not known here. Type its expiry from the label. "
        "What stood there of NX262 was taken out: expiry, supplier."
    )


def test_a_lot_that_is_typed_takes_the_former_ones_facts_away_at_the_first_key(page, type_lot):
    type_lot("NX252")
    assert said(page) | {"lot": ""} == {"lot": "", "expires": "", "supplier": "", "amount": ""}
    type_lot("nx262", "Return")
    assert said(page) == {"lot": "nx262", "expires": "2028-06-30", "supplier": "Sample Chemicals", "amount": ""}
    type_lot("NX252", "Return")
    assert said(page) == NX252


def test_a_lot_that_was_only_typed_over_is_looked_at_before_anything_is_kept(page, type_lot):
    type_lot("ZZ9999X", "Ctrl+Return")
    assert not page.made.isVisible()
    assert "ZZ9999X, is not known here" in page.banner.text
    type_lot("", "Ctrl+Return")

    part = batches.card(page._context, page.made.lot).kept.batch.components[0]
    assert (part.lot, part.expires, part.supplier) == ("ZZ9999X", None, "")


def test_what_was_typed_beside_a_lot_stays_when_the_cursor_only_passes(page, type_lot):
    drug(page)["expires"].setText("2028-01-31")
    type_lot("", "Return")

    assert said(page)["expires"] == "2028-01-31"


def test_a_code_with_another_date_than_is_known_takes_the_earlier_and_says_both(page, scan):
    scan("]d210NX252\x1d17280331")

    assert said(page)["expires"] == "2027-06-30"
    assert "Its code says 2028-03-31, and 2027-06-30 is known here: the earlier stands there." in page.banner.text


def test_the_label_of_a_batch_is_for_the_window_and_the_form_stays(page, scan):
    before = page.fields.draft
    keep(page._context, a_batch(lot="LDN250301001T"))
    for text in (OURS, "]d1LDN250301001T", "GOOD-1"):
        assert scan(text) is None
    assert page.fields.draft == before


def test_the_label_of_a_place_fills_the_place_wherever_the_cursor_is(page, scan):
    for text in ("Cabinet A", "]C0Shelf 3"):
        assert scan(text).line == page.fields.place.currentText() != ""
    assert said(page)["lot"] == "NX262"


def test_the_lot_of_a_batch_that_is_typed_is_no_component_lot(page, type_lot):
    type_lot(OURS, "Return")

    assert drug(page)["lot"].hasFocus()
    assert page.banner.text.startswith(f"{OURS} is the label of batch {OURS}, and no component lot.")
    type_lot("", "Ctrl+Return")
    assert not page.made.isVisible()


def test_a_new_lot_of_another_components_product_goes_into_no_line_but_its_own(page, scan):
    heard = scan(f"]d201{GTIN}10M3")

    assert (heard.sound, said(page)["lot"]) == ("stop", "NX262")
    assert page.banner.text.startswith("M3 is MCC, and this line is Naltrexone HCl.")


def test_a_code_without_a_products_number_is_read_and_not_taken_whole(page, scan, type_lot):
    scan("]d210NX252")
    assert said(page) == NX252
    drug(page)["lot"].setText("10NX77␝17280331")
    type_lot("", "Return")
    assert (said(page)["lot"], said(page)["expires"]) == ("NX77", "2028-03-31")


def test_a_lot_in_hand_stays_when_another_strength_fills_in_the_rest(page, scan, type_lot):
    scan("NX252")
    page.fields.strength.setText("1.5")
    page.fields.strength_given.emit()
    assert said(page) == NX252
    page.fields.strength.setText("4.5")
    page.fields.strength_given.emit()
    assert said(page) == NX252
    assert [part.name for part in page.fields.components.parts] == ["Naltrexone HCl"]


def test_a_known_lot_never_takes_the_line_of_a_lot_that_has_no_name_yet(page):
    page.fields.components.more.click()
    page.fields.components.lines[-1]["lot"].setText("NAMELESS")
    page.fields.made_by.setFocus()
    taking.take("M2", page.window())

    assert [part.lot for part in page.fields.components.parts] == ["NX262", "NAMELESS", "M2"]
