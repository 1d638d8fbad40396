"""`{% load tadamun %}`: the filters and tags every page writes with. docs/design.md shows each in use."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tadamun.design import counts, dates, fields, figures, icons, inline, numbers, progress, wayfinding
from tadamun.design.region import shown_digits
from tadamun.design.status import pill

register = template.Library()

_FILTERS: dict[str, Callable[..., Any]] = {
    "n": numbers.number,
    "n_word": numbers.number_or_word,
    "percent": numbers.percent,
    "km": numbers.distance,
    "money": numbers.money,
    "digits": lambda text: shown_digits(str(text)),
    "day": dates.day,
    "clock": dates.clock,
    "when": dates.when,
    "since": dates.since,
    "ahead": dates.ahead,
    "between": dates.between,
    "hijri": dates.hijri,
    "bdi": inline.isolated,
}
for _name, _function in _FILTERS.items():
    register.filter(_name, _function)
for _noun in counts.NOUNS:
    register.filter(_noun, partial(counts.counted, _noun))

register.simple_tag(icons.icon, name="icon")
register.simple_tag(inline.code, name="code")
register.simple_tag(figures.bar, name="bar")
register.simple_tag(figures.qr, name="qr")
register.simple_tag(pill, name="status")


@register.simple_tag
def phone(value: Any, **options: Any) -> SafeString:
    """`{% phone value %}`, `link=True`, `label=`, `masked=True`, `cls=`, `icon=`."""
    return inline.phone(value, icon_name=options.pop("icon", ""), **options)


@register.inclusion_tag("design/parts/field.html")
def field(bound: Any, **options: Any) -> dict[str, Any]:
    """One field with its label, hint and error; `optional=False` leaves the word «optional» out."""
    flat = options.pop("flat", False)
    marks_optional = options.pop("optional", True)
    if not bound:
        return {"part": None}
    return {"part": fields.parts_of(bound, **options), "flat": flat, "marks_optional": marks_optional}


@register.inclusion_tag("design/parts/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """What is left to mend in one or several forms, each line a link to its field; nothing when all is well."""
    slips = fields.slips_of(*(form for form in forms if form and form.is_bound))
    return {"slips": slips, "count": len(slips), "shown": numbers.number(len(slips))}


def _group(bound: Any, *, shape: str, options: dict[str, Any]) -> dict[str, Any]:
    if not bound:
        return {"part": None}
    chosen = {name: options.pop(name) for name in ("icons", "hints", "danger") if name in options}
    flat, marks_optional = options.pop("flat", False), options.pop("optional", True)
    made = fields.options_of(bound, **chosen)
    part = fields.parts_of(bound, options=made, **options)
    return {"part": part, "group": shape, "flat": flat, "marks_optional": marks_optional}


@register.inclusion_tag("design/parts/group.html")
def tiles(bound: Any, **options: Any) -> dict[str, Any]:
    """Large tiles with icons: `icons=` maps values to names."""
    return _group(bound, shape="tiles", options=options)


@register.inclusion_tag("design/parts/group.html")
def segments(bound: Any, **options: Any) -> dict[str, Any]:
    """A short choice in one row."""
    return _group(bound, shape="seg", options=options)


@register.inclusion_tag("design/parts/group.html")
def choices(bound: Any, **options: Any) -> dict[str, Any]:
    """A list of choices, each with a line under it: `hints=` by value, `danger=` marks values apart."""
    return _group(bound, shape="paths", options=options)


@register.inclusion_tag("design/parts/stepper.html")
def stepper(bound: Any, **options: Any) -> dict[str, Any]:
    """A small whole number with minus and plus; without scripts a plain input."""
    flat, marks_optional = options.pop("flat", False), options.pop("optional", True)
    part = fields.parts_of(bound, size="n1", **options) if bound else None
    return {"part": part, "flat": flat, "marks_optional": marks_optional}


@register.inclusion_tag("design/parts/switch.html")
def switch(bound: Any, **options: Any) -> dict[str, Any]:
    """One checkbox, drawn as a switch."""
    return {"part": fields.parts_of(bound, **options) if bound else None}


@register.inclusion_tag("design/parts/steps.html")
def steps(items: Any, current: int | None = None, label: Any = "") -> dict[str, Any]:
    """A row of steps: `(label, state)` pairs, or labels with the number of the present one."""
    return {"steps": progress.steps_of(items, current=current), "label": label}


@register.inclusion_tag("design/parts/timeline.html")
def timeline(events: Any) -> dict[str, Any]:
    """What happened, in order: `title`, `at`, `text`, `state`, `icon` of each."""
    return {"events": events}


@register.inclusion_tag("design/parts/bars.html")
def bars(rows: Any, caption: Any = "") -> dict[str, Any]:
    """A table of bars: rows of `(label, value, shown)`; a fourth part names the tone."""
    return {"rows": figures.bar_rows(rows), "caption": caption}


@register.inclusion_tag("design/parts/spreads.html")
def spreads(rows: Any, caption: Any, **options: Any) -> dict[str, Any]:
    """Dots with the line to where they end, a row each: rows of `(label, value, end, shown)`; a fifth part marks a row.

    `top=` ends the scale, `line=` is drawn through all rows, `far=` says in words where the scale ends, `key=` how the
    drawing is read.
    """
    rows = figures.spread_rows(rows, top=options.get("top"), line=options.get("line"))
    return {"rows": rows, "caption": caption, "far": options.get("far"), "key": options.get("key")}


@register.inclusion_tag("design/parts/pager.html", takes_context=True)
def pager(context: template.Context, page: Any, parameter: str = "page") -> dict[str, Any]:
    """Back, where one is, onward; the rest of the query string stays."""
    return wayfinding.pager_of(page, request=context.get("request"), parameter=parameter)


@register.inclusion_tag("design/parts/callbar.html", takes_context=True)
def callbar(context: template.Context, call_back_url: str = "") -> dict[str, Any]:
    """The community's helpline, for whom speaking is easier than writing."""
    return {"helpline": wayfinding.helpline_of(context.get("shell")), "call_back_url": call_back_url}


@register.inclusion_tag("design/parts/emergency.html")
def emergency() -> dict[str, Any]:
    """That this is no emergency service, and which number is."""
    return {"number": wayfinding.emergency_number()}


@register.inclusion_tag("design/parts/back.html")
def back(url: str, label: Any) -> dict[str, Any]:
    """The way back, above a title."""
    return {"url": url, "label": label}


@register.inclusion_tag("design/parts/empty.html")
def empty(icon: str, title: Any, text: Any = "", url: str = "", action: Any = "") -> dict[str, Any]:
    """An empty list that is kind about it."""
    return {"icon_name": icon, "title": title, "text": text, "url": url, "action": action}


# Straight inside a `{% for %}` the word `empty` is Django's own clause; there this name serves.
register.inclusion_tag("design/parts/empty.html", name="empty_state")(empty)


@register.simple_tag
def say(text: Any, icon: str = "info-circle", tone: str = "") -> SafeString:
    """A sentence on a tinted ground; tones: `wait`, `warn`, `ok`."""
    return format_html('<p class="{}">{}<span>{}</span></p>', f"say {tone}".strip(), icons.icon(icon), text)


@register.simple_tag
def note(text: Any, icon: str = "info-circle", cls: str = "note") -> SafeString:
    """A quiet line with an icon; `cls="privacy"` for promises about secrecy."""
    return format_html('<p class="{}">{}<span>{}</span></p>', cls, icons.icon(icon), text)


@register.simple_tag
def copy(text: Any, label: Any) -> SafeString:
    """A button that copies a text; hidden without scripts, so show the text too."""
    return format_html(
        '<button type="button" class="btn btn-s js" data-copy="{}">{}<span>{}</span></button>',
        text,
        icons.icon("copy"),
        label,
    )


@register.inclusion_tag("design/parts/print_button.html")
def print_button(label: Any = "", cls: str = "btn-p") -> dict[str, Any]:
    """Opens the print dialogue; hidden without scripts, where the browser's own menu serves."""
    return {"label": label, "cls": cls}
