"""Plain values under seal: they come back as they were, and nothing of them is to be read in the database."""

from __future__ import annotations

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection

from tadamun.foundation.notices.models import Notice
from tests.aid.make import NOON

pytestmark = pytest.mark.django_db
PARAMS = {"number": 1001, "service": "بيت السكينة", "where": 'شارع "الأمل" 3'}


@pytest.fixture
def notice():
    return Notice.objects.create(kind="needs.referred", params=PARAMS, url="/c/hay/", made_at=NOON)


def test_come_back_as_they_were(notice):
    kept = Notice.objects.get(pk=notice.pk)

    assert (kept.params, kept.url) == (PARAMS, "/c/hay/")
    assert Notice.objects.create(kind="x", made_at=NOON).params == {}


def test_are_not_to_be_read(notice):
    with connection.cursor() as cursor:
        cursor.execute("SELECT params, url FROM notices_notice")
        stored = str(cursor.fetchall())

    assert not [word for word in ("service", "السكينة", "1001", "/c/hay/") if word in stored]
    with pytest.raises(FieldError):
        Notice.objects.filter(params=PARAMS).exists()


def test_go_through_a_fixture(notice):
    text = serializers.serialize("json", [notice])
    (read,) = serializers.deserialize("json", text)

    assert read.object.params == PARAMS
