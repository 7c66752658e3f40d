"""QR, Data Matrix and Code 128: made module by module, and read back from a picture.

zxing-cpp ignores a misspelt option in silence, so what it made is asked for what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtGui import QImage

from ldninv.domain.label_sizes import Symbol
from ldninv.domain.refusal import Refused

QUIET = {Symbol.QR: 4, Symbol.DATAMATRIX: 2, Symbol.CODE128: 10}
"""Modules that stay white on every side; the bars of Code 128 need none above and below."""

IDENTIFIER = {Symbol.QR: "]Q1", Symbol.DATAMATRIX: "]d1", Symbol.CODE128: "]C0"}
"""By which a scanner tells a plain one of them from the others (ISO/IEC 15424)."""

IDENTIFIER_GS1 = {Symbol.QR: "]Q3", Symbol.DATAMATRIX: "]d2", Symbol.CODE128: "]C1"}
"""By which it tells one that holds GS1 elements."""

_BLACK = 128


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of black modules, in modules from the symbol's upper left."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Modules:
    """A symbol, without its quiet zone."""

    symbol: Symbol
    columns: int
    rows: int
    """1 for bars, which are as high as there is room."""
    blocks: tuple[Block, ...]
    """Every run across, every run down and every square of four: each module is in some, and no seam is in none."""

    @property
    def quiet(self) -> int:
        """Modules that stay white at its sides."""
        return QUIET[self.symbol]

    @property
    def width(self) -> int:
        """Modules across, with the quiet zone."""
        return self.columns + 2 * self.quiet


def encode(payload: str, symbol: Symbol) -> Modules:
    """Return `payload` as a symbol: QR at level M, Data Matrix square.

    Raises:
        Refused: the symbol cannot hold it as it is.
    """
    if not payload.isascii() or not payload.isprintable() or not payload:
        raise Refused(
            f"“{payload}” holds signs that a scanner cannot type. A label's code takes plain letters, digits and signs."
        )
    return _modules(_made(payload, symbol), symbol)


def encode_elements(elements: Sequence[tuple[str, str]], symbol: Symbol) -> Modules:
    """Return GS1 elements as a symbol; where one of varying length ends, a scanner sends the separator."""
    return _modules(_made("".join(f"({name}){value}" for name, value in elements), symbol, gs1=True), symbol)


def _modules(made: list[list[bool]], symbol: Symbol) -> Modules:
    rows = 1 if symbol is Symbol.CODE128 else len(made)
    return Modules(symbol, len(made[0]), rows, _blocks(made[:rows]))


def read(image: QImage) -> tuple[tuple[str, str], ...]:
    """Return what is read in a picture: of each code its AIM identifier and its text."""
    import zxingcpp  # noqa: PLC0415 - only where a code is read

    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return tuple((each.symbology_identifier, each.bytes.decode("latin-1")) for each in zxingcpp.read_barcodes(grey))


def _made(payload: str, symbol: Symbol, *, gs1: bool = False) -> list[list[bool]]:
    import zxingcpp  # noqa: PLC0415 - only where a code is made

    match symbol:
        case Symbol.QR:
            made = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="M", gs1=gs1)
            as_asked = made.ec_level == "M"
        case Symbol.DATAMATRIX:
            made = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.DataMatrix, force_square=True, gs1=gs1)
            as_asked = True
        case Symbol.CODE128:
            made = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.Code128, gs1=gs1)
            as_asked = True
    picture = memoryview(made.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]  # its stub forgot
    height, width = picture.shape or (0, 0)
    square = symbol is Symbol.CODE128 or width == height
    named = (IDENTIFIER_GS1 if gs1 else IDENTIFIER)[symbol]
    whole = made.text == payload if gs1 else made.bytes == payload.encode()
    if not (as_asked and square and made.symbology_identifier == named and whole):
        raise RuntimeError(f"zxing-cpp made no {symbol.in_words} of {payload!r} as it was asked")
    return [[picture[y, x] < _BLACK for x in range(width)] for y in range(height)]


def _blocks(rows: list[list[bool]]) -> tuple[Block, ...]:
    """Return blocks that overlap wherever black meets black: drawn a little smaller, they still leave no white seam."""
    across = (Block(x, y, width, 1) for y, row in enumerate(rows) for x, width in _runs(row))
    if len(rows) == 1:
        return tuple(across)
    columns = list(zip(*rows, strict=True))
    down = (Block(x, y, 1, height) for x, column in enumerate(columns) for y, height in _runs(column))
    squares = (
        Block(x, y, 2, 2)
        for y, (row, below) in enumerate(pairwise(rows))
        for x, four in enumerate(zip(row, row[1:], below, below[1:], strict=False))
        if all(four)
    )
    return (*across, *(block for block in down if block.height > 1), *squares)


def _runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Return where each run of black begins, and how long it is."""
    runs: list[tuple[int, int]] = []
    for x, black in enumerate(row):
        if black and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif black:
            runs.append((x, 1))
    return runs
