"""Whatever is done in whatever order, quantities add up, and states say the truth."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tadamun.foundation.trail.services import verify_chains
from tadamun.kernel.errors import TadamunError
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import Match, NeedLine, OfferSlot
from tadamun.pillars.aid.needs.vocabulary import (
    PROMISED,
    RESERVING,
    CloseReason,
    EndReason,
    LineState,
    MatchState,
    When,
)
from tests.aid import make
from tests.aid.make import NOON

STEPS = (
    "invite",
    "accept",
    "decline",
    "withdraw",
    "schedule",
    "hand_over",
    "confirm",
    "confirm_part",
    "cancel",
    "did_not",
    "close",
    "reopen",
    "triage",
    "change",
    "expire",
)


def held(match):
    return match.delivered if match.state == MatchState.CONFIRMED else match.quantity


def assert_all_adds_up():
    for line in NeedLine.objects.all():
        matches = list(line.matches.all())
        assert line.reserved == sum(held(match) for match in matches if match.state in RESERVING)
        assert line.promised == sum(held(match) for match in matches if match.state in PROMISED)
        assert line.delivered == sum(match.delivered for match in matches)
        assert line.delivered <= line.promised <= line.reserved <= line.quantity
        assert (line.state == LineState.MET) == (
            line.delivered == line.quantity and line.state != LineState.CLOSED
        )
        if line.state in {LineState.OPEN, LineState.PART_MATCHED}:
            assert line.promised < line.quantity
        if line.state in {LineState.MATCHED, LineState.SCHEDULED, LineState.HANDED_OVER}:
            assert line.promised == line.quantity
    for slot in OfferSlot.objects.all():
        given_away = [match for match in slot.matches.all() if match.state in RESERVING]
        assert slot.reserved == sum(held(match) for match in given_away) <= slot.quantity
        if not slot.offer.divisible:
            assert len(given_away) <= 1


def do(step, line, offer, match, by, at):
    ident = match.public_id if match else ""
    verbs = {
        "invite": lambda: services.invite(line_id=line.public_id, offer_id=offer.public_id, actor=by, at=at),
        "accept": lambda: services.accept_for(match_id=ident, actor=by, at=at),
        "decline": lambda: services.decline(match_id=ident, actor=by, at=at),
        "withdraw": lambda: services.withdraw_invitation(match_id=ident, actor=by, at=at),
        "schedule": lambda: services.schedule(
            match_id=ident, starts=at, ends=at, actor=by, at=at, night_is_agreed=True
        ),
        "hand_over": lambda: services.mark_handed_over(match_id=ident, actor=by, at=at),
        "confirm": lambda: services.confirm_receipt(match_id=ident, actor=by, at=at),
        "confirm_part": lambda: services.confirm_receipt(match_id=ident, actor=by, at=at, quantity=1),
        "cancel": lambda: services.cancel_match(match_id=ident, actor=by, at=at),
        "did_not": lambda: services.did_not_happen(
            match_id=ident, reason=EndReason.NOBODYS_FAULT, actor=by, at=at
        ),
        "close": lambda: services.end_line(
            line_id=line.public_id, reason=CloseReason.EXPIRED, actor=by, at=at
        ),
        "reopen": lambda: services.reopen_line(line_id=line.public_id, actor=by, at=at),
        "triage": lambda: make.triage(line, by=by, at=at),
        "change": lambda: services.change_line(
            line_id=line.public_id, quantity=line.quantity + 1, when=When.ANY, actor=by, at=at
        ),
        "expire": lambda: services.expire_invitations(at=at),
    }
    verbs[step]()


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    walk=st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, 9), st.integers(0, 9), st.integers(0, 99)),
        min_size=5,
        max_size=25,
    )
)
def test_quantities_always_add_up(walk):
    with transaction.atomic():
        community = make.make_community()
        make.make_area(community)
        by = make.make_coordinator(community)
        lines = [make.make_line(community, by=by, quantity=quantity) for quantity in (1, 3)]
        offers = [
            make.make_offer(community, giver=by, quantity=2),
            make.make_offer(community, giver=by, quantity=3, divisible=False),
            make.make_offer(community, giver=by, quantity=1),
        ]
        done = 0
        for number, (step, which_line, which_offer, which_match) in enumerate(walk):
            line = NeedLine.objects.get(pk=lines[which_line % 2].pk)
            matches = list(Match.objects.order_by("pk"))
            match = matches[which_match % len(matches)] if matches else None
            try:
                do(step, line, offers[which_offer % 3], match, by, NOON + timedelta(hours=number * 3))
                done += 1
            except TadamunError:
                pass
            assert_all_adds_up()
        (report,) = verify_chains(scope=community.public_id)
        assert report.whole
        assert report.entries >= done
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "broken",
    [
        {"delivered": 1},
        {"promised": 2, "reserved": 1},
        {"reserved": 3},
        {"state": "met"},
        {"state": "closed"},
        {"state": "somewhere"},
        {"tier": None, "tier_reason": ""},
        {"tier": 7},
        {"quantity": 0},
        {"quantity": 10_001},
    ],
)
def test_the_database_refuses_a_line_that_does_not_add_up(community, coordinator, broken):
    line = make.make_line(community, by=coordinator, quantity=2)

    with pytest.raises(IntegrityError), transaction.atomic():
        NeedLine.objects.filter(pk=line.pk).update(**broken)


@pytest.mark.parametrize(
    "broken",
    [
        {"delivered": 1},
        {"state": "confirmed"},
        {"state": "scheduled"},
        {"state": "declined"},
        {"state": "anything"},
        {"quantity": 0},
        {"end_reason": "their_fault"},
        {"ended_at": NOON},
    ],
)
def test_the_database_refuses_a_match_that_contradicts_itself(community, coordinator, broken):
    match = make.accepted_match(
        make.make_line(community, by=coordinator), make.make_offer(community), by=coordinator
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(**broken)


def test_the_database_refuses_an_overdrawn_slot(community):
    slot = make.make_offer(community, quantity=2).slots.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        OfferSlot.objects.filter(pk=slot.pk).update(reserved=3)
