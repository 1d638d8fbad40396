"""Deeds about several lines, and deeds that wait: nobody waits for somebody who waits for them.

On PostgreSQL a ring of locks ends in an error for one of the two; SQLite lets one writer in at a time and only has to
come to the same end.
"""

import time

import pytest
from django.db import transaction

from tadamun.foundation.trail.services import record, verify_chains
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.errors import AlreadyTaken, OfferDoesNotFit, OfferUsedUp
from tadamun.pillars.aid.needs.models import Match, NeedLine, Offer, Round
from tadamun.pillars.aid.needs.services.settling import lock_offers, locked_line, locked_slot
from tadamun.pillars.aid.needs.vocabulary import LineState, MatchState
from tadamun.web import my_data
from tests.aid import make
from tests.aid.make import NOON
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


def holding(line, then):
    """Somebody who holds a line and a moment later needs more."""

    def work():
        with transaction.atomic():
            locked_line(pk=line.pk)
            time.sleep(A_MOMENT)
            return then()

    return work


def a_little_later(call):
    def work():
        time.sleep(A_MOMENT / 3)
        return call()

    return work


def write_on_trail(community):
    return record(scope=community.public_id, verb="thing_done", thing="thing", thing_id="b2c3", at=NOON)


def two_promises(community, coordinator, *, accepted):
    offer = make.make_offer(community, quantity=5, is_organisation=True)
    make_match = make.accepted_match if accepted else make.invited_match
    matches = [make_match(make.make_line(community, by=coordinator), offer, by=coordinator) for _ in range(2)]
    return offer, matches


def test_a_round_is_stored_while_somebody_invites(community, coordinator):
    line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
    first = services.ask_for_round(community=community, actor=coordinator, at=NOON)
    services.reckon_round(round_id=first.public_id, at=NOON)
    second = services.ask_for_round(community=community, actor=coordinator, at=NOON)

    invited, stored = together(
        [
            holding(
                line,
                lambda: services.invite(
                    line_id=line.public_id, offer_id=offer.public_id, actor=coordinator, at=NOON
                ),
            ),
            a_little_later(lambda: services.reckon_round(round_id=second.public_id, at=NOON)),
        ]
    )

    # Whichever came first: on SQLite the two never meet, and the next choice may be asked already.
    assert isinstance(invited, Match | AlreadyTaken), invited
    assert isinstance(stored, Round), stored
    assert Match.objects.get().state == MatchState.INVITED


def test_an_offer_is_closed_while_its_second_match_is_answered(community, coordinator):
    offer, (_, second) = two_promises(community, coordinator, accepted=False)

    outcomes = together(
        [
            holding(second.line, lambda: locked_slot(pk=second.slot_id)),
            a_little_later(
                lambda: services.close_offer(offer_id=offer.public_id, actor=offer.giver, at=NOON)
            ),
        ]
    )

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert set(Match.objects.values_list("state", flat=True)) == {MatchState.CANCELLED}


def test_a_distribution_day_is_opened_while_one_of_its_lines_is_written_about(community, coordinator):
    offer, (_, second) = two_promises(community, coordinator, accepted=True)

    outcomes = together(
        [
            holding(second.line, lambda: write_on_trail(community)),
            a_little_later(
                lambda: services.open_distribution(
                    offer_id=offer.public_id,
                    title="سلال",
                    where="المركز",
                    opens_at=NOON,
                    closes_at=NOON.replace(hour=15),
                    actor=coordinator,
                    at=NOON,
                )
            ),
        ]
    )

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert all(chain.whole for chain in verify_chains())


def test_somebody_is_forgotten_while_one_of_their_lines_is_written_about(community, coordinator):
    asker = make.make_member(community)
    lines = [make.make_line(community, by=coordinator, actor=asker) for _ in range(2)]

    outcomes = together(
        [
            holding(lines[1], lambda: write_on_trail(community)),
            a_little_later(lambda: my_data.forget(person=asker, at=NOON)),
        ]
    )

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert set(NeedLine.objects.values_list("state", flat=True)) == {LineState.CLOSED}
    assert all(chain.whole for chain in verify_chains())


def test_an_invitation_that_waited_sees_the_category_the_line_was_given_meanwhile(community, coordinator):
    line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
    other = make.make_category("blankets")

    def give_another():
        NeedLine.objects.filter(pk=line.pk).update(category=other)

    _, outcome = together(
        [
            holding(line, give_another),
            a_little_later(
                lambda: services.invite(
                    line_id=line.public_id, offer_id=offer.public_id, actor=coordinator, at=NOON
                )
            ),
        ]
    )

    assert isinstance(outcome, OfferDoesNotFit), outcome


def test_an_invitation_that_waited_sees_that_the_offer_was_closed_meanwhile(community, coordinator):
    line, offer = make.make_line(community, by=coordinator), make.make_offer(community)

    def close():
        with transaction.atomic():
            services.close_offer(offer_id=offer.public_id, actor=offer.giver, at=NOON)
            time.sleep(A_MOMENT)

    _, outcome = together(
        [
            close,
            a_little_later(
                lambda: services.invite(
                    line_id=line.public_id, offer_id=offer.public_id, actor=coordinator, at=NOON
                )
            ),
        ]
    )

    assert isinstance(outcome, OfferUsedUp), outcome


def test_an_invitation_that_runs_out_while_the_next_choice_is_invited(community, coordinator):
    line = make.make_line(community, by=coordinator, quantity=2)
    first, second = (make.make_offer(community, quantity=2) for _ in range(2))
    late = make.invited_match(line, first, by=coordinator)
    at = late.expires_at

    def invite():
        with transaction.atomic():
            lock_offers(offers=Offer.objects.filter(pk=second.pk))
            time.sleep(A_MOMENT)
            return services.invite(
                line_id=line.public_id, offer_id=second.public_id, actor=coordinator, at=at
            )

    invited, expired = together([invite, a_little_later(lambda: services.expire_invitations(at=at))])

    # Whichever came first: on SQLite the two never meet, and the next choice may be asked already.
    assert isinstance(invited, Match | AlreadyTaken), invited
    assert expired == 1
    late.refresh_from_db()
    assert late.state == MatchState.EXPIRED
