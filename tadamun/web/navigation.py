"""Which links the header and the tabs show to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tadamun.foundation.communities.policies import roles_of
from tadamun.foundation.communities.queries import role_label
from tadamun.foundation.communities.vocabulary import Role

TABS_MOST = 5
_LABELLED = (Role.STEWARD, Role.COORDINATOR, Role.FACILITATOR, Role.AUDITOR)


@dataclass(frozen=True)
class Link:
    """One entry of the navigation; `in_tabs` for the bar at the bottom of a small screen, `count` of what is new."""

    label: Any
    url: str
    icon: str
    current: bool = False
    in_tabs: bool = True
    count: int = 0
    short: Any = ""
    """What the bar at the bottom says instead, where the label is too long for a fifth of a small screen."""


@dataclass(frozen=True)
class Navigation:
    """What the shell leads to."""

    links: list[Link] = field(default_factory=list)
    join_url: str = ""
    role_label: Any = ""


@dataclass(frozen=True)
class _Entry:
    """A link before it is known where it leads: its name among the addresses, and the app it needs."""

    name: str
    label: Any
    icon: str
    app: str = ""
    in_tabs: bool = True
    short: Any = ""


_HOME = _Entry("web:community_home", pgettext_lazy("navigation", "Home"), "home-2")
_REQUESTS = _Entry("needs:my_requests", _("My requests"), "basket", "needs")
_OFFERS = _Entry("needs:my_offers", _("My offers"), "hand-heart", "needs")
_TASKS = _Entry("needs:tasks", _("My tasks"), "checklist", "needs")
_NOTICES = _Entry("notices:inbox", _("Notices"), "bell")
_BOARD = _Entry("needs:board", _("Board"), "clipboard-list", "needs", short=pgettext_lazy("tab", "Board"))
_ROUNDS = _Entry("needs:rounds", _("Rounds"), "arrows-exchange", "needs")
_OPEN_OFFERS = _Entry("needs:offers", _("Offers"), "gift", "needs", in_tabs=False)
_DIRECTORY = _Entry("directory:services", _("Directory"), "building-community", "directory", in_tabs=False)
_LIBRARY = _Entry("library:items", pgettext_lazy("sharing", "Library"), "tools", "library", in_tabs=False)
_COUNTER = _Entry("library:counter", pgettext_lazy("library", "Counter"), "qrcode", "library", in_tabs=False)
_CIRCLES = _Entry("circles:circles", _("Support circles"), "home-heart", "circles", in_tabs=False)
_PROBLEMS = _Entry("problems:problems", _("Problems"), "hand-stop", "problems", in_tabs=False)
_PEOPLE = _Entry("communities:people", _("People"), "users")
_MESSAGES = _Entry("communities:texts", _("Messages"), "messages")
_SETTINGS = _Entry("communities:settings", _("Settings"), "settings")


def navigation_for(*, request: HttpRequest, community: Any, person: Any, unread: int = 0) -> Navigation:
    """The links of this viewer in this community; a guest has none, as the doors of the home page are enough."""
    if community is None:
        return Navigation()
    roles = roles_of(person=person, community=community) if person else frozenset()
    if not roles:
        join = address_of("communities:join", community=community) if community.open_to_join else ""
        return Navigation(join_url=join)
    entries = _entries(roles)
    links = list(_links(entries, community=community, path=request.path, unread=unread))
    return Navigation(links=links, role_label=_label(roles))


def address_of(name: str, *, community: Any, **given: Any) -> str:
    """The address of a page of the community; empty where the instance has no such page."""
    if given:
        return _looked_up(name, community.slug, given)
    return _address(settings.ROOT_URLCONF, get_script_prefix(), name, community.slug)


def fixed_address(name: str, *args: str) -> str:
    """The address of a page, kept like those of communities: every page of the site leads to a dozen of them."""
    return _fixed_address(settings.ROOT_URLCONF, get_script_prefix(), name, args)


@lru_cache(maxsize=2048)
def _address(_urls: str, _prefix: str, name: str, slug: str) -> str:
    return _looked_up(name, slug, {})


def _looked_up(name: str, slug: str, given: dict[str, Any]) -> str:
    for kwargs in ({"community": slug, **given}, given):
        try:
            return reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return ""


@lru_cache(maxsize=2048)
def _fixed_address(_urls: str, _prefix: str, name: str, args: tuple[str, ...]) -> str:
    return reverse(name, args=args)


def _entries(roles: frozenset[str]) -> list[_Entry]:
    """Coordinators' and stewards' work, else one's own; what is left out stands on the home page, behind the mark."""
    if Role.COORDINATOR in roles:
        working = [_BOARD, _ROUNDS, _OPEN_OFFERS, _DIRECTORY, _COUNTER, _PEOPLE, _MESSAGES]
        return [*working, _NOTICES, *([_SETTINGS] if Role.STEWARD in roles else [])]
    if Role.STEWARD in roles:
        return [_HOME, _PEOPLE, _SETTINGS, _ROUNDS, _NOTICES, _REQUESTS, _TASKS]
    own = [_HOME, _REQUESTS, _OFFERS, _TASKS, _NOTICES, _LIBRARY, _CIRCLES, _PROBLEMS]
    return [*own, _ROUNDS] if Role.AUDITOR in roles else own


def _links(entries: list[_Entry], *, community: Any, path: str, unread: int) -> Iterator[Link]:
    tabs = 0
    for entry in entries:
        url = address_of(entry.name, community=community)
        if not url or (entry.app and not community.has_on(entry.app)):
            continue
        in_tabs = entry.in_tabs and tabs < TABS_MOST
        tabs += in_tabs
        current = path == url or (entry is not _HOME and path.startswith(url))
        count = unread if entry is _NOTICES else 0
        yield Link(
            entry.label, url, entry.icon, current=current, in_tabs=in_tabs, count=count, short=entry.short
        )


def _label(roles: frozenset[str]) -> Any:
    return next((role_label(role).label for role in _LABELLED if role in roles), "")
