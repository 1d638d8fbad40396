"""Where one is and whom one can call: pages of a list, the helpline, the emergency number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, QueryDict

from tadamun.design.dates import between
from tadamun.design.numbers import number
from tadamun.design.region import current_region


def _address(query: QueryDict, *, parameter: str, place: int) -> str:
    changed = query.copy()
    changed[parameter] = str(place)
    return f"?{changed.urlencode()}"


def pager_of(page: Page[Any], *, request: HttpRequest | None, parameter: str) -> dict[str, Any]:
    """The links before and after a page, with the rest of the query string kept."""
    query = request.GET if request is not None else QueryDict()
    return {
        "several": page.paginator.num_pages > 1,
        "before": _address(query, parameter=parameter, place=page.number - 1) if page.has_previous() else "",
        "after": _address(query, parameter=parameter, place=page.number + 1) if page.has_next() else "",
        "place": number(page.number),
        "of": number(page.paginator.num_pages),
    }


@dataclass(frozen=True, slots=True)
class Helpline:
    """Whom to call: the name or role that answers, the number, the hours in words."""

    name: str
    phone: str
    hours: str


def _get(holder: Any, name: str) -> Any:
    return holder.get(name) if isinstance(holder, dict) else getattr(holder, name, None)


def helpline_of(shell: Any) -> Helpline | None:
    """The helpline of the shell's community: its `helpline`, or its own fields `helpline_…`."""
    community = _get(shell, "community") if shell else None
    if not community:
        return None
    line = _get(community, "helpline")
    if line:
        phone = _get(line, "phone_e164")
        found = Helpline(_get(line, "name") or "", phone or "", _get(line, "hours_text") or "")
    else:
        opens, closes = _get(community, "helpline_opens"), _get(community, "helpline_closes")
        known = isinstance(opens, time) and isinstance(closes, time)
        hours = between(opens, closes) if known else ""
        found = Helpline(
            _get(community, "helpline_name") or "", _get(community, "helpline_phone") or "", hours
        )
    return found if found.phone else None


def emergency_number() -> str:
    """What to dial in danger, in the region of the page."""
    return current_region().emergency
