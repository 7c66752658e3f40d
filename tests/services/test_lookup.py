"""A scan finds its batch or says why not; no text whatever makes it stumble."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_batch, dump, keep
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.goods import Product
from ldninv.domain.labels import Kind
from ldninv.domain.refusal import Refused
from ldninv.services import batches, codes, labels, ledger, lookup, places
from ldninv.services.batches import Stay

LOT = "LDN250301001T"


@pytest.fixture
def shelf(context):
    keep(context, a_batch(lot=LOT), a_batch(lot="Größe-7"), a_batch(lot="250301-01"))
    return context


@pytest.mark.parametrize("text", [LOT, LOT.lower(), f"]C0{LOT}\r\n", f"  {LOT}\t", f"]Q1{LOT}", f"]d1 {LOT}"])
def test_an_internal_lot_is_found_as_the_scanner_types_it(shelf, text):
    found = lookup.scan(shelf, text)

    assert (found.kind, found.card.kept.batch.lot, found.error) == ("batch", LOT, None)
    assert found.card == batches.card(shelf, LOT)


@pytest.mark.parametrize(("text", "lot"), [("größe-7", "Größe-7"), ("GRÖSSE-7", "Größe-7"), ("250301-01", "250301-01")])
def test_an_old_lot_is_found_by_its_whole_text_without_case(shelf, text, lot):
    assert lookup.scan(shelf, text).card.kept.batch.lot == lot


@pytest.mark.parametrize("text", ["250301-0", "250301", "50301-01", "%", "LDN250301002R", "x"])
def test_a_part_of_a_lot_or_another_lot_finds_nothing(shelf, text):
    found = lookup.scan(shelf, text)

    assert (found.kind in {"unknown", "gs1"}, found.card) == (True, None)


@pytest.mark.parametrize("text", ["LDN250301001F", "ldn250302001t", "", " \r\n", "]C0", "\udcff"])
def test_a_wrong_check_character_or_nothing_at_all_is_told(shelf, text):
    found = lookup.scan(shelf, text)

    assert (found.kind, found.card) == ("invalid", None)
    assert found.error.endswith("Scan again.")


GTIN = "00347335326833"
LOST = f"01{GTIN}211000123456781728033110AB1234"


@pytest.mark.parametrize("lot", ["1012345", "24010112", "714123", "91B42", "AB 12 (3)", GTIN])
def test_an_old_lot_that_looks_like_a_code_is_that_lot(shelf, lot):
    keep(shelf, a_batch(lot=lot))

    assert lookup.scan(shelf, lot).card.kept.batch.lot == lot


@pytest.mark.parametrize("text", [f"]d291{LOT}", f"]C110{LOT}", f"(91){LOT}", f"91{LOT}"])
def test_a_code_that_carries_our_lot_and_no_product_number_opens_the_batch(shelf, text):
    found = lookup.scan(shelf, text)

    assert (found.kind, found.lot, found.warning) == ("batch", LOT, None)


def test_a_code_that_carries_our_lot_misread_opens_nothing(shelf):
    found = lookup.scan(shelf, "]d291LDN250301001F")

    assert (found.kind, found.card) == ("invalid", None)


def test_a_code_with_another_expiry_than_the_batch_has_says_so_and_changes_nothing(shelf):
    before = dump(shelf.store)

    found = lookup.scan(shelf, f"(10){LOT}(17)280331")

    assert found.kind == "batch"
    assert found.warning.startswith("The code says 2028-03-31, and the batch may be used until ")
    assert dump(shelf.store) == before


def test_a_makers_product_with_the_lot_of_one_of_our_batches_is_never_that_batch(shelf):
    keep(shelf, a_batch(lot="AB1234"))

    found = lookup.scan(shelf, f"]d201{GTIN}1728033110AB1234")

    assert (found.kind, found.card, found.reading.lot) == ("gs1", None, "AB1234")
    assert "not that batch" in found.warning


MCC = ComponentLot("MCC", "AB1234", supplier="Sample Fillers")


@pytest.mark.parametrize("text", ["ab1234", "]C0AB1234", f"]d201{GTIN}1728033110AB1234", "(10)AB1234"])
def test_a_component_lot_is_answered_with_the_batches_that_it_went_into(shelf, text):
    keep(shelf, a_batch(lot="N", components=(MCC,)), a_batch(lot="M", components=(MCC, MCC)))
    found = lookup.scan(shelf, text)

    assert (found.kind, found.card, found.lot, found.batches) == ("component", None, "AB1234", ("M", "N"))
    assert lookup.component_words(found) == "MCC, lot AB1234: it went into 2 batches: M, N."


def test_a_batch_comes_before_a_component_of_the_same_lot_unless_the_code_is_a_makers(shelf):
    keep(shelf, a_batch(lot="N", components=(MCC,)), a_batch(lot="AB1234"))

    assert lookup.scan(shelf, "AB1234").card.kept.batch.lot == "AB1234"
    theirs = lookup.scan(shelf, f"]d201{GTIN}1728033110AB1234")
    assert (theirs.kind, theirs.card, theirs.warning) == ("component", None, lookup.ANOTHERS)


def test_the_label_of_a_place_says_that_it_is_a_place(shelf):
    found = lookup.scan(shelf, "shelf a")

    assert (found.kind, found.card, found.warning) == ("unknown", None, "Shelf A is a place, and no batch.")


def test_a_code_that_lost_its_separator_is_a_choice(shelf):
    found = lookup.scan(shelf, LOST)

    assert (found.kind, found.card, len(found.candidates)) == ("choose", None, 2)


def test_a_code_that_lost_its_separator_opens_the_one_batch_that_a_reading_names_with_a_warning(shelf):
    keep(shelf, a_batch(lot="AB1234"))

    found = lookup.scan(shelf, LOST)

    assert (found.kind, found.lot, found.warning) == ("batch", "AB1234", lookup.CHECK_THE_LOT)
    assert found.reading.value("17") == "280331"


@pytest.mark.parametrize("text", ["347335326833", GTIN, "]E00347335326833"])
def test_a_product_number_is_a_product(shelf, text):
    found = lookup.scan(shelf, text)

    assert (found.kind, found.reading.gtin, found.card) == ("product", GTIN, None)


def test_an_expiry_that_is_hard_to_believe_is_flagged(shelf):
    assert "more than 15 years" in lookup.scan(shelf, "(17)770131").warning


def test_no_text_makes_a_scan_stumble_or_changes_anything(shelf):
    before = dump(shelf.store)

    @given(st.text() | st.text(alphabet=f"{LOT}]dCQ13\x1d\r\n\t \udcff", max_size=20))
    def scan(text):
        found = lookup.scan(shelf, text)
        assert found.kind in set(lookup.Kind)
        assert (found.kind == "batch") == (found.card is not None)
        assert (found.kind == "invalid") == (found.error is not None)

    scan()
    assert dump(shelf.store) == before


def test_a_card_tells_where_a_batch_stood_newest_first(shelf):
    keep(shelf, a_batch(lot="B"), place="Cabinet A")
    ledger.move(shelf, "B", "Shelf A")
    at = "2026-11-22T09:30:00+01:00"

    card = batches.card(shelf, "B")
    made = "2025-03-01T00:00:00+01:00"  # it counts as standing at its first place since it was prepared
    assert card.places == (Stay("Shelf A", at, None), Stay("Cabinet A", made, at))
    assert [each.entry.kind.value for each in card.movements] == ["moved", "released", "made"]
    assert card.sign.word == "Expired"


def test_a_move_that_was_taken_back_is_no_place_where_a_batch_stood(shelf):
    keep(shelf, a_batch(lot="B"), place="Cabinet A")
    ledger.move(shelf, "B", "Shelf A")
    ledger.void(shelf, batches.card(shelf, "B").movements[0].id, reason="another batch")

    assert [(stay.place, stay.to) for stay in batches.card(shelf, "B").places] == [("Cabinet A", None)]


def test_a_card_of_no_batch_is_refused(shelf):
    with pytest.raises(Refused, match=r"There is no batch X9\. Check the lot number, or scan the label\."):
        batches.card(shelf, "X9")


def test_a_remembered_number_keeps_what_its_code_says(shelf):
    codes.link(shelf, GTIN, product=Product(name="MCC"))

    for text in (GTIN, "347335326833"):
        found = lookup.scan(shelf, text)
        assert (found.kind, found.product.name, found.reading.gtin) == ("product", "MCC", GTIN)


@pytest.mark.parametrize("name", ["1001", "2134", "010", "(10)", "00347335326833", "LDN shelf", "91-B"])
def test_every_place_that_has_a_label_is_named_by_its_scan(shelf, name):
    places.add_place(shelf, name)
    payload = labels.label(shelf, name, Kind.PLACE).payload

    for sent in (payload, f"]Q1{payload}", f"]C0{payload}\r", f"]d1{payload}"):
        found = lookup.scan(shelf, sent)
        assert (found.place.name, found.card, found.kind) == (name, None, "unknown")


def test_a_lot_comes_before_a_place_of_the_same_name_and_a_gs1_symbol_names_none(shelf):
    places.add_place(shelf, "1001")
    assert lookup.scan(shelf, "]C11001").kind == "gs1"
    keep(shelf, a_batch(lot="1001"))

    assert lookup.scan(shelf, "1001").card.kept.batch.lot == "1001"
