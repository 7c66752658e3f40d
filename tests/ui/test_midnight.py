from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.ui.midnight import LONGEST, Midnight, wait


class Clock:
    def __init__(self):
        self.at = datetime(2026, 11, 22, 23, 59, tzinfo=timezone(timedelta(hours=1)))

    def now(self):
        return self.at

    def today(self):
        return self.at.date()


@given(st.datetimes())
def test_the_next_look_comes_soon_and_no_day_passes_unseen(now):
    pause = wait(now) if now.date() < date.max else LONGEST

    assert timedelta(0) < pause <= LONGEST
    assert (now + pause).date() <= now.date() + timedelta(days=1) if now.date() < date.max else True


@pytest.mark.usefixtures("dressed")
def test_a_new_day_is_told_once():
    clock = Clock()
    midnight = Midnight(clock.today, clock.now)
    told = []
    midnight.passed.connect(lambda: told.append(clock.today()))

    midnight.look()
    clock.at += timedelta(minutes=2)
    midnight.look()
    midnight.look()

    assert told == [date(2026, 11, 23)]
