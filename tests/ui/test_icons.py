import ast
from pathlib import Path

import pytest
from fonticon_mdi7 import MDI7
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QStyle, QToolButton

from ldninv.domain.storage.happenings import Aspect
from ldninv.ui import icons, theme
from ldninv.ui.storage import signs

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


def test_readings_out_of_a_loggers_range_have_an_icon_that_no_temperature_has():
    of_a_temperature = {sign.icon for sign in signs.OF_LEVEL.values()}

    assert signs.OF_ASPECT[Aspect.BEYOND].icon not in of_a_temperature


def test_every_icon_that_is_named_anywhere_is_among_those_that_are_drawn():
    of_the_font = {name.replace("_", "-") for name in vars(MDI7)}
    code = Path(icons.__file__).parent.parent.rglob("*.py")
    texts = {
        each.value
        for file in code
        for each in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and "-" in each.value
    }

    assert (texts & of_the_font) - set(icons.GLYPHS) == set()
    assert "thermometer-alert" in texts & of_the_font
