"""How a state looks: a tone and an icon, always beside its word, never colour alone."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tadamun.design.icons import icon as drawn


class Look(NamedTuple):
    """Tone of the pill (`tag-…`) and its icon."""

    tone: str
    icon: str


_UNKNOWN = Look("sand", "circle-dot")

_LOOKS: dict[Look, str] = {
    Look(
        "ok", "circle-check"
    ): "ok met confirmed accepted active verified done kept approved published delivered",
    Look("info", "info-circle"): "info",
    Look("clay", "clock"): "clay soon waiting pending",
    Look("urgent", "alert-circle"): "urgent late overdue error",
    Look("pine", "heart-handshake"): "pine matched",
    Look("sand", "circle-dot"): "sand",
    Look("pine", "circle-half"): "part_matched part_delivered part_met part",
    Look("pine", "package"): "handed_over",
    Look("info", "calendar-event"): "scheduled",
    Look("info", "send"): "invited sent referred",
    Look("sand", "hourglass"): "open proposed",
    Look("clay", "list-check"): "triage under_review new requested",
    Look("sand", "player-pause"): "paused",
    Look("sand", "circle-minus"): "closed declined expired not_wanted did_not_happen retired ended",
    Look("sand", "circle-x"): "cancelled withdrawn refused",
    Look("sand", "git-merge"): "duplicate merged met_by_others",
    Look("clay", "phone-off"): "unreachable",
    Look("sand", "eye-off"): "hidden private",
    Look("info", "eye"): "public seen",
    Look("sand", "edit"): "draft",
}
_BY_KIND = {kind: look for look, kinds in _LOOKS.items() for kind in kinds.split()}


def look_of(kind: object) -> Look:
    """The look of a tone or a state; quiet sand for one that is not listed."""
    return _BY_KIND.get(str(kind), _UNKNOWN)


def known_kinds() -> tuple[str, ...]:
    """Every kind with a look of its own, for the page that shows them."""
    return tuple(_BY_KIND)


def pill(kind: Any, label: Any, icon: str = "") -> SafeString:
    """Icon, word and tone together; `icon` instead of that of the state."""
    look = look_of(kind)
    return _pill(look.tone, icon or look.icon, str(label), hasattr(label, "__html__"))


@lru_cache(maxsize=1024)
def _pill(tone: str, icon: str, label: str, is_html: bool) -> SafeString:
    """Kept, as lists say the same few words over and over."""
    words = SafeString(label) if is_html else label
    return format_html('<span class="tag tag-{}">{}<span>{}</span></span>', tone, drawn(icon), words)
