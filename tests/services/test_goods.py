"""Goods come in by scan, are used, counted and disposed of; a barcode is remembered and never guessed (R30, R35)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, a_batch, dump, fresh, keep
from ldninv.domain import goods as domain
from ldninv.domain.amounts import Amount, Measure, amount
from ldninv.domain.expiry import ONE_YEAR, ComponentLot
from ldninv.domain.goods import Delivery, Kind, Product
from ldninv.domain.making import Recipe
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.services import (
    codes,
    components,
    goods,
    lookup,
    making,
    places,
    policies,
    recall,
    recalling,
    safety,
    weekly,
)

pytestmark = pytest.mark.on_both

GTIN = "00347335326833"
CODE = f"]d201{GTIN}1728033110NX261"
DRUG = Product(name="Naltrexone HCl", supplier="Sample Chemicals")
LATER = date(2028, 3, 31)


def grams(number):
    return amount(str(number), "g")


def a_delivery(**facts):
    facts = {"product": DRUG, "lot": "NX261", "amount": grams(25), "expires": LATER, "code": GTIN} | facts
    return Delivery(**facts)


def a_batch_of(context, *parts, **facts):
    recipe = {"strength": Strength(4500), "prepared": TODAY, "made": 300, "policy": ONE_YEAR, "components": parts}
    return making.make(context, Recipe(**(recipe | facts)))


@pytest.fixture
def received(context):
    goods.receive(context, a_delivery())
    return context


def on_hand(context):
    return str(components.card(context, DRUG.name, "NX261").known.on_hand)


def test_what_was_received_is_found_by_its_code_its_lot_and_its_product(received):
    for text in (CODE, "nx261", f"(01){GTIN}(10)NX261"):
        found = lookup.scan(received, text)
        assert (found.kind, found.components[0].name, found.batches) == ("component", "Naltrexone HCl", ())

    for text in (GTIN, "347335326833", "47335-326-83", "4733532683", "47335032683", f"]d201{GTIN}10OTHER"):
        found = lookup.scan(received, text)
        assert (found.kind, found.product.words) == ("product", "Naltrexone HCl of Sample Chemicals"), text


def test_bare_digits_of_a_drug_number_mean_nothing_until_its_product_is_known(context):
    assert lookup.scan(context, "4733532683").kind == "unknown"
    assert lookup.scan(context, CODE).kind == "gs1"


def test_two_products_that_the_digits_fit_are_a_doubt_and_no_product(context):
    eleven = "00123004501"
    fitting = domain.gtins_of_ndc(eleven)
    assert len(fitting) > 1
    for number, gtin in enumerate(fitting):
        codes.link(context, gtin, product=Product(name=f"P{number}"))

    assert lookup.scan(context, eleven).kind == "unknown"


def test_a_barcode_is_remembered_on_first_receipt_and_a_second_one_needs_no_word(context):
    first = goods.receive(context, a_delivery())
    second = goods.receive(context, a_delivery(amount=grams("0,5"), serial="100012345678"))

    assert first.notices == (f"{GTIN} is remembered for Naltrexone HCl of Sample Chemicals.",)
    assert (second.notices, str(second.received.on_hand)) == ((), "25.5 g")


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"product": Product(name="MCC")}, f"{GTIN} stands for Naltrexone HCl of Sample Chemicals here"),
        ({"expires": date(2028, 4, 30)}, "is known here with the date 2028-03-31, and this says 2028-04-30"),
        ({"expires": None}, "this says none"),
        ({"amount": Amount(100, Measure.PIECES)}, "is kept by mass"),
        ({"expires": date(2026, 11, 21)}, "expired on 2026-11-21"),
        ({"amount": grams(0)}, "above 0"),
        ({"lot": " "}, "by their lot"),
        ({"product": Product(name=" ")}, "needs a name"),
    ],
)
def test_what_contradicts_what_is_known_is_refused_and_changes_nothing(received, other, words):
    before = dump(received.store)

    with pytest.raises(Refused, match=words):
        goods.receive(received, a_delivery(**other))

    assert dump(received.store) == before


def test_a_lot_that_batches_carry_under_another_date_stops_the_receipt_until_the_date_is_read_anew(context):
    keep(context, a_batch(components=(ComponentLot("naltrexone hcl", "NX261", date(2027, 1, 31)),)))
    with pytest.raises(Refused, match="known here with the date 2027-01-31"):
        goods.receive(context, a_delivery())

    policies.read_anew(context, "NX261", LATER, reason="the certificate says so")
    goods.receive(context, a_delivery())
    known = components.card(context, DRUG.name, "NX261").known
    assert (known.component.expires, known.batches) == (LATER, 1)


def test_a_batch_takes_what_was_weighed_from_the_lot_that_was_received(received):
    done = a_batch_of(received, ComponentLot("Naltrexone HCl", "nx261", LATER, "Sample Chemicals", "1.361 g"))

    card = components.card(received, DRUG.name, "NX261")
    assert (str(card.known.on_hand), card.batches) == ("23.639 g", (done.posted.lot,))
    assert [(each.kind, each.batch) for each in card.movements] == [(Kind.USED, done.posted.lot), (Kind.RECEIVED, None)]
    assert safety.check(received) == []


@pytest.mark.parametrize("amount", ["", "a little", "300 capsules"])
def test_an_amount_that_says_no_weight_takes_nothing_and_is_told(received, amount):
    done = a_batch_of(received, ComponentLot("Naltrexone HCl", "NX261", LATER, "", amount))

    assert on_hand(received) == "25 g"
    assert any("was not taken from its stock" in text for text in done.notices) == bool(amount)


def test_more_than_the_books_hold_was_weighed_all_the_same_and_asks_for_a_count(received):
    done = a_batch_of(received, ComponentLot("Naltrexone HCl", "NX261", LATER, "", "26 g"))
    known = components.card(received, DRUG.name, "NX261").known

    assert (str(known.on_hand), known.sign) == ("−1 g", domain.COUNT_IT)
    assert "the books held 25 g of Naltrexone HCl NX261, and 26 g were used: count it" in done.notices
    goods.count(received, DRUG, "NX261", grams(0), reason="empty jar")
    assert components.card(received, DRUG.name, "NX261").known.sign == domain.USED_UP


def test_a_lot_of_another_component_with_the_same_number_is_left_alone(received):
    a_batch_of(received, ComponentLot("MCC", "NX261", LATER, "", "10 g"))

    assert on_hand(received) == "25 g"
    assert [(row.component.name, row.on_hand is None) for row in components.shelf(received)] == [
        ("MCC", True), ("Naltrexone HCl", False),
    ]  # fmt: skip


def test_counting_and_disposing_are_facts_with_their_events(received):
    goods.count(received, DRUG, "nx261", grams(24), reason="spilled")
    done = goods.dispose(received, DRUG, "NX261", grams(4), reason="sent back")

    assert str(done.received.on_hand) == on_hand(received) == "20 g"
    assert safety.check(received) == []
    for wrong in (
        lambda: goods.count(received, DRUG, "NX261", grams(20)),
        lambda: goods.dispose(received, DRUG, "NX261", grams(21), reason="x"),
        lambda: goods.dispose(received, DRUG, "NX261", grams(1), reason=" "),
        lambda: goods.count(received, DRUG, "OTHER", grams(1)),
        lambda: goods.count(received, DRUG, "NX261", Amount(3, Measure.PIECES)),
    ):
        before = dump(received.store)
        with pytest.raises(Refused):
            wrong()
        assert dump(received.store) == before


@pytest.mark.speaks_sqlite
def test_stock_that_was_changed_beside_its_event_is_found(received):
    with received.store.transaction() as work:
        work.database.execute_sql("DROP TRIGGER goods_movement_no_update")
        work.database.execute_sql("UPDATE goods_movement SET quantity = quantity + 1")

    assert safety.check(received) == ["Movement 1 of goods NX261 is not what event 1 says: quantity."]


def test_a_lot_that_was_received_and_not_used_yet_can_be_recalled_and_is_used_no_more(received):
    (subject,) = recalling.subjects(received, CODE)
    assert recalling.reach(received, subject).batches == ()
    recalling.begin(received, subject, reason="letter from the maker")

    assert components.card(received, DRUG.name, "NX261").known.sign.word == "Recalled"
    with pytest.raises(Refused, match="was recalled on"):
        a_batch_of(received, ComponentLot("Naltrexone HCl", "NX261", LATER, "", "1 g"))
    with pytest.raises(Refused, match="was recalled on"):
        goods.receive(received, a_delivery())
    with pytest.raises(Refused, match="recalled already"):
        recall.open_recall(received, component="NX261", reason="again")
    goods.dispose(received, DRUG, "NX261", grams(25), reason="recall")
    assert safety.check(received) == []


def test_the_weekly_report_names_a_lot_on_the_shelf_and_one_in_batches_once(context):
    soon = date(2026, 12, 31)
    goods.receive(context, a_delivery(expires=soon))
    goods.receive(context, a_delivery(lot="NX262", code=None, expires=soon))
    keep(context, a_batch(beyond_use=LATER, components=(ComponentLot("Naltrexone HCl", "nx261", soon),)))

    rows = weekly.report(context).components
    assert [(row.component.lot.upper(), row.batches, row.sign.word) for row in rows] == [
        ("NX262", (), "Near expiry"), ("NX261", ("LDN250301001T",), "Near expiry"),
    ]  # fmt: skip


def test_a_text_stands_for_a_batch_or_a_product_until_it_is_taken_back(received):
    keep(received, a_batch(lot="A-7"))
    codes.link(received, "old jar 12", batch="a-7")
    codes.link(received, "drug", product=DRUG)

    assert lookup.scan(received, "OLD JAR 12").card.kept.batch.lot == "A-7"
    assert lookup.scan(received, "drug").product.name == "Naltrexone HCl"
    codes.link(received, "drug", product=Product(name="MCC", supplier="Sample Fillers"))
    assert lookup.scan(received, "Drug").product.name == "MCC"
    codes.unlink(received, "DRUG")
    assert lookup.scan(received, "drug").kind == "unknown"
    with pytest.raises(Refused, match="stands for nothing"):
        codes.unlink(received, "drug")


@pytest.mark.parametrize(
    "text", ["A-7", "nx261", "shelf a", "", "LDN250301001F", "x" * 101, "]d2", "(10)AB1234(17)280331", "(17)271315"]
)
def test_a_text_that_means_something_already_or_nothing_at_all_becomes_no_alias(received, text):
    keep(received, a_batch(lot="A-7"))
    before = dump(received.store)

    with pytest.raises(Refused):
        codes.link(received, text, product=DRUG)

    assert dump(received.store) == before


def test_a_place_is_not_called_what_stands_for_something_else(received):
    codes.link(received, "drug", product=DRUG)

    with pytest.raises(Refused, match="stands for something else"):
        places.add_place(received, "Drug")


@given(st.lists(st.tuples(st.sampled_from(["used", "counted", "disposed"]), st.integers(0, 40)), max_size=8))
def test_on_hand_is_what_came_less_what_went_whatever_happens(happenings):
    with fresh() as context:
        goods.receive(context, a_delivery())
        held = 25
        for kind, number in happenings:
            try:
                if kind == "used" and number:
                    a_batch_of(context, ComponentLot("Naltrexone HCl", "NX261", LATER, "", f"{number} g"))
                    held -= number
                elif kind == "counted":
                    goods.count(context, DRUG, "NX261", grams(number))
                    held = number
                elif kind == "disposed":
                    goods.dispose(context, DRUG, "NX261", grams(number), reason="x")
                    held -= number
            except Refused:
                assert kind != "used"
        assert components.card(context, DRUG.name, "NX261").known.on_hand == Amount(held * 10**6, Measure.MASS)
        assert safety.check(context) == []


def test_the_weekly_report_goes_by_the_date_that_was_read_anew(context):
    keep(context, a_batch(beyond_use=LATER, components=(ComponentLot("MCC", "M1", date(2026, 12, 31)),)))
    policies.read_anew(context, "M1", LATER, reason="misread before")
    assert weekly.report(context).components == ()

    policies.read_anew(context, "m1", date(2026, 12, 15), reason="the supplier wrote")
    (row,) = weekly.report(context).components
    assert (row.component.lot, row.expires, row.batches) == ("M1", date(2026, 12, 15), ("LDN250301001T",))
