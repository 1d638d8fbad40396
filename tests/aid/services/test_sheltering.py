"""Nights under somebody's roof."""

import pytest

from tadamun.foundation.notices.models import Notice
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import (
    AlreadyTaken,
    CoordinatorsOnly,
    MatchCannotMove,
    NothingAsked,
    NotYourNeed,
)
from tadamun.pillars.aid.needs.vocabulary import LineState, MatchState
from tests.aid import make
from tests.aid.make import NOON


@pytest.fixture
def asker(community):
    return make.make_member(community, name="ليلى قاسم")


@pytest.fixture
def stay(community, coordinator, asker):
    line = make.make_line(community, by=coordinator, category="night", quantity=3, actor=asker)
    return make.accepted_match(line, make.make_shelter_offer(community), by=coordinator)


def test_begins_and_ends_with_the_word_of_both(stay, asker):
    host = stay.slot.offer.giver
    services.check_in(match_id=stay.public_id, actor=host, at=NOON)
    stay.refresh_from_db()
    assert stay.state == MatchState.ACCEPTED

    services.check_in(match_id=stay.public_id, actor=asker, at=NOON)
    services.check_in(match_id=stay.public_id, actor=asker, at=NOON)
    stay.refresh_from_db()
    assert stay.state == MatchState.HANDED_OVER

    services.check_out(match_id=stay.public_id, actor=asker, at=NOON)
    stay.refresh_from_db()
    assert stay.state == MatchState.HANDED_OVER
    services.check_out(match_id=stay.public_id, actor=host, at=NOON)

    stay.refresh_from_db()
    assert (stay.state, stay.delivered, stay.line.state) == (MatchState.CONFIRMED, 3, LineState.MET)


def test_nobody_leaves_who_has_not_come(stay, asker):
    with pytest.raises(MatchCannotMove):
        services.check_out(match_id=stay.public_id, actor=asker, at=NOON)


def test_a_parcel_is_no_stay(community, coordinator, volunteer):
    match = make.accepted_match(
        make.make_line(community, by=coordinator), make.make_offer(community, giver=volunteer), by=coordinator
    )

    with pytest.raises(MatchCannotMove):
        services.check_in(match_id=match.public_id, actor=volunteer, at=NOON)


def test_a_house_goes_whole_to_one_household(community, coordinator, stay):
    another = make.make_line(community, by=coordinator, category="night", quantity=1)

    with pytest.raises(AlreadyTaken):
        make.invited_match(another, stay.slot.offer, by=coordinator)


class TestConcern:
    def test_reaches_the_coordinators_alone_each_time(self, stay, asker, coordinator):
        for words in ("الباب لا يُقفل", "ما زال لا يُقفل"):
            services.raise_concern(match_id=stay.public_id, body=words, actor=asker, at=NOON)

        told = Notice.objects.filter(kind="needs.concern")
        (card,) = queries.matches_of(line_id=stay.line.public_id, viewer=coordinator)
        assert [notice.recipient for notice in told] == [coordinator, coordinator]
        assert [concern.body for concern in card.concerns] == ["الباب لا يُقفل", "ما زال لا يُقفل"]
        assert card.concerns[0].side == "asker"

    def test_is_for_the_two_sides_and_handled_by_a_coordinator(self, community, stay, asker, coordinator):
        other = make.make_member(community, "volunteer")
        with pytest.raises(NotYourNeed):
            services.raise_concern(match_id=stay.public_id, body="x", actor=other, at=NOON)
        with pytest.raises(NothingAsked):
            services.raise_concern(match_id=stay.public_id, body=" \x00 ", actor=asker, at=NOON)

        concern = services.raise_concern(
            match_id=stay.public_id, body="ضجيج", actor=stay.slot.offer.giver, at=NOON
        )
        with pytest.raises(CoordinatorsOnly):
            services.handle_concern(concern_id=concern.pk, actor=asker, at=NOON)
        assert services.handle_concern(concern_id=concern.pk, actor=coordinator, at=NOON).handled_at == NOON
