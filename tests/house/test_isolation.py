"""Tests with real transactions leave the database as its migrations made it, append-only tables included."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.db import DatabaseError

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.trail.models import TrailEntry
from tadamun.foundation.trail.services import record

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_transactional_test_finds_what_migrations_made_and_nothing_of_the_one_before(turn):
    assert Category.objects.exists()
    assert not TrailEntry.objects.exists()
    assert cache.get("left-behind") is None

    record(scope="instance", verb="began", thing="test", thing_id="isolation", at=NOON)
    cache.set("left-behind", turn)
    with pytest.raises(DatabaseError, match="append-only"):
        TrailEntry.objects.all().delete()
