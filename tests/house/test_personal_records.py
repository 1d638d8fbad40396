"""Whoever keeps something of a person can show it to them, forget it, and keeps it out of the admin pages."""

import importlib
import inspect

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import models

from tadamun.foundation.sealed import SealedTextField
from tests.house.plan import app_of
from tests.house.test_keys import our_models


def points_at_a_person(model: type[models.Model]) -> bool:
    person = get_user_model()
    return model is person or any(
        field.concrete and field.related_model is person for field in model._meta.get_fields()
    )


APPS_WITH_PEOPLE = sorted(
    {app_of(model.__module__) or "" for model in our_models() if points_at_a_person(model)}
)


@pytest.mark.parametrize("app", APPS_WITH_PEOPLE)
def test_an_app_that_keeps_people_shows_them_their_records(app):
    queries = importlib.import_module(f"{app}.queries")

    assert "person" in inspect.signature(queries.my_records).parameters


@pytest.mark.parametrize("app", APPS_WITH_PEOPLE)
def test_an_app_that_keeps_people_can_forget_them(app):
    services = importlib.import_module(f"{app}.services")

    assert {"person", "at"} <= set(inspect.signature(services.forget_person).parameters)


def test_the_admin_pages_hold_no_personal_record():
    personal = [
        model._meta.label
        for model in admin.site._registry
        if points_at_a_person(model)
        or any(isinstance(field, SealedTextField) for field in model._meta.get_fields())
    ]

    assert personal == []
