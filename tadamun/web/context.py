"""What the shell around every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import get_language

from tadamun.foundation.notices import queries as notices
from tadamun.web.navigation import Navigation, fixed_address, navigation_for
from tadamun.web.second_factor import takes_passkeys

LANGUAGE_NAMES = {"ar": "العربية", "en": "English", "fr": "Français"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """The `shell` that base templates take: community, person, navigation, languages, addresses.

    Where the database does not answer, the page is that of a guest: an error page still has its frame.
    """
    community = getattr(request, "community", None)
    try:
        person = request.user if getattr(request, "user", None) and request.user.is_authenticated else None
        unread = notices.unread_count(person=person) if person else 0
        navigation = navigation_for(request=request, community=community, person=person, unread=unread)
    except DatabaseError:
        person, navigation, unread = None, Navigation(), 0
    home = fixed_address("web:community_home", community.slug) if community else fixed_address("web:home")
    return {
        "shell": {
            "community": community,
            "person": person,
            "nav": navigation.links,
            "join_url": navigation.join_url,
            "role_label": navigation.role_label,
            "home_url": home,
            "help_url": fixed_address("web:help"),
            "privacy_url": fixed_address("web:privacy"),
            "accessibility_url": fixed_address("web:accessibility"),
            "sign_in_url": fixed_address("account_login"),
            "search_url": fixed_address("web:search", community.slug)
            if community and navigation.links
            else "",
            "account_url": fixed_address("people:me"),
            "inbox_url": fixed_address("notices:inbox"),
            "quick_exit_url": settings.QUICK_EXIT_URL,
            "languages": [(code, name, code == get_language()) for code, name in LANGUAGE_NAMES.items()],
            "demo": settings.DEMO,
            "takes_passkeys": takes_passkeys(),
            "unread": unread,
        }
    }
