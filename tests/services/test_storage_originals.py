"""The files of loggers, listed and written out again as they came in."""

import pytest

from builders import a_batch, keep
from ldninv.services.storage import originals
from rooms import a_room, brought

pytestmark = pytest.mark.on_both


def test_what_came_in_is_listed_and_written_out_as_it_was_and_the_trail_tells_it(context, tmp_path):
    keep(context, a_batch())
    brought(context, a_room(hours=2), content=b"\xff\xfe\x00 not even text")

    (kept,) = originals.files(context)
    saved = originals.save(context, kept.sha256, tmp_path)

    assert (kept.logger, kept.name, kept.size) == ("Room 1", "room.csv", 17)
    assert saved.file.read_bytes() == b"\xff\xfe\x00 not even text"
    with context.store.reading() as work:
        assert [each.subject for each in work.trail.of_action(originals.COPIED)] == ["room.csv"]
