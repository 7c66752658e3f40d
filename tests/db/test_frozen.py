"""Databases of every version that was out: each opens, is upgraded, is sound and gives the answers it gave."""

import shutil
from contextlib import closing

import pytest
from playhouse.schema_diff import diff_models

from builders import at_work
from freeze import FROZEN, freeze
from ldninv.db import open_store, rows
from ldninv.domain.question import Question
from ldninv.services import batches, safety, weekly

VERSIONS = sorted(FROZEN.glob("*.db"))
ANSWERS = [
    ("GONE-5", "destroyed", 0, "Shelf A"),
    ("EXPIRED-4", "expired", 300, "Shelf A"),
    ("SHORT-7", "released", 300, "Cabinet A"),
    ("GOOD-1", "released", 270, "Shelf A"),
    ("GOOD-2", "quarantined", 210, "Shelf A"),
    ("Größe 3", "released", 300, "Kühlregal"),
    ("NEW-6", "quarantined", 300, "Shelf A"),
]
"""Ordered by expiry."""


@pytest.fixture(params=VERSIONS, ids=lambda path: path.stem)
def frozen(request, tmp_path):
    shutil.copyfile(request.param, tmp_path / "batches.db")
    with closing(open_store(f"sqlite:///{tmp_path / 'batches.db'}")) as store:
        yield at_work(store)


def test_it_has_todays_schema_and_is_sound(frozen):
    with frozen.store.reading() as work:
        assert not diff_models(work.database, rows.ALL)
    assert safety.check(frozen) == []
    assert safety.verify_trail(frozen).events > 10


def test_it_gives_the_answers_it_gave(frozen):
    answers = [
        (kept.batch.lot, now.state.value, kept.stock.on_hand, kept.stock.place)
        for kept, now in batches.find(frozen, Question())
    ]

    assert answers == ANSWERS
    assert frozen.settings.pharmacy == "Frozen Pharmacy"
    assert [event.action for event in batches.card(frozen, "größe 3").events] == [
        "released",
        "quarantined",
        "made",
    ]
    assert weekly.report(frozen).pharmacy == "Frozen Pharmacy"


def test_the_next_one_is_made_by_its_script_as_one_sound_file(tmp_path):
    freeze(tmp_path / "next.db")

    assert [path.name for path in tmp_path.iterdir()] == ["next.db"]
    with closing(open_store(f"{tmp_path / 'next.db'}")) as store:
        assert safety.check(at_work(store)) == []
