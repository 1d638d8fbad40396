"""Browsers for people of every role."""

import pytest
from django.test import Client

from tests.foundation.make import make_community, make_member, make_person


@pytest.fixture(autouse=True)
def _demo_needs_no_second_factor(settings):
    """Who sees names would first be led to a second factor, which other tests look at."""
    settings.DEMO = True


@pytest.fixture
def quarter(db):
    return make_community("olive")


@pytest.fixture
def enter(quarter):
    """A browser signed in as somebody with the roles; `guest` and `stranger` belong to nothing."""

    def sign_in(*roles: str, language: str = "en"):
        browser = Client()
        browser.cookies["language"] = language
        if roles != ("guest",):
            person = make_person() if roles == ("stranger",) else make_member(quarter, *roles)
            browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            browser.person = person
        return browser

    return sign_in
