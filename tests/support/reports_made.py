"""A report with nothing in it, but for what a test gives it."""

from datetime import date, datetime, timedelta, timezone

import pytest

from ldninv.domain.audit import Head
from ldninv.domain.days import Week
from ldninv.domain.settings import Settings
from ldninv.reports.weekly import build

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def a_report():
    """Return what builds a report of the batches given, as of 2026-11-22."""

    def make(*kept, **facts):
        usual = {
            "week": Week.of(TODAY),
            "as_of": TODAY,
            "number": None,
            "settings": Settings(pharmacy="Elm Street Pharmacy"),
            "made_by": "Ana",
            "made_at": datetime(2026, 11, 22, 14, 5, tzinfo=timezone(timedelta(hours=-5))),
            "head": Head(1204, "3f9a1c2b" * 8),
            "begun": True,
            "used_90_days": {},
            "components": (),
        }
        return build(**(usual | facts), kept=kept)

    return make
