"""PNG, SVG and ZPL of a label: read back, the same dots, and no font asked of anybody."""

import re
import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from labels_made import LOT, a_batch_label
from ldninv.domain.label_sizes import ROLLS, Size, Symbol
from ldninv.paper.label_files import png, svg, zpl
from ldninv.paper.label_layout import compose
from ldninv.paper.labels import picture
from ldninv.paper.symbols import IDENTIFIER, read

pytestmark = pytest.mark.usefixtures("qapp")

SIZES = (ROLLS[0], Size(57.15, 31.75))


def printed(program):
    """Return what a printer makes of a ZPL program: its graphic field, dot by dot."""
    width, height = (int(re.search(rf"\^{name}(\d+)", program)[1]) for name in ("PW", "LL"))
    total, field, across, content = re.search(r"\^GFA,(\d+),(\d+),(\d+),([^^]*)\^FS", program).groups()
    digits = int(across) * 2
    assert int(total) == int(field) == int(across) * height
    rows = []
    for row in re.findall(rf":|[0-9A-F]+,|,|[0-9A-F]{{{digits}}}", content):
        rows.append(rows[-1] if row == ":" else row.rstrip(",").ljust(digits, "0"))
    assert (len(rows), {len(row) for row in rows}) == (height, {digits})
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    for y, row in enumerate(rows):
        for x, bit in enumerate(f"{int(row, 16):0{digits * 4}b}"[:width]):
            if bit == "1":
                image.setPixel(x, y, 0)
    return image


@pytest.mark.parametrize("dots_per_inch", [203, 300])
@pytest.mark.parametrize("symbol", Symbol)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_each_kind_of_file_is_read_back(size, symbol, dots_per_inch):
    drawing = compose(a_batch_label(), symbol, size, dots_per_inch)
    vector = QImage(picture(drawing).size(), QImage.Format.Format_RGB32)
    vector.fill(Qt.GlobalColor.blue)
    painter = QPainter(vector)
    QSvgRenderer(QByteArray(svg(drawing, "Label").encode())).render(painter, QRectF(vector.rect()))
    painter.end()

    for image in (QImage.fromData(png(drawing)), vector, printed(zpl(drawing))):
        assert read(image) == ((IDENTIFIER[symbol], LOT),)


@pytest.mark.parametrize("symbol", Symbol)
def test_a_zpl_program_prints_the_dots_that_were_read_back(symbol):
    drawing = compose(a_batch_label(), symbol, ROLLS[0], 203)
    shown, made = picture(drawing), printed(zpl(drawing, copies=3))

    assert made.size() == shown.size()
    assert all(
        (shown.pixelColor(x, y).lightness() < 128) == (made.pixelColor(x, y).lightness() == 0)
        for x in range(shown.width())
        for y in range(shown.height())
    )
    assert "^PQ3\n" in zpl(drawing, copies=3)


def test_an_svg_has_its_true_size_its_text_as_words_for_ears_and_outlines_for_eyes():
    drawing = compose(a_batch_label(pharmacy="Brown & <Sons>"), Symbol.QR, ROLLS[0], 203)

    root = ET.fromstring(svg(drawing, "Label <1>"))  # noqa: S314 - made here

    names = [element.tag.partition("}")[2] for element in root.iter()]
    assert (root.get("width"), root.get("height")) == ("50.8mm", "25.4mm")
    assert (root[0].text, "Brown & <Sons>" in root[1].text) == ("Label <1>", True)
    assert names.count("rect") == len(drawing.boxes) + 1
    assert "text" not in names


def test_a_png_knows_its_size_on_paper():
    image = QImage.fromData(png(compose(a_batch_label(), Symbol.QR, ROLLS[0], 203)))

    assert (image.width(), image.height(), image.dotsPerMeterX()) == (406, 203, 7992)
