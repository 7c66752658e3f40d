"""Symbols module by module: they are what was asked for, and read back as they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from ldninv.domain.label_sizes import Symbol
from ldninv.domain.refusal import Refused
from ldninv.paper.symbols import IDENTIFIER, IDENTIFIER_GS1, encode, encode_elements, read

pytestmark = pytest.mark.usefixtures("qapp")

PAYLOADS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=60)


def drawn(modules, dots=3):
    """Return a symbol as a picture with its quiet zone and nothing else."""
    rows = 20 if modules.rows == 1 else modules.rows
    height = rows + 2 * modules.quiet
    image = QImage(modules.width * dots, height * dots, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for block in modules.blocks:
        high = rows if modules.rows == 1 else block.height
        place = (modules.quiet + block.x, modules.quiet + block.y, block.width, high)
        painter.fillRect(*(length * dots for length in place), Qt.GlobalColor.black)
    painter.end()
    return image


def cells(block):
    """Return the modules of a block."""
    return [(x, y) for x in range(block.x, block.x + block.width) for y in range(block.y, block.y + block.height)]


def parts(block):
    """Return the neighbours, two or four of them, that a block holds together."""
    held = set(cells(block))
    for x, y in held:
        yield from (
            part
            for part in ({(x, y), (x + 1, y)}, {(x, y), (x, y + 1)}, {(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)})
            if part <= held
        )


@pytest.mark.parametrize("symbol", Symbol)
@given(PAYLOADS)
def test_whatever_is_written_is_read_back_as_it_is(symbol, payload):
    assert read(drawn(encode(payload, symbol))) == ((IDENTIFIER[symbol], payload),)


@pytest.mark.parametrize("symbol", Symbol)
def test_elements_are_read_back_with_the_separator_between_them(symbol):
    modules = encode_elements((("91", "AZYQ"), ("92", "MW09")), symbol)
    assert read(drawn(modules)) == ((IDENTIFIER_GS1[symbol], "91AZYQ\x1d92MW09"),)


@pytest.mark.parametrize("symbol", [Symbol.QR, Symbol.DATAMATRIX])
@given(PAYLOADS)
def test_blocks_drawn_a_little_smaller_leave_no_seam_where_black_meets_black(symbol, payload):
    modules = encode(payload, symbol)

    black = {cell for block in modules.blocks for cell in cells(block)}
    bridged = {frozenset(part) for block in modules.blocks for part in parts(block)}
    assert all(0 <= x < modules.columns and 0 <= y < modules.rows for x, y in black)
    for x, y in black:
        for part in ({(x, y), (x + 1, y)}, {(x, y), (x, y + 1)}, {(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)}):
            assert not part <= black or frozenset(part) in bridged


def test_a_data_matrix_is_square_and_an_internal_lot_takes_the_smallest_qr():
    assert encode("LDN260117001M", Symbol.QR).columns == 21
    for length in range(1, 41):
        made = encode("A1" * length, Symbol.DATAMATRIX)
        assert made.columns == made.rows


@pytest.mark.parametrize("symbol", Symbol)
@pytest.mark.parametrize("payload", ["", "Kühlschrank", "A\x1dB", "A\n", "批号"])
def test_what_a_scanner_cannot_type_is_refused(symbol, payload):
    with pytest.raises(Refused, match="a scanner cannot type"):
        encode(payload, symbol)


def test_a_picture_without_a_code_reads_as_nothing():
    image = QImage(50, 50, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)

    assert read(image) == ()
