"""Rows of a short list: whole, however long they are."""

import pytest

from ldninv.ui.roomy import RoomyList


@pytest.mark.usefixtures("dressed")
def test_a_row_that_is_longer_than_the_list_is_wide_goes_on_in_the_next_line(qtbot):
    shown = RoomyList(None)
    qtbot.addWidget(shown)
    shown.addItems(["Attic", "Compounding room, cabinet by the window, dark, controlled room temperature"])
    shown.resize(1200, 200)
    with qtbot.waitExposed(shown):
        shown.show()
    assert shown.sizeHintForRow(1) == shown.sizeHintForRow(0)

    shown.resize(260, 200)

    assert shown.sizeHintForRow(1) >= shown.sizeHintForRow(0) + 2 * shown.fontMetrics().height()
    assert not shown.horizontalScrollBar().isVisible()
