"""What stands in which section of the weekly report, and in which order."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from builders import a_batch, a_stock, kept
from ldninv.domain import standing
from ldninv.domain.batch import Kept
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.quantities import Strength
from ldninv.domain.settings import Settings

TODAY = date(2026, 11, 22)

WORDS = st.none() | st.just("a reason")
BATCHES = st.lists(
    st.tuples(
        st.integers(-200, 200),
        st.integers(-400, 5),
        st.builds(a_stock, on_hand=st.integers(0, 3), quarantined=WORDS, rejected=WORDS, recalled=WORDS, held=WORDS),
    ),
    max_size=8,
)


def lasting(days, lot="A", **facts):
    """Return a batch with `days` usable days left."""
    return kept(a_batch(lot=lot, beyond_use=TODAY + timedelta(days=days - 1)), **facts)


def lots(rows):
    return [row.kept.batch.lot for row in rows]


@given(BATCHES, st.integers(0, 10))
def test_every_batch_with_stock_stands_in_one_section_or_is_good_or_not_made_yet(a_report, drawn, buffer):
    batches = [
        Kept(
            a_batch(lot=f"L{at}", beyond_use=TODAY + timedelta(days=days), prepared=TODAY + timedelta(days=made)), stock
        )
        for at, (days, made, stock) in enumerate(drawn)
    ]

    report = a_report(*batches, settings=Settings(buffer=buffer))

    listed = lots((*report.expired, *report.near_expiry, *report.held))
    assert len(listed) == len(set(listed))
    for batch in batches:
        now = standing.of(batch, TODAY, buffer=buffer)
        good = now.state is standing.State.RELEASED and not now.near_expiry
        not_made = now.state is standing.State.RELEASED and not now.usable
        listable = batch.stock.on_hand > 0 and not good and not not_made
        assert (batch.batch.lot in listed) == listable


def test_what_is_longest_past_its_date_comes_first(a_report):
    report = a_report(lasting(0, "B"), lasting(0, "A"), lasting(-9, "C"), lasting(1, "D"))

    assert lots(report.expired) == ["C", "A", "B"]


def test_what_will_not_see_another_report_comes_first_and_says_so(a_report):
    report = a_report(lasting(89, "A"), lasting(8, "B"), lasting(7, "C"), lasting(90, "good"))

    assert [(row.kept.batch.lot, row.sign.word) for row in report.near_expiry] == [
        ("C", "This week"),
        ("B", "Near expiry"),
        ("A", "Near expiry"),
    ]


def test_a_recalled_batch_past_its_date_stands_with_what_must_not_be_dispensed(a_report):
    report = a_report(lasting(-3, recalled="supplier's notice"))

    assert (lots(report.expired), lots(report.held)) == ([], ["A"])


def test_batches_without_stock_and_batches_dated_ahead_are_not_listed(a_report):
    ahead = kept(a_batch(prepared=TODAY + timedelta(days=1), beyond_use=TODAY + timedelta(days=20)))

    report = a_report(lasting(-3, on_hand=0), ahead)

    assert report.expired == report.near_expiry == report.held == ()


def test_near_expiry_says_what_the_recent_use_would_leave_over(a_report):
    report = a_report(lasting(39, on_hand=100), used_90_days={Strength(4500): 540})

    assert [row.projected_waste for row in report.near_expiry] == [40]


def test_component_lots_are_listed_once_when_expired_or_no_longer_good_for_the_longest_supply(a_report):
    def component(lot, days):
        return ComponentLot("MCC", lot, TODAY + timedelta(days=days - 1))

    twice = ComponentLot("MCC", "near", component("near", 89).expires, amount="12 g")
    report = a_report(
        components=[
            (component("good", 90), ("A",)),
            (component("near", 89), ("B",)),
            (twice, ("A",)),
            (component("gone", 0), ("A",)),
            (ComponentLot("MCC", "undated"), ("A",)),
        ]
    )

    assert [(row.component.lot, row.sign.word, row.usable_days, row.batches) for row in report.components] == [
        ("gone", "Expired", 0, ("A",)),
        ("near", "Near expiry", 89, ("A", "B")),
    ]
