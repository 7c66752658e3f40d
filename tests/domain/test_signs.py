"""One word for every standing."""

from datetime import date

import pytest

from builders import a_batch, a_stock
from ldninv.domain.signs import GOOD, NEAR_EXPIRY, NOT_YET_MADE, OF_STATE, TAKEN_BACK, UNKNOWN, UNREADABLE, sign
from ldninv.domain.standing import State, standing

SIGNS = [*OF_STATE.values(), GOOD, NEAR_EXPIRY, NOT_YET_MADE, TAKEN_BACK, UNKNOWN, UNREADABLE]


def test_every_state_but_released_has_its_own_sign():
    assert set(OF_STATE) == set(State) - {State.RELEASED}


def test_no_two_signs_share_a_word_or_an_icon():
    assert len({each.word for each in SIGNS}) == len({each.icon for each in SIGNS}) == len(SIGNS)


@pytest.mark.parametrize(
    ("today", "word"),
    [("2025-02-28", "Not yet made"), ("2025-12-02", "Good"), ("2025-12-03", "Near expiry"), ("2026-03-02", "Expired")],
)
def test_a_released_batch_changes_its_word_with_the_days(today, word):
    assert sign(standing(a_batch(), a_stock(), date.fromisoformat(today))).word == word


def test_a_batch_that_was_taken_back_says_so_unless_it_is_recalled():
    today = date(2026, 2, 1)

    assert sign(standing(a_batch(), a_stock(taken_back="wrong clock"), today)).word == "Taken back"
    assert sign(standing(a_batch(), a_stock(taken_back="wrong clock", recalled="letter"), today)).word == "Recalled"


def test_a_batch_in_quarantine_is_not_called_near_expiry():
    now = standing(a_batch(), a_stock(quarantined="not released yet"), date(2026, 2, 1))

    assert (sign(now).word, now.near_expiry) == ("Quarantine", False)
