"""Two people at the same moment: exactly one wins, and the other is told so. Real transactions, real threads."""

import threading
import time

import pytest
from django.db import connections, transaction

from tadamun.foundation.search.models import Entry
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.errors import (
    AlreadyTaken,
    CheckedOffAlready,
    MatchCannotMove,
    OfferUsedUp,
    RoundUnderWay,
)
from tadamun.pillars.aid.needs.models import Match, NeedLine, OfferSlot, Round
from tadamun.pillars.aid.needs.services.finding import put_request
from tadamun.pillars.aid.needs.vocabulary import LineState, Tier, TierReason
from tests.aid import make
from tests.aid.make import NOON

pytestmark = pytest.mark.django_db(transaction=True)
A_MOMENT = 0.6


def at_once(*calls):
    """Run the calls in threads that start together; what each returned or raised."""
    barrier, outcomes = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        try:
            barrier.wait(timeout=20)
            outcomes[place] = call()
        except Exception as error:  # noqa: BLE001  # the test looks at whatever came
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


@pytest.fixture
def community():
    community = make.make_community()
    make.make_area(community)
    return community


@pytest.fixture
def pair(community):
    return make.make_coordinator(community, name="هند العلي"), make.make_coordinator(
        community, name="رامي سعد"
    )


def won_and_lost(outcomes, kind):
    won = [outcome for outcome in outcomes if isinstance(outcome, kind)]
    return won, [outcome for outcome in outcomes if not isinstance(outcome, kind)]


@pytest.mark.parametrize("divisible", [True, False])
def test_the_last_offer_goes_to_one_of_two_lines(community, pair, divisible):
    lines = [make.make_line(community, by=pair[0]) for _ in range(2)]
    offer = make.make_offer(community, quantity=1, divisible=divisible)

    outcomes = at_once(
        *(
            lambda line=line, by=by: services.invite(
                line_id=line.public_id, offer_id=offer.public_id, actor=by, at=NOON
            )
            for line, by in zip(lines, pair, strict=True)
        )
    )

    won, lost = won_and_lost(outcomes, Match)
    assert len(won) == 1
    assert [type(error) for error in lost] == [AlreadyTaken]
    assert OfferSlot.objects.get(offer=offer).reserved == 1


def test_one_line_is_matched_once_by_two_coordinators(community, pair):
    line = make.make_line(community, by=pair[0])
    offers = [make.make_offer(community), make.make_offer(community)]

    outcomes = at_once(
        *(
            lambda offer=offer, by=by: services.invite(
                line_id=line.public_id, offer_id=offer.public_id, actor=by, at=NOON
            )
            for offer, by in zip(offers, pair, strict=True)
        )
    )

    won, lost = won_and_lost(outcomes, Match)
    assert (len(won), [type(error) for error in lost]) == (1, [AlreadyTaken])
    line.refresh_from_db()
    assert line.reserved == 1


def test_a_first_slot_of_the_week_is_opened_once(community, pair):
    lines = [make.make_line(community, by=pair[0]) for _ in range(2)]
    offer = make.make_offer(community, quantity=5, rhythm="weekly")
    OfferSlot.objects.all().delete()

    outcomes = at_once(
        *(
            lambda line=line: services.invite(
                line_id=line.public_id, offer_id=offer.public_id, actor=pair[0], at=NOON
            )
            for line in lines
        )
    )

    assert [type(outcome) for outcome in outcomes] == [Match, Match]
    assert OfferSlot.objects.get().reserved == 2


def test_two_lines_of_one_request_are_named_at_once(community, pair):
    request = make.make_request(community, categories=("food-parcel", "food-parcel")).request
    lines, codes = list(request.lines.order_by("pk")), ("medicine", "blankets")
    categories = [make.make_category(code) for code in codes]

    outcomes = at_once(
        *(
            lambda line=line, category=category, by=by: services.triage_line(
                line_id=line.public_id,
                tier=Tier.NORMAL,
                reason=TierReason.ORDINARY,
                category=category,
                actor=by,
                at=NOON,
            )
            for line, category, by in zip(lines, categories, pair, strict=True)
        )
    )

    assert [type(outcome) for outcome in outcomes] == [NeedLine, NeedLine]
    found, request = Entry.objects.get(about=request.public_id).tokens, make.fresh_request(request)
    put_request(request=request)
    assert Entry.objects.get(about=request.public_id).tokens == found


def test_one_thing_is_indexed_by_several_at_once(community, pair):
    request = make.make_request(community).request

    outcomes = at_once(*(lambda: put_request(request=make.fresh_request(request)) for _ in range(3)))

    assert outcomes == [None, None, None]
    assert Entry.objects.filter(about=request.public_id).count() == 1


@pytest.mark.parametrize("end", ["close", "pause"])
def test_an_offer_that_ends_during_an_invitation_promises_nothing(community, pair, end):
    giver = make.make_member(community, "volunteer")
    offer, line = make.make_offer(community, giver=giver, quantity=3), make.make_line(community, by=pair[0])

    def stop():
        if end == "close":
            return services.close_offer(offer_id=offer.public_id, actor=giver, at=NOON)
        return services.pause_offer(offer_id=offer.public_id, until=NOON.date(), actor=giver, at=NOON)

    invited = at_once(
        lambda: services.invite(line_id=line.public_id, offer_id=offer.public_id, actor=pair[0], at=NOON),
        stop,
    )[0]

    matches = set(Match.objects.values_list("state", flat=True))
    assert isinstance(invited, Match | OfferUsedUp)
    if end == "close":
        assert matches <= {"cancelled"}


def test_an_offer_is_closed_only_after_the_invitation_that_stands_in_hand(community, pair):
    giver, begun = make.make_member(community, "volunteer"), threading.Event()
    offer, line = make.make_offer(community, giver=giver, quantity=3), make.make_line(community, by=pair[0])

    def invite():
        with transaction.atomic():
            services.invite(line_id=line.public_id, offer_id=offer.public_id, actor=pair[0], at=NOON)
            begun.set()
            time.sleep(A_MOMENT)

    def close():
        begun.wait(timeout=20)
        services.close_offer(offer_id=offer.public_id, actor=giver, at=NOON)

    assert at_once(invite, close) == [None, None]
    assert Match.objects.get().state == "cancelled"
    assert OfferSlot.objects.get(offer=offer).reserved == 0


def test_an_answer_is_given_once(community, pair):
    offer = make.make_offer(community)
    match = make.invited_match(make.make_line(community, by=pair[0]), offer, by=pair[0])

    outcomes = at_once(
        lambda: services.accept(match_id=match.public_id, actor=offer.giver, at=NOON),
        lambda: services.decline(match_id=match.public_id, actor=offer.giver, at=NOON),
    )

    won, lost = won_and_lost(outcomes, Match)
    assert (len(won), [type(error) for error in lost]) == (1, [MatchCannotMove])


def test_a_number_is_checked_off_once(community, pair):
    offer = make.make_offer(community, quantity=2, is_organisation=True)
    make.accepted_match(make.make_line(community, by=pair[0]), offer, by=pair[0])
    day = services.open_distribution(
        offer_id=offer.public_id,
        title="سلال",
        where="المركز",
        opens_at=NOON,
        closes_at=NOON.replace(hour=15),
        actor=pair[0],
        at=NOON,
    )

    outcomes = at_once(
        *(
            lambda by=by: services.check_off(
                distribution_id=day.public_id, number=1, code="", actor=by, at=NOON
            )
            for by in pair
        )
    )

    assert sorted(isinstance(outcome, CheckedOffAlready) for outcome in outcomes) == [False, True]


def test_one_round_at_a_time(community, pair):
    outcomes = at_once(
        *(lambda by=by: services.ask_for_round(community=community, actor=by, at=NOON) for by in pair)
    )

    won, lost = won_and_lost(outcomes, Round)
    assert (len(won), [type(error) for error in lost]) == (1, [RoundUnderWay])


def test_two_calls_asked_for_at_once_by_one_phone_wait_once(community, pair):
    def ask():
        return services.ask_for_call(
            community=community, actor=make.GUEST, phone="+962791234567", consent_version="1", at=NOON
        )

    asked = at_once(ask, ask, ask)

    assert len({one.pin for one in asked}) == 3
    assert [one.request.repeats_id is None for one in asked].count(True) == 1
    assert NeedLine.objects.filter(state=LineState.TRIAGE).count() == 1
