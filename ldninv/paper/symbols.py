"""QR, Data Matrix and Code 128: made module by module, and read back from a picture.

zxing-cpp ignores a misspelt option in silence, so what it made is asked for what it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QImage

from ldninv.domain.label_sizes import Symbol
from ldninv.domain.refusal import Refused

QUIET = {Symbol.QR: 4, Symbol.DATAMATRIX: 2, Symbol.CODE128: 10}
"""Modules that stay white on every side; the bars of Code 128 need none above and below."""

IDENTIFIER = {Symbol.QR: "]Q1", Symbol.DATAMATRIX: "]d1", Symbol.CODE128: "]C0"}
"""By which a scanner tells a plain one of them from the others (ISO/IEC 15424)."""

_BLACK = 128


@dataclass(frozen=True, slots=True)
class Block:
    """Black modules side by side and below each other, in modules from the symbol's upper left."""

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
    made = _made(payload, symbol)
    rows = 1 if symbol is Symbol.CODE128 else len(made)
    return Modules(symbol, len(made[0]), rows, _blocks(made[:rows]))


def read(image: QImage) -> tuple[tuple[str, str], ...]:
    """Return what is read in a picture: of each code its AIM identifier and its text."""
    import zxingcpp  # noqa: PLC0415 - only where a code is read

    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return tuple((each.symbology_identifier, each.bytes.decode("latin-1")) for each in zxingcpp.read_barcodes(grey))


def _made(payload: str, symbol: Symbol) -> list[list[bool]]:
    import zxingcpp  # noqa: PLC0415 - only where a code is made

    match symbol:
        case Symbol.QR:
            made = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
            as_asked = made.ec_level == "M"
        case Symbol.DATAMATRIX:
            made = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
            as_asked = True
        case Symbol.CODE128:
            made = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.Code128)
            as_asked = True
    picture = memoryview(made.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]  # its stub forgot
    height, width = picture.shape or (0, 0)
    square = symbol is Symbol.CODE128 or width == height
    if not (as_asked and square and made.symbology_identifier == IDENTIFIER[symbol] and made.bytes == payload.encode()):
        raise RuntimeError(f"zxing-cpp made no plain {symbol.in_words} of {payload!r}")
    return [[picture[y, x] < _BLACK for x in range(width)] for y in range(height)]


def _blocks(rows: list[list[bool]]) -> tuple[Block, ...]:
    """Return black runs, those of one place and width below each other taken as one: fewer seams, fewer strokes."""
    found: list[Block] = []
    open_: dict[tuple[int, int], Block] = {}
    for y, row in enumerate(rows):
        here: dict[tuple[int, int], Block] = {}
        for x, width in _runs(row):
            above = open_.pop((x, width), None)
            here[x, width] = Block(x, above.y if above else y, width, above.height + 1 if above else 1)
        found += open_.values()
        open_ = here
    return (*found, *open_.values())


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for x, black in enumerate(row):
        if not black:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
