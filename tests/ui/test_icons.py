import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QStyle, QToolButton

from ldninv.ui import icons, theme

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.mark.parametrize("factor", [1, 2])
def test_an_icon_in_a_field_is_as_high_as_its_text_and_the_text_stands_beside_it(qtbot, factor):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.setFont(theme.scaled(field.font(), factor))
    icons.put_in(field, "magnify", QLineEdit.ActionPosition.LeadingPosition, "Search")
    field.setFixedWidth(400)
    field.show()

    high = QFontMetrics(field.font()).height()
    assert field.style().pixelMetric(QStyle.PixelMetric.PM_LineEditIconSize, None, field) == high
    (button,) = field.findChildren(QToolButton)
    assert button.width() >= high
    field.setText("x")
    assert field.cursorRect().left() >= button.geometry().right()
