"""A section's rows, measured for a sheet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_batch, kept
from ldninv.domain.expiry import ComponentLot
from ldninv.paper.page import A4, LETTER
from ldninv.paper.tables import LINE, ROW_HEIGHT, Table
from ldninv.paper.weekly import MARGIN
from ldninv.reports.sections import sections

pytestmark = pytest.mark.usefixtures("qapp")

TODAY = date(2026, 11, 22)
WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=0x17F), min_size=1, max_size=60)


@given(WORDS, WORDS, WORDS, st.sampled_from([0, 9, 200]), st.sampled_from([A4, LETTER]))
def test_no_text_reaches_into_the_next_column_or_out_of_its_row(a_report, lot, place, reason, days, size):
    beyond_use = TODAY + timedelta(days=days - 1)
    batch = kept(
        a_batch(lot=lot, beyond_use=beyond_use), on_hand=1_000_000, place=place, held=reason if days > 9 else None
    )
    section = next(section for section in sections(a_report(batch)) if section.rows)

    table = Table(section, MARGIN, size.width - 2 * MARGIN)

    (row,) = table.rows
    assert row.height >= ROW_HEIGHT
    assert all(below - LINE / 2 > 0 and below < row.height for _, below, *_ in row.marks)
    for slot, following in zip(table.slots, table.slots[1:], strict=False):
        ends = [x + face.width(said) for x, _, said, face, _ in row.marks if slot.left <= x < following.left]
        assert all(end <= slot.right + 1 for end in ends)


def test_every_sheet_is_wide_enough_for_every_table(a_report):
    for days, held in ((0, None), (9, None), (200, "41 °C")):
        batch = kept(a_batch(beyond_use=TODAY + timedelta(days=days - 1)), held=held)
        section = next(section for section in sections(a_report(batch)) if section.rows)
        for size in (A4, LETTER):
            width = size.width - 2 * MARGIN

            slots = Table(section, MARGIN, width).slots

            assert slots[-1].right == pytest.approx(MARGIN + width)
            assert all(slot.room > 0 for slot in slots)


def test_lots_that_find_no_room_are_counted_and_none_is_cut(a_report):
    lots = tuple(f"LDN26{number:07}K" for number in range(150))
    component = ComponentLot("MCC", "CO1", TODAY)
    section = next(each for each in sections(a_report(components=((component, lots),))) if each.rows)

    table = Table(section, MARGIN, A4.width - 2 * MARGIN)

    slot = next(slot for slot in table.slots if slot.key == "batches")
    said = " ".join(text for x, _, text, *_ in table.rows[0].marks if slot.left <= x < slot.right)
    named = [word.strip(",") for word in said.split() if word.startswith("LDN")]
    assert said.startswith("150 batches: ")
    assert said.endswith(f" and {150 - len(named)} more")
    assert set(named) < set(lots)
