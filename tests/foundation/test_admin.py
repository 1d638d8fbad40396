"""The admin pages show configuration and the catalogue, never personal records."""

import pytest
from django.contrib import admin
from django.test import Client

from tests.foundation.make import make_community, make_person

SHOWN = {
    "auth.Group",
    "catalogue.Category",
    "communities.Community",
    "django_tasks_database.DBTaskResult",
    "places.Area",
}


def test_registers_nothing_that_is_about_a_person():
    assert {model._meta.label for model in admin.site._registry} <= SHOWN


@pytest.fixture
def browser(db, settings):
    settings.DEMO = True
    browser = Client()
    keeper = make_person(is_staff=True, is_superuser=True)
    browser.force_login(keeper, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


@pytest.mark.parametrize("page", ["communities/community", "catalogue/category", "places/area"])
def test_lists_configuration(browser, page):
    make_community("olive")

    assert browser.get(f"/admin/{page}/").status_code == 200


def test_neither_adds_nor_deletes_a_community(browser):
    community = make_community("olive")

    assert browser.get("/admin/communities/community/add/").status_code == 403
    assert browser.get(f"/admin/communities/community/{community.pk}/delete/").status_code == 403


@pytest.mark.parametrize("page", ["communities/community", "catalogue/category", "places/area"])
def test_is_closed_to_everybody_else(db, page):
    visitor = Client()
    visitor.force_login(make_person(), backend="allauth.account.auth_backends.AuthenticationBackend")

    assert visitor.get(f"/admin/{page}/").status_code in {302, 403}
