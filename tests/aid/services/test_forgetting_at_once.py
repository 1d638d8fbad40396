"""Somebody is forgotten while others are at work on what is theirs: nobody waits for somebody who waits for them.

The locks are taken in the order of everybody: requests, offers, lines, slots, matches, and the trail last. On
PostgreSQL another order ends in an error for one of the two; SQLite lets one writer in at a time.
"""

from __future__ import annotations

import time

import pytest
from django.db import transaction

from tadamun.foundation.trail.services import record, verify_chains
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import Match, NeedLine, Offer, Request
from tadamun.pillars.aid.needs.services.changing import standing_request
from tadamun.pillars.aid.needs.services.settling import lock_offers, locked_line, locked_match
from tadamun.pillars.aid.needs.vocabulary import LineState, MatchState
from tadamun.web import my_data
from tests.aid import make
from tests.aid.make import GUEST, NOON
from tests.foundation.together import together

pytestmark = pytest.mark.django_db(transaction=True)
A_MOMENT = 0.6


@pytest.fixture
def community():
    community = make.make_community()
    make.make_area(community)
    return community


@pytest.fixture
def coordinator(community):
    return make.make_coordinator(community)


@pytest.fixture
def asker(community):
    return make.make_member(community, name="ليلى قاسم")


def write_on_trail(community):
    return record(scope=community.public_id, verb="thing_done", thing="thing", thing_id="b2c3", at=NOON)


def holding(first, then):
    """Somebody who holds one thing and a moment later needs more, as every ordinary deed does."""

    def work():
        with transaction.atomic():
            first()
            time.sleep(A_MOMENT)
            return then()

    return work


def a_little_later(call):
    def work():
        time.sleep(A_MOMENT / 3)
        return call()

    return work


def both_come_through(*works):
    outcomes = together(works)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert all(chain.whole for chain in verify_chains())


FORGET = [my_data.forget, services.forget_person]


@pytest.mark.parametrize("forget", FORGET)
def test_while_somebody_at_the_request_needs_its_lines(community, coordinator, asker, forget):
    lines = [make.make_line(community, by=coordinator, actor=asker) for _ in range(2)]

    def needs_the_line():
        locked_line(pk=lines[1].pk)
        write_on_trail(community)

    both_come_through(
        holding(
            lambda: standing_request(request_id=lines[1].request.public_id, actor=asker, with_pin=False),
            needs_the_line,
        ),
        a_little_later(lambda: forget(person=asker, at=NOON)),
    )

    assert set(NeedLine.objects.values_list("state", flat=True)) == {LineState.CLOSED}
    assert set(Request.objects.values_list("forgotten_at", flat=True)) == {NOON}


@pytest.mark.parametrize("forget", FORGET)
def test_while_two_of_their_requests_are_joined(community, coordinator, asker, forget):
    first, second = (make.make_request(community, actor=asker).request for _ in range(2))

    both_come_through(
        holding(
            lambda: standing_request(request_id=first.public_id, actor=asker, with_pin=False),
            lambda: services.merge_requests(
                keep_id=second.public_id, merge_id=first.public_id, actor=coordinator, at=NOON
            ),
        ),
        a_little_later(lambda: forget(person=asker, at=NOON)),
    )

    assert set(Request.objects.values_list("forgotten_at", flat=True)) == {NOON}
    assert [request.phone for request in Request.objects.all()] == [None, None]


def test_a_request_that_is_joined_to_theirs_meanwhile_is_forgotten_with_it(community, coordinator, asker):
    own = make.make_request(community, actor=asker).request
    other = make.make_request(community, actor=asker, notes="ليلى مرّة أخرى").request

    both_come_through(
        holding(
            lambda: services.merge_requests(
                keep_id=own.public_id, merge_id=other.public_id, actor=coordinator, at=NOON
            ),
            lambda: None,
        ),
        a_little_later(lambda: my_data.forget(person=asker, at=NOON)),
    )

    assert {request.notes for request in Request.objects.all()} == {""}


@pytest.mark.parametrize("forget", FORGET)
def test_while_their_offer_is_closed(community, coordinator, forget):
    giver = make.make_member(community, "volunteer")
    offer = make.make_offer(community, giver=giver, quantity=3)
    matches = [
        make.invited_match(make.make_line(community, by=coordinator), offer, by=coordinator) for _ in range(2)
    ]

    both_come_through(
        holding(
            lambda: lock_offers(offers=Offer.objects.filter(pk=offer.pk)),
            lambda: services.close_offer(offer_id=offer.public_id, actor=coordinator, at=NOON),
        ),
        a_little_later(lambda: forget(person=giver, at=NOON)),
    )

    ended = Match.objects.filter(pk__in=[match.pk for match in matches])
    assert set(ended.values_list("state", flat=True)) == {MatchState.CANCELLED}


@pytest.mark.parametrize("forget", FORGET)
def test_while_a_match_of_theirs_is_written_about(community, coordinator, asker, forget):
    line = make.make_line(community, by=coordinator, actor=asker)
    match = make.accepted_match(line, make.make_offer(community), by=coordinator)

    both_come_through(
        holding(lambda: locked_match(match_id=match.public_id), lambda: write_on_trail(community)),
        a_little_later(lambda: forget(person=asker, at=NOON)),
    )

    match.refresh_from_db()
    assert match.state == MatchState.CANCELLED


def test_while_another_thing_is_asked_under_the_same_number(community, asker):
    request = make.make_request(community, actor=asker).request
    details = services.LineDetails(category=make.make_category())

    both_come_through(
        lambda: services.add_line(
            request_id=request.public_id, details=details, actor=GUEST, at=NOON, with_pin=True
        ),
        lambda: my_data.forget(person=asker, at=NOON),
    )


def test_two_who_helped_each_other_are_forgotten_at_once(community, coordinator):
    people = [make.make_member(community, "volunteer") for _ in range(2)]
    for giver, asker in (people, people[::-1]):
        offer = make.make_offer(community, giver=giver)
        make.accepted_match(make.make_line(community, by=coordinator, actor=asker), offer, by=coordinator)

    both_come_through(*[lambda one=one: my_data.forget(person=one, at=NOON) for one in people])

    assert set(Request.objects.values_list("forgotten_at", flat=True)) == {NOON}


def test_a_chain_of_joined_requests_leads_to_the_last(community, coordinator, asker):
    first, second, third = (make.make_request(community, actor=asker).request for _ in range(3))
    for keep, merge in ((second, first), (third, second)):
        services.merge_requests(keep_id=keep.public_id, merge_id=merge.public_id, actor=coordinator, at=NOON)

    with transaction.atomic():
        last = standing_request(request_id=first.public_id, actor=GUEST, with_pin=True)

    assert last == third
