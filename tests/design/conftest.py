"""Arabic pages of a Jordanian community, unless a test says otherwise."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.utils import timezone, translation

from tadamun.design.region import regional

SHELL: dict[str, Any] = {
    "community": {
        "name": "حيّ الزيتون",
        "slug": "zaytun",
        "region": "JO",
        "helpline": {"name": "هند", "phone_e164": "+96265550000", "hours_text": "من ٩ صباحًا إلى ٩ مساءً"},
    },
    "person": None,
    "nav": [],
    "quick_exit_url": "https://example.org/weather",
    "languages": [("ar", "العربية", True), ("en", "English", False), ("fr", "Français", False)],
    "home_url": "/",
    "help_url": "/help/",
    "sign_in_url": "/accounts/login/",
    "account_url": "/me/",
    "privacy_url": "/privacy/",
    "accessibility_url": "/accessibility/",
    "join_url": "/join/",
    "demo": True,
    "unread": 0,
}


@pytest.fixture(autouse=True)
def _arabic_in_jordan() -> Iterator[None]:
    addresses = override_settings(ROOT_URLCONF="tests.design.addresses")
    with addresses, translation.override("ar"), regional("JO"), timezone.override("Asia/Amman"):
        yield


@pytest.fixture
def shell() -> dict[str, Any]:
    """A guest's shell."""
    return dict(SHELL)


@pytest.fixture
def member_shell(shell: dict[str, Any]) -> dict[str, Any]:
    """The shell of a member with five tabs and one more page."""
    labels = ("الرئيسية", "طلباتي", "مهامّي", "الفرز", "الرسائل", "الجولات")
    nav = [
        {
            "label": label,
            "url": f"/{number}/",
            "icon": "basket",
            "current": number == 0,
            "in_tabs": number < 5,
            "count": 3 if number == 4 else 0,
        }
        for number, label in enumerate(labels)
    ]
    return {**shell, "person": SimpleNamespace(display_name="هند"), "nav": nav, "unread": 3}


@pytest.fixture
def written() -> Callable[..., str]:
    """Render a snippet with the tags loaded."""

    def render(snippet: str, **context: Any) -> str:
        return Template("{% load i18n tadamun %}" + snippet).render(Context(context))

    return render
