"""The report as one HTML file that needs nothing beside it and prints well."""

from __future__ import annotations

from datetime import date
from html import escape

from ldninv.assets import resource
from ldninv.domain.quantities import Strength
from ldninv.domain.signs import GOOD, Sign
from ldninv.reports.sections import NOT_BEGUN, QUIET_LINE, SIGNATURES, TITLE, heading, sections, trail
from ldninv.reports.table import CHECK_OFF, Cell, Passed, Section, text
from ldninv.reports.weekly import Report

_WHOLE_HASH = 64

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{icons}
<header>
<h1>{heading}</h1>
<dl class="facts">
{facts}
</dl>
</header>
<main>
{sections}
<div class="signatures">{signatures}</div>
</main>
<footer><p>{quiet}</p><p>Audit trail: {trail}</p></footer>
</body>
</html>
"""


def to_html(report: Report) -> bytes:
    """Return the report as a self-contained HTML document."""
    begun = [] if report.begun else [f'<p class="none">{escape(NOT_BEGUN)}</p>']
    facts = (f"<div><dt>{escape(name)}</dt><dd>{escape(said)}</dd></div>" for name, said in heading(report))
    page = _PAGE.format(
        title=escape(f"{TITLE} {report.week}"),
        style=resource("report/weekly.css").read_text(encoding="utf-8"),
        icons=resource("report/icons.svg").read_text(encoding="utf-8").strip(),
        heading=escape(TITLE),
        facts="\n".join(facts),
        sections="\n".join([*begun, *(_section(section) for section in sections(report))]),
        signatures="".join(f"<div>{escape(role)}: name, signature, date</div>" for role in SIGNATURES),
        quiet=escape(QUIET_LINE),
        trail=escape(trail(report, _WHOLE_HASH)),
    )
    return page.encode()


def _section(section: Section) -> str:
    if not section.rows:
        said = f'<p class="none">{_icon(GOOD)}{escape(section.none)}</p>'
        return f'<section id="{section.key}">\n<h2>{escape(section.title)}</h2>\n{said}\n</section>'
    note = f'<p class="note">{escape(section.note)}</p>\n' if section.note else ""
    titles = (
        f'<th scope="col"{_class(section, at)}>{escape(title)}</th>' for at, (_, title) in enumerate(section.columns)
    )
    hand = "".join(f'<th scope="col" class="hand">{escape(title)}</th>' for title in CHECK_OFF if section.check_off)
    body = "\n".join(_row(section, row) for row in section.rows)
    return (
        f'<section id="{section.key}">\n'
        f"<h2>{escape(section.title)} <small>{escape(section.totals)}</small></h2>\n{note}"
        f'<div class="wide"><table>\n<thead><tr>{"".join(titles)}{hand}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table></div>\n</section>"
    )


def _row(section: Section, row: tuple[Cell, ...]) -> str:
    keys = (key for key, _ in section.columns)
    cells = "".join(_cell(key, cell) for key, cell in zip(keys, row, strict=True))
    hand = '<td class="hand"></td>' * len(CHECK_OFF) if section.check_off else ""
    return f"<tr>{cells}{hand}</tr>"


def _cell(key: str, cell: Cell) -> str:
    said = escape(text(cell))
    if isinstance(cell, Sign):
        return f'<td class="state {cell.tone}">{_icon(cell)}{said}</td>'
    if key == "lot":
        return f'<th scope="row" class="lot">{said}</th>'
    match cell:
        case Passed():
            return f'<td class="day passed">{said}</td>'
        case date():
            return f'<td class="day">{said}</td>'
        case int() | Strength():
            return f'<td class="number">{said}</td>'
        case _:
            return f"<td>{said}</td>"


def _class(section: Section, at: int) -> str:
    return ' class="number"' if isinstance(section.rows[0][at], int | Strength) else ""


def _icon(sign: Sign) -> str:
    return f'<svg class="icon {sign.tone}" aria-hidden="true"><use href="#{sign.icon}"/></svg>'
