"""An invitation is open no longer than the need allows, and the most severe of several is seen first."""

from datetime import UTC, datetime, timedelta

import pytest

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.models import NeedLine
from tadamun.pillars.aid.needs.vocabulary import Tier, When
from tests.aid import make
from tests.aid.make import NOON

HOUR = timedelta(hours=1)
END_OF_DAY = datetime(2026, 3, 1, 20, 59, tzinfo=UTC)


@pytest.fixture
def three_days(community):
    """The community lets an invitation stand for three days."""
    steward = make.make_member(community, "steward")
    services.change_policy(community=community, actor=steward, at=NOON, invitation_hours=72)


@pytest.mark.usefixtures("three_days")
class TestHowLong:
    @pytest.mark.parametrize(
        ("when", "tier", "at", "ends"),
        [
            (When.ANY, Tier.NORMAL, NOON, NOON + 72 * HOUR),
            (When.ANY, Tier.CRITICAL, NOON, NOON + 24 * HOUR),
            (When.TODAY, Tier.NORMAL, NOON, NOON + 4 * HOUR),
            (When.TODAY, Tier.CRITICAL, NOON + 10 * HOUR, END_OF_DAY),
            (When.TODAY, Tier.NORMAL, END_OF_DAY - HOUR / 4, END_OF_DAY + HOUR * 3 / 4),
            (When.TODAY, Tier.NORMAL, END_OF_DAY + HOUR, END_OF_DAY + 25 * HOUR),
            (When.WEEK, Tier.NORMAL, NOON + 5 * 24 * HOUR, END_OF_DAY + 7 * 24 * HOUR),
        ],
    )
    def test_no_longer_than_the_need_allows(self, community, coordinator, when, tier, at, ends):
        line = make.make_line(community, by=coordinator, when=when, tier=tier)
        match = make.invited_match(line, make.make_offer(community), by=coordinator, at=at)

        assert match.expires_at == ends

    def test_never_longer_than_what_is_offered(self, community, coordinator):
        line = make.make_line(community, by=coordinator, when=When.TODAY)
        offer = make.make_offer(community, until_at=NOON + HOUR / 2)
        match = make.invited_match(line, offer, by=coordinator)

        assert match.expires_at == NOON + HOUR / 2


class TestWhichFirst:
    def test_the_most_severe_then_the_soonest_needed(self, community, coordinator):
        giver = make.make_member(community, "volunteer")
        given = {
            "old": (When.ANY, Tier.NORMAL, -5),
            "soon": (When.TODAY, Tier.NORMAL, -1),
            "severe": (When.ANY, Tier.CRITICAL, 0),
        }
        found = {}
        for name, (when, tier, hours) in given.items():
            at = NOON + hours * HOUR
            line = make.make_line(community, by=coordinator, when=when, tier=tier, at=at)
            offer = make.make_offer(community, giver=giver, at=at)
            found[name] = make.invited_match(line, offer, by=coordinator, at=at)

        seen = []
        for further in (2, 1, 0):
            card = queries.next_invitation(community=community, viewer=giver, at=NOON + HOUR)
            assert card.further == further
            seen.append(card.match_id)
            services.decline(match_id=card.match_id, actor=giver, at=NOON + HOUR)

        assert seen == [found[name].public_id for name in ("severe", "soon", "old")]
        assert NeedLine.objects.filter(reserved__gt=0).count() == 0
