from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, a_batch, kept
from ldninv.domain import signs, standing
from ldninv.domain.concerns import Concern
from ldninv.domain.stored import NO_RECORD, Storage, Stored
from ldninv.ui.filters import EMPTY, EVERYTHING, FILTERS, IN_STOCK, OF_CONCERN


def wants(question, batch):
    """Whether a question asks for a batch, by the domain alone."""
    now = standing.of(batch, TODAY)
    return (
        (not question.states or now.state in question.states)
        and (not question.bands or now.band in question.bands)
        and (question.usable_days is None or question.usable_days[0] <= now.usable_days <= question.usable_days[1])
        and (question.usable is None or now.usable is question.usable)
        and (not question.in_stock or now.on_hand > 0)
        and (question.review is None or (now.review is not None) is question.review)
        and (not question.empty or now.on_hand == 0)
    )


BATCHES = st.builds(
    lambda days, stock, stored: replace(
        kept(a_batch(beyond_use=TODAY + timedelta(days=days), prepared=TODAY - timedelta(days=400)), **stock),
        stored=stored,
    ),
    st.integers(-100, 400),
    st.fixed_dictionaries(
        {
            "on_hand": st.sampled_from([0, 1, 300]),
            "quarantined": st.sampled_from([None, "new"]),
            "recalled": st.sampled_from([None, "letter"]),
            "held": st.sampled_from([None, "breach"]),
        }
    ),
    st.sampled_from([NO_RECORD, Stored(Storage.SPIKE), Stored(Storage.SPIKE, "33.0 °C at Shelf A")]),
)


@given(BATCHES)
def test_every_batch_in_stock_is_under_exactly_one_of_the_filters_beside_all(batch):
    this_week = OF_CONCERN[Concern.THIS_WEEK]
    under = [each for each in FILTERS[1:-2] if each is not this_week and wants(each.question, batch)]

    assert len(under) == (1 if wants(IN_STOCK.question, batch) else 0)


@given(BATCHES)
def test_what_expires_this_week_is_near_expiry_too_or_waits_for_a_review(batch):
    if wants(Concern.THIS_WEEK.question, batch):
        assert wants(Concern.NEAR_EXPIRY.question, batch) or wants(Concern.REVIEW.question, batch)


@given(BATCHES)
def test_a_filter_shows_batches_with_its_own_word(batch):
    word = signs.sign(standing.of(batch, TODAY)).word
    words = {each.sign.word for each in FILTERS[1:-1] if wants(each.question, batch)}

    assert words <= {word, "On hold", "Empty", "This week"}


@given(BATCHES)
def test_every_batch_is_either_in_stock_or_empty_whatever_its_date_and_state(batch):
    assert [each.sign.word for each in (IN_STOCK, EMPTY) if wants(each.question, batch)] == (
        ["All in stock"] if batch.stock.on_hand else ["Empty"]
    )


@given(BATCHES)
def test_the_last_filter_leaves_nothing_out(batch):
    assert wants(EVERYTHING.question, batch)
