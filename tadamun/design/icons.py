"""Icons from the one sprite: drawn by name, hidden from readers unless they carry a label."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = Path(__file__).resolve().parent / "static" / "design" / "icons.svg"
# Drawn where a name is unknown: the catalogue is edited by stewards, and a typing slip must not break a page.
UNKNOWN = "circle-dot"
# They point along the line of reading, so they turn round in Arabic; clocks and ticks do not.
DIRECTIONAL = frozenset(
    {
        "arrow-back-up",
        "chevron-back",
        "chevron-forward",
        "door-enter",
        "door-exit",
        "external-link",
        "list-check",
        "list-details",
        "list-numbers",
        "login",
        "logout",
        "send",
        "share",
        "stairs-up",
        "truck-delivery",
        "walk",
    }
)


@cache
def icon_names() -> frozenset[str]:
    """Every name the sprite holds."""
    return frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))


def icon(name: Any, *, cls: str = "", label: Any = "") -> SafeString:
    """One icon; `label` gives it a voice, without it the words beside it speak."""
    return _drawn(str(name) if str(name) in icon_names() else UNKNOWN, str(cls), str(label))


@lru_cache(maxsize=1024)
def _drawn(known: str, cls: str, label: str) -> SafeString:
    """Kept, as a page draws the same few dozens over and over."""
    classes = " ".join(part for part in ("i", "flip" if known in DIRECTIONAL else "", cls) if part)
    href = f"{static('design/icons.svg')}#{known}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}" focusable="false"><use href="{}"/></svg>',
            classes,
            label,
            href,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"/></svg>', classes, href
    )
