"""What a card scrolls in."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ldninv.ui.card_area import CardArea, Column

pytestmark = pytest.mark.usefixtures("dressed")


class Text(QWidget):
    """As high as a long text: 400 in the narrowest column, 100 in a wide one."""

    def __init__(self):
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width):
        return 40_000 // max(100, min(width, 400))

    def minimumSizeHint(self):
        return QSize(100, 400)

    def sizeHint(self):
        return self.minimumSizeHint()


def test_long_texts_leave_no_blank_below_the_last_of_them(qtbot):
    content, desk = Column(), QWidget()
    column = QVBoxLayout(content)
    texts = [Text() for _ in range(4)]
    for each in texts:
        column.addWidget(each)
    area = CardArea(content, desk, None)
    desk.setParent(content)
    qtbot.addWidget(area)
    area.resize(600, 200)
    with qtbot.waitExposed(area):
        area.show()

    assert content.height() == texts[-1].geometry().bottom() + 1 + column.contentsMargins().bottom()
    assert content.height() < 4 * 120
