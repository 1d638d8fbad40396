"""Limits count each try once, for whom it counts, and for the whole window."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import RequestFactory

from tadamun.foundation.limits import TooManyTries, client_address, hit

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def tries(number, *, at=NOON, who="somebody", window=timedelta(hours=1)):
    passed = 0
    for _ in range(number):
        try:
            hit(what="pin", who=who, most=5, window=window, at=at)
        except TooManyTries:
            continue
        passed += 1
    return passed


def test_lets_through_as_many_as_allowed(db):
    assert tries(8) == 5


def test_counts_everybody_apart(db):
    tries(8)

    assert tries(1, who="somebody else") == 1


def test_begins_anew_with_the_next_window(db):
    tries(8)

    assert tries(1, at=NOON + timedelta(minutes=59)) == 0
    assert tries(1, at=NOON + timedelta(hours=1)) == 1


def test_says_when_to_come_back(db):
    tries(5)

    with pytest.raises(TooManyTries) as refused:
        hit(what="pin", who="somebody", most=5, window=timedelta(hours=1), at=NOON + timedelta(minutes=50))

    assert refused.value.params == {"minutes": 10}


@pytest.mark.django_db(transaction=True)
def test_is_exact_when_many_try_at_once():
    together = threading.Barrier(4)
    passed = []

    def run():
        together.wait()
        passed.append(tries(5))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(passed) == 5


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (0, "1.2.3.4", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 5.6.7.8", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "<script>", "unknown"),
    ],
)
def test_believes_only_the_proxies_it_is_told_of(settings, proxies, forwarded, counted):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == counted
