from itertools import pairwise

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt

from ldninv.domain.refusal import Surroundings
from ldninv.domain.signs import GOOD
from ldninv.ui import colours, theme
from ldninv.ui.table import ALIGNMENT, DISPLAY, PAGE, PAGES_KEPT, SIGN, Column, RowTableModel
from ldninv.ui.table_view import TableView

pytestmark = pytest.mark.usefixtures("dressed")

COLUMNS = (
    Column(title="State", text=lambda _row: GOOD.word, sign=lambda _row: GOOD, widest=GOOD.word),
    Column(title="Number", text=str, sort="number", right=True, widest="10000"),
    Column(title="Twice", text=lambda row: str(2 * row), widest="10000", yields=1, about=lambda row: f"twice {row}"),
)


class Source:
    """Rows that are their own keys, and a note of what was fetched."""

    def __init__(self):
        self.asked = []

    def fetch(self, keys):
        self.asked.append(list(keys))
        return list(keys)


@pytest.fixture
def source():
    return Source()


@pytest.fixture
def model(source):
    made = RowTableModel(COLUMNS, source.fetch)
    made.show_ids(range(10_000))
    return made


def test_the_model_keeps_qts_rules(qtmodeltester):
    model = RowTableModel(COLUMNS, list)
    model.show_ids(range(50))

    qtmodeltester.check(model)


def test_a_cell_shows_what_its_column_says(model):
    assert model.index(3, 1).data() == "3"
    assert model.index(3, 0).data(SIGN) is GOOD
    assert model.index(3, 1).data(SIGN) is None
    assert model.index(3, 2).data(Qt.ItemDataRole.ToolTipRole) == "twice 3"
    assert model.index(3, 2).data(Qt.ItemDataRole.AccessibleTextRole) == "twice 3"
    assert model.index(3, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "3"
    assert model.index(3, 1).data(Qt.ItemDataRole.ToolTipRole) is None
    assert model.index(3, 1).data(ALIGNMENT) & int(Qt.AlignmentFlag.AlignRight)
    assert model.headerData(1, Qt.Orientation.Horizontal, DISPLAY) == "Number"


def test_every_row_is_counted_and_none_is_fetched_before_it_is_seen(model, source):
    assert model.rowCount() == 10_000
    assert model.rowCount(model.index(0, 0)) == 0
    assert source.asked == []


def test_a_page_is_fetched_once_and_only_the_one_that_is_asked_for(model, source):
    assert model.row(PAGE * 7 + 5) == PAGE * 7 + 5
    assert model.row(PAGE * 7 + 6) == PAGE * 7 + 6

    assert source.asked == [list(range(PAGE * 7, PAGE * 8))]


def test_the_page_unseen_longest_is_forgotten(model, source):
    for page in range(PAGES_KEPT):
        model.row(page * PAGE)
    model.row(0)
    model.row(PAGES_KEPT * PAGE)
    source.asked.clear()

    model.row(0)
    assert source.asked == []
    model.row(PAGE)
    assert source.asked[0][0] == PAGE


def test_showing_rows_again_fetches_them_again(model, source):
    model.row(0)
    model.show_ids(range(5, 8))

    assert model.rowCount() == 3
    assert model.row(0) == 5
    assert len(source.asked) == 2


def test_a_database_that_fails_leaves_cells_empty_and_says_so_once(qtbot):
    def fail(_keys):
        raise Surroundings("The database is locked.")

    model = RowTableModel(COLUMNS, fail)
    model.show_ids(range(3))

    with qtbot.waitSignal(model.failed) as told:
        assert model.index(0, 1).data() is None
    assert str(told.args[0]) == "The database is locked."
    assert model.index(1, 1).data() is None


@pytest.fixture
def view(qtbot, model):
    made = TableView(model, "Numbers")
    qtbot.addWidget(made)
    made.resize(600, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def click_header(qtbot, view, section):
    header = view.horizontalHeader()
    where = header.rect().center()
    where.setX(header.sectionViewportPosition(section) + 5)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)


def test_a_click_on_a_title_asks_for_its_order_and_another_for_the_reverse(qtbot, view):
    asked = []
    view.sort_asked.connect(lambda sort, descending: asked.append((sort, descending)))

    click_header(qtbot, view, 1)
    view.show_sorted("number", descending=False)
    click_header(qtbot, view, 1)
    click_header(qtbot, view, 0)

    assert asked == [("number", False), ("number", True)]


def test_a_column_yields_where_room_is_short_and_comes_back(view):
    assert not view.isColumnHidden(2)
    view.resize(200, 300)
    assert view.isColumnHidden(2)
    view.resize(600, 300)
    assert not view.isColumnHidden(2)


def test_moving_by_keyboard_chooses_the_row(qtbot, view):
    view.setCurrentIndex(view.model().index(0, 0))
    with qtbot.waitSignal(view.chosen) as told:
        qtbot.keyClick(view, Qt.Key.Key_Down)

    assert told.args == [1]


def test_rows_become_text_for_a_spreadsheet_under_the_titles_that_are_seen(qtbot, view, model):
    view.selectRow(4)
    with qtbot.waitSignal(view.copy_asked):
        qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    view.want(0, shown=False)

    assert model.as_text(view.selected_ids(), view.shown_columns) == "Number\tTwice\n4\t8\n"


def test_a_column_keeps_a_few_letters_however_often_it_is_made_narrower(qtbot, view):
    view.setCurrentIndex(view.model().index(0, 1))
    for _ in range(40):
        qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    assert view.columnWidth(1) >= view.fontMetrics().averageCharWidth()


def picture(view):
    return view.viewport().grab().toImage()


def choose(view, row):
    """Choose a row whatever key was held last: `selectRow` asks the keyboard."""
    wanted = QItemSelectionModel.SelectionFlag
    view.selectionModel().select(view.model().index(row, 0), wanted.ClearAndSelect | wanted.Rows)


def test_what_is_drawn_follows_rows_selection_palette_and_text_size(view, model):
    pictures = [picture(view)]
    model.show_ids(range(7, 50))
    pictures.append(picture(view))
    choose(view, 2)
    pictures.append(picture(view))
    view.setPalette(theme.palette(colours.DARK))
    pictures.append(picture(view))
    view.setFont(theme.scaled(view.font(), 1.5))
    pictures.append(picture(view))
    model.show_ids(())
    pictures.append(picture(view))

    assert all(one != other for one, other in pairwise(pictures))


def test_a_part_that_is_painted_again_is_painted_as_before(view):
    choose(view, 1)
    before = picture(view)
    view.viewport().update(40, 20, 90, 30)

    assert picture(view) == before


def test_widths_come_back_at_another_text_size(view):
    view.setColumnWidth(1, 150)
    kept = view.arrangement()
    font = view.font()
    font.setPointSizeF(2 * font.pointSizeF())
    view.setFont(font)
    view.arrange(kept)

    assert view.columnWidth(1) == pytest.approx(300, abs=30)


def test_a_row_is_higher_than_its_text_at_any_size(view):
    font = view.font()
    font.setPointSizeF(2 * font.pointSizeF())
    view.setFont(font)

    assert view.rowHeight(0) > view.fontMetrics().height()


def test_there_is_nothing_below_a_cell(model):
    assert model.index(0, 0, model.index(1, 1)) == QModelIndex()
