"""Words of this app's codes, and amounts with their unit, in templates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tadamun.design import inline
from tadamun.design.counts import counted
from tadamun.design.dates import day, since
from tadamun.design.numbers import money, number
from tadamun.design.region import current_region
from tadamun.design.status import pill
from tadamun.kernel.regions import minor_digits
from tadamun.pillars.aid.needs.cards import UNSAID, LineCard
from tadamun.pillars.aid.needs.vocabulary import Tier
from tadamun.pillars.aid.needs.wording import word_for

register = template.Library()

_AMOUNTS: dict[str, Callable[[int], str]] = {
    "item": lambda k: ngettext("%(n)s piece", "%(n)s pieces", k),
    "parcel": lambda k: ngettext("%(n)s parcel", "%(n)s parcels", k),
    "meal": lambda k: ngettext("%(n)s meal", "%(n)s meals", k),
    "box": lambda k: ngettext("%(n)s box", "%(n)s boxes", k),
    "hour": lambda k: ngettext("%(n)s hour of help", "%(n)s hours of help", k),
    "visit": lambda k: ngettext("%(n)s visit", "%(n)s visits", k),
    "night": lambda k: ngettext("%(n)s night", "%(n)s nights", k),
    "ride": lambda k: ngettext("%(n)s ride", "%(n)s rides", k),
}


@register.filter
def word(code: Any, kind: str) -> str:
    """`{{ card.state|word:"line_state" }}`: the words of a code."""
    return word_for(kind=kind, code=code)


@register.filter
def away(kilometres: int) -> str:
    """`{{ card.about_km|away }}`: a distance in whole kilometres, as one would say it on the street."""
    if kilometres < 1:
        return _("less than %(n)s km away") % {"n": number(1)}
    return _("about %(n)s km away") % {"n": number(kilometres)}


@register.filter
def waited(hours: float | None) -> str:
    """`{{ wait.hours|waited }}`: whole hours below two days, one at least; whole days from there on."""
    if hours is None:
        return ""
    return counted("days", hours // 24) if hours >= 2 * 24 else counted("hours", max(1, hours))


@register.filter
def amount(quantity: int, unit: str) -> str:
    """`{{ card.quantity|amount:card.unit }}`: a quantity with its unit in all plural forms; money in its currency."""
    if unit == UNSAID:
        return _("amount not said")
    if unit == "money" or unit.isupper():
        currency = current_region().currency if unit == "money" else unit
        return money(quantity * 10 ** minor_digits(currency), currency)
    form = _AMOUNTS[unit](quantity) if unit in _AMOUNTS else "%(n)s"
    return form % {"n": number(quantity)}


@register.filter
def asked_amount(line: LineCard) -> str:
    """`{{ line|asked_amount }}`: how much is asked for; where a part of it is promised or there, what is left of it."""
    whole = amount(line.quantity, line.unit)
    if not 0 < line.left < line.quantity:
        return whole
    return _("left: %(left)s, of %(whole)s") % {"left": amount(line.left, line.unit), "whole": whole}


@register.simple_tag
def by_when(line: Any, at: datetime) -> str:
    """`{% by_when line at %}`: by when it is needed, or that this day is over; nothing where nobody has said it.

    :param line: whatever has `when` and `until_at`.
    """
    if getattr(line, "asks_for_call", False):
        return ""
    words = word(line.when, "when")
    if line.until_at is None:
        return words
    if _day_is_over(line, at):
        return _("its day has passed: %(day)s") % {"day": day(line.until_at)}
    return f"{words} ({day(line.until_at)})"


def _day_is_over(line: Any, at: datetime) -> bool:
    """Whether it is still to come, and was needed by now."""
    done = getattr(line, "state", "") in {"met", "closed"}
    return not done and line.until_at is not None and line.until_at < at


@register.simple_tag
def line_facts(line: LineCard, at: datetime) -> SafeString:
    """`{% line_facts line at %}`: number, area and age of a line. Written out here, as lists have twenty of them."""
    parts: list[str] = [inline.code(line.request_number)]
    if line.area:
        parts.append(inline.isolated(line.area))
    parts.append(_("came in %(long)s") % {"long": since(line.waiting_since, at)})
    return format_html(
        '<span class="xs muted">{}</span>', format_html(" · ".join("{}" for _part in parts), *parts)
    )


@register.simple_tag
def line_tags(line: LineCard, at: datetime) -> SafeString:
    """`{% line_tags line at %}`: how severe a line is, and whether it is for today, or late; of others nothing."""
    tags = []
    if line.tier == Tier.CRITICAL:
        tags.append(pill("urgent", word(line.tier, "tier")))
    elif line.tier == Tier.HIGH:
        tags.append(pill("clay", word(line.tier, "tier"), icon="alert-circle"))
    if _day_is_over(line, at):
        tags.append(pill("late", _("its day has passed")))
    elif line.when == "today":
        tags.append(pill("clay", word(line.when, "when"), icon="clock"))
    return SafeString("".join(tags))
