"""A label as PNG, as SVG made of rectangles and outlines, and as ZPL, a picture in the printer's own dots."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QBuffer, QIODevice, QPointF
from PySide6.QtGui import QImage, QImageWriter, QPainterPath

from ldninv.paper.label_layout import Drawing
from ldninv.paper.labels import picture
from ldninv.paper.page import millimetres

_DARK = 128


def svg(drawing: Drawing, title: str) -> str:
    """Return the label as an SVG in its true size; letters are outlines, so that no font is missing anywhere."""
    width, height = drawing.size.width_mm, drawing.size.height_mm
    dot = drawing.dot
    wide, high = _short(millimetres(width)), _short(millimetres(height))
    boxes = (
        f'<rect x="{_short(box.x * dot)}" y="{_short(box.y * dot)}" '
        f'width="{_short(box.width * dot)}" height="{_short(box.height * dot)}"/>'
        for box in drawing.boxes
    )
    letters = (f'<path d="{_outline(path)}"/>' for path in _paths(drawing))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm"'
    return "\n".join(
        (
            f'{head} viewBox="0 0 {wide} {high}" role="img">',
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(' | '.join(text.text for text in drawing.texts))}</desc>",
            f'<rect width="{wide}" height="{high}" fill="#fff"/>',
            '<g fill="#000" shape-rendering="crispEdges">',
            *boxes,
            "</g>",
            '<g fill="#000">',
            *letters,
            "</g>",
            "</svg>",
            "",
        )
    )


def png(drawing: Drawing) -> bytes:
    """Return the label as a PNG, a pixel for each dot of the printer."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(picture(drawing))
    return bytes(buffer.data().data())


def zpl(drawing: Drawing, copies: int = 1) -> str:
    """Return the label for printers that speak ZPL: dot for dot the picture that was read back."""
    image = picture(drawing)
    rows = [_hexadecimal(image, y) for y in range(image.height())]
    bytes_a_row = len(rows[0]) // 2
    total = bytes_a_row * len(rows)
    graphic = "".join(_shortened(row, above) for row, above in zip(rows, [None, *rows], strict=False))
    return (
        f"^XA\n^CI28\n^PW{image.width()}\n^LL{image.height()}\n^LH0,0\n"
        f"^FO0,0^GFA,{total},{total},{bytes_a_row},{graphic}^FS\n^PQ{copies}\n^XZ\n"
    )


def _hexadecimal(image: QImage, y: int) -> str:
    begins = y * image.bytesPerLine()
    line = image.constBits()[begins : begins + image.width()]
    bits = "".join("1" if grey < _DARK else "0" for grey in line)
    bits += "0" * (-len(bits) % 8)
    return f"{int(bits, 2):0{len(bits) // 4}X}"


def _shortened(row: str, above: str | None) -> str:
    """Return a row with the marks that ZPL has for one like the row above, and for a rest that is white."""
    if row == above:
        return ":"
    bare = row.rstrip("0")
    bare += "0" * (len(bare) % 2)
    return f"{bare}," if len(bare) < len(row) else row


def _paths(drawing: Drawing) -> list[QPainterPath]:
    paths = []
    for text in drawing.texts:
        path = QPainterPath()
        path.addText(QPointF(text.x, text.baseline), text.face.font, text.text)
        paths.append(path)
    return paths


def _outline(path: QPainterPath) -> str:
    """Return the letters' outlines as SVG writes them."""
    parts: list[str] = []
    for at in range(path.elementCount()):
        element = path.elementAt(at)
        match element.type:
            case QPainterPath.ElementType.MoveToElement:
                parts.append(f"M{_short(element.x)} {_short(element.y)}")
            case QPainterPath.ElementType.LineToElement:
                parts.append(f"L{_short(element.x)} {_short(element.y)}")
            case QPainterPath.ElementType.CurveToElement:
                parts.append(f"C{_short(element.x)} {_short(element.y)}")
            case _:
                parts.append(f" {_short(element.x)} {_short(element.y)}")
    return "".join(parts)


def _short(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
