"""Bars, spreads and QR codes as SVG attributes: no inline style, which the content policy forbids."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

_WIDTH = 1000
_TONES = {"": "a", "pine": "a", "clay": "b", "quiet": "c"}
# Positions are in percent and sizes in pixels: the drawing is as wide as the page, and a ring stays a ring.
_RING = '<circle class="a" cx="{}" cy="50%" r="6"/>'
_DIAMOND = '<svg x="{}" y="50%" overflow="visible"><path class="b" d="M0-8 8 0 0 8-8 0z"/></svg>'


def _length(value: Any, top: Any) -> int:
    whole = Decimal(str(top or 0))
    if whole <= 0:
        return 0
    share = Decimal(str(value or 0)) / whole
    return int(min(max(share, Decimal(0)), Decimal(1)) * _WIDTH)


def bar(value: Any, top: Any, *, was: Any = None, tone: str = "", of: Any = None) -> SafeString:
    """A bar of `value` on a ground of `top`; decoration beside the number it draws, so hidden from readers.

    :param was: an earlier value, drawn as a mark.
    :param of: the value that fills the ground, when several bars share one scale `top`.
    """
    ground = _WIDTH if of is None else _length(of, top)
    mark: SafeString | str = ""
    if was is not None:
        mark = format_html(
            '<rect class="mark" x="{}" width="9" height="10"/>', min(_length(was, top), _WIDTH - 9)
        )
    return format_html(
        '<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="bg" width="{}" height="10"/><rect class="{}" width="{}" height="10"/>{}</svg>',
        ground,
        _TONES.get(tone, "a"),
        _length(value, top),
        mark,
    )


def bar_rows(rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """Rows of `(label, value, shown)` and perhaps a tone, each with its bar on the scale of the largest."""
    listed = [tuple(row) for row in rows]
    top = max((Decimal(str(row[1] or 0)) for row in listed), default=Decimal(0))
    return [
        {
            "label": label,
            "shown": shown,
            "bar": bar(value, top, tone=tone[0] if tone else ""),
        }
        for label, value, shown, *tone in listed
    ]


def spread(
    value: Any, top: Any, *, label: Any, end: Any = None, line: Any = None, apart: bool = False
) -> SafeString:
    """A dot at `value` and a line from it to `end`, on a scale from nothing to `top`; a picture with its words.

    :param value: None draws a dashed line: nothing is known.
    :param label: what the picture says, for whom does not see it.
    :param end: where the line ends; without it the line comes from nothing to the dot.
    :param line: a value to compare with, drawn upright through the whole height.
    :param apart: drawn as a filled diamond, not as a ring: a shape of its own, not only a colour.
    """
    parts = ['<line class="ground" x1="0" x2="100%" y1="50%" y2="50%"/>']
    if line is not None:
        parts.append(_stroke("level", line, line, top, height=50))
    if value is None:
        parts.append('<line class="unknown" x1="0" x2="100%" y1="50%" y2="50%"/>')
    else:
        tone = "b" if apart else "a"
        parts.append(_stroke(tone, value, 0 if end is None else end, top))
        if end is not None:
            parts.append(_stroke(tone, end, end, top, height=25))
        parts.append(format_html(_DIAMOND if apart else _RING, _percent(value, top)))
    return format_html(
        '<svg class="spread" role="img" aria-label="{}" focusable="false">{}</svg>',
        label,
        SafeString("".join(parts)),
    )


def _stroke(kind: str, start: Any, end: Any, top: Any, *, height: int = 0) -> SafeString:
    """A line along the scale, or across it where it has a height (half of it, in percent)."""
    return format_html(
        '<line class="{}" x1="{}" x2="{}" y1="{}%" y2="{}%"/>',
        kind,
        _percent(start, top),
        _percent(end, top),
        50 - height,
        50 + height,
    )


def _percent(value: Any, top: Any) -> str:
    return f"{_length(value, top) / 10:g}%"


def spread_rows(rows: Iterable[Sequence[Any]], *, top: Any = None, line: Any = None) -> list[dict[str, Any]]:
    """Rows of `(label, value, end, shown)` and perhaps whether the row stands apart, all on one scale.

    :param top: the end of the scale; the farthest of the rows without it.
    """
    listed = [tuple(row) for row in rows]
    if top is None:
        ends = [each for _label, value, end, *_rest in listed for each in (value, end) if each is not None]
        top = max([*ends, *([line] if line is not None else [])], default=0)
    return [
        {
            "label": label,
            "shown": shown,
            "drawing": spread(value, top, label=shown, end=end, line=line, apart=bool(apart and apart[0])),
        }
        for label, value, end, shown, *apart in listed
    ]


def qr(text: Any, label: Any = "") -> SafeString:
    """A QR code as inline SVG; print the address beside it, for whom a camera is of no use."""
    buffer = io.BytesIO()
    code = segno.make(str(text), error="m", micro=False)
    code.save(
        buffer, kind="svg", xmldecl=False, svgns=True, svgclass="", lineclass="", omitsize=True, border=2
    )
    # segno writes only its own path data, never the text itself.
    svg = buffer.getvalue().decode().replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    drawing = SafeString(svg)
    if label:
        return format_html('<span class="qr" role="img" aria-label="{}">{}</span>', label, drawing)
    return format_html('<span class="qr">{}</span>', drawing)
