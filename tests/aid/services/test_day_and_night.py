"""The agreed day, the hours of the day, and how often a household is told of a time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tadamun.foundation.notices.models import Delivery, Notice
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.models import TrailEntry
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import (
    AtNight,
    BeforeTheDay,
    CodeLocked,
    MatchCannotMove,
    NotYourTask,
    WrongCode,
)
from tadamun.pillars.aid.needs.models import Request
from tadamun.pillars.aid.needs.vocabulary import Confirmation, ContactWay, MatchState
from tests.aid import make
from tests.aid.make import NOON

AMMAN = ZoneInfo("Asia/Amman")
DAY = timedelta(days=1)


@pytest.fixture
def member(community):
    return make.make_member(community, name="ليلى القاسم")


@pytest.fixture
def promised(community, coordinator, volunteer, member):
    line = make.make_line(community, by=coordinator, actor=member)
    return make.accepted_match(line, make.make_offer(community, giver=volunteer), by=coordinator)


def settle(match, *, starts, by, hours=2, at=NOON, **given):
    return services.schedule(
        match_id=match.public_id,
        starts=starts,
        ends=starts + timedelta(hours=hours),
        actor=by,
        at=at,
        **given,
    )


@pytest.fixture
def later(promised, volunteer):
    """Agreed for the day after tomorrow."""
    return settle(promised, starts=NOON + 2 * DAY, by=volunteer)


class TestBeforeTheDay:
    def test_no_giver_hands_over_without_a_word(self, later, volunteer):
        with pytest.raises(BeforeTheDay):
            services.mark_handed_over(match_id=later.public_id, actor=volunteer, at=NOON)
        with pytest.raises(BeforeTheDay):
            services.confirm_by_code(match_id=later.public_id, code=later.code, actor=volunteer, at=NOON)

        later.refresh_from_db()
        assert (later.state, later.code_tries) == (MatchState.SCHEDULED, 0)

    def test_the_day_itself_is_enough_whatever_the_hour(self, later, volunteer):
        morning = datetime(2026, 3, 3, 0, 5, tzinfo=AMMAN)

        done = services.mark_handed_over(match_id=later.public_id, actor=volunteer, at=morning)

        assert done.state == MatchState.HANDED_OVER

    def test_before_any_time_is_settled_nothing_is_early(self, promised, volunteer):
        done = services.mark_handed_over(match_id=promised.public_id, actor=volunteer, at=NOON)

        assert done.state == MatchState.HANDED_OVER

    def test_the_households_own_word_counts_on_any_day(self, later, member, coordinator):
        done = services.confirm_receipt(match_id=later.public_id, actor=member, at=NOON)

        assert done.confirmed_how == Confirmation.ASKER

    def test_so_does_a_coordinators_call_back(self, later, coordinator):
        done = services.confirm_receipt(match_id=later.public_id, actor=coordinator, at=NOON)

        assert done.confirmed_how == Confirmation.CALL_BACK


class TestMovingToNow:
    @pytest.mark.parametrize("who", ["volunteer", "coordinator"])
    def test_tells_the_household_and_opens_the_door(self, request, later, member, volunteer, who):
        actor = request.getfixturevalue(who)

        moved = services.move_to_now(match_id=later.public_id, actor=actor, at=NOON)

        assert (moved.state, moved.window_from) == (MatchState.SCHEDULED, NOON)
        assert Notice.objects.filter(recipient=member, kind="needs.comes_now").count() == 1
        assert (
            TrailEntry.objects.filter(verb="handover_scheduled").latest("pk").data["change"] == "moved_to_now"
        )
        services.reveal_place_to_giver(match_id=later.public_id, actor=volunteer, at=NOON)
        done = services.confirm_by_code(match_id=later.public_id, code=later.code, actor=volunteer, at=NOON)
        assert done.state == MatchState.CONFIRMED

    def test_late_in_the_evening_does_not_open_the_next_day(self, later, volunteer):
        late = datetime(2026, 3, 1, 23, 30, tzinfo=AMMAN)

        moved = services.move_to_now(match_id=later.public_id, actor=volunteer, at=late, night_is_agreed=True)

        assert moved.window_until.astimezone(AMMAN).date() == date(2026, 3, 1)

    @pytest.mark.parametrize("hour", [2, 6, 22, 23])
    @pytest.mark.parametrize("who", ["volunteer", "coordinator"])
    def test_at_night_takes_the_households_agreement(self, request, later, who, hour):
        night = {
            "match_id": later.public_id,
            "actor": request.getfixturevalue(who),
            "at": datetime(2026, 3, 2, hour, 30, tzinfo=AMMAN),
        }

        with pytest.raises(AtNight):
            services.move_to_now(**night)
        later.refresh_from_db()
        before = later.window_from
        moved = services.move_to_now(**night, night_is_agreed=True)

        assert (before, moved.window_from) == (NOON + 2 * DAY, night["at"])

    def test_in_the_evening_ends_before_the_night(self, later, volunteer):
        evening = datetime(2026, 3, 1, 21, 30, tzinfo=AMMAN)

        moved = services.move_to_now(match_id=later.public_id, actor=volunteer, at=evening)

        assert moved.window_until == datetime(2026, 3, 1, 22, tzinfo=AMMAN)

    def test_is_for_the_two_who_may_settle_a_time(self, community, later, member):
        for stranger in (member, make.make_member(community, "volunteer"), make.GUEST):
            with pytest.raises(NotYourTask):
                services.move_to_now(match_id=later.public_id, actor=stranger, at=NOON)

    def test_is_refused_in_every_other_state(self, promised, volunteer, coordinator):
        def move(at=NOON):
            return services.move_to_now(match_id=promised.public_id, actor=volunteer, at=at)

        with pytest.raises(MatchCannotMove):
            move()
        settle(promised, starts=NOON + DAY, by=volunteer)
        with pytest.raises(MatchCannotMove):
            move(at=NOON + DAY)
        services.mark_handed_over(match_id=promised.public_id, actor=volunteer, at=NOON + DAY)
        with pytest.raises(MatchCannotMove):
            move()
        services.confirm_receipt(match_id=promised.public_id, actor=coordinator, at=NOON + DAY)
        with pytest.raises(MatchCannotMove):
            move()


class TestAtNight:
    @pytest.mark.parametrize(("first", "last"), [("02:00", "03:00"), ("06:59", "09:00"), ("21:00", "22:01")])
    def test_takes_the_households_agreement(self, promised, volunteer, first, last):
        starts, ends = (
            datetime.combine(date(2026, 3, 3), datetime.strptime(hour, "%H:%M").time(), tzinfo=AMMAN)  # noqa: DTZ007
            for hour in (first, last)
        )
        given = {
            "match_id": promised.public_id,
            "starts": starts,
            "ends": ends,
            "actor": volunteer,
            "at": NOON,
        }

        with pytest.raises(AtNight):
            services.schedule(**given)
        assert services.schedule(**given, night_is_agreed=True).state == MatchState.SCHEDULED

    def test_a_time_that_runs_through_the_night_is_at_night(self, promised, volunteer):
        with pytest.raises(AtNight):
            settle(promised, starts=NOON + DAY, by=volunteer, hours=23)

    @pytest.mark.parametrize(("hour", "long"), [(7, 2), (20, 2)])
    def test_is_not_asked_by_day(self, promised, volunteer, hour, long):
        starts = datetime(2026, 3, 3, hour, tzinfo=AMMAN)

        assert settle(promised, starts=starts, by=volunteer, hours=long).state == MatchState.SCHEDULED

    def test_is_told_by_the_communitys_own_clock(self, coordinator):
        community = make.make_community(region="MA")
        make.make_area(community)
        by = make.make_coordinator(community)
        match = make.accepted_match(make.make_line(community, by=by), make.make_offer(community), by=by)
        starts = datetime(2026, 3, 3, 7, 30, tzinfo=ZoneInfo(community.time_zone))

        assert settle(match, starts=starts, by=by).state == MatchState.SCHEDULED
        with pytest.raises(AtNight):
            settle(match, starts=starts - timedelta(hours=1), by=by)


def told(kind="needs.scheduled"):
    return Notice.objects.filter(kind=kind)


class TestTellingTheHousehold:
    @pytest.fixture
    def member(self, community):
        """Without e-mail: told in the app."""
        member = make.make_member(community, name="ليلى القاسم")
        Person.objects.filter(pk=member.pk).update(email=None)
        return Person.objects.get(pk=member.pk)

    def test_of_two_changes_that_nobody_has_read_once(self, promised, volunteer):
        settle(promised, starts=NOON + DAY, by=volunteer)
        settle(promised, starts=NOON + 2 * DAY, by=volunteer, at=NOON + timedelta(minutes=5))

        assert told().get().made_at == NOON + timedelta(minutes=5)

    def test_anew_once_the_first_was_read(self, promised, volunteer):
        settle(promised, starts=NOON + DAY, by=volunteer)
        told().update(read_at=NOON)

        settle(promised, starts=NOON + 2 * DAY, by=volunteer, at=NOON + timedelta(minutes=5))

        assert told().count() == 2

    def test_of_the_same_time_settled_twice_once(self, promised, volunteer):
        settle(promised, starts=NOON + DAY, by=volunteer)
        told().update(read_at=NOON)

        settle(promised, starts=NOON + DAY, by=volunteer, at=NOON + timedelta(minutes=5))

        assert told().count() == 1
        assert TrailEntry.objects.filter(verb="handover_scheduled").count() == 1

    @pytest.mark.parametrize(("state", "texts"), [("pending", 1), ("sent", 2)])
    def test_a_guest_gets_one_text_until_it_is_sent(self, community, coordinator, volunteer, state, texts):
        line = make.make_line(community, by=coordinator)
        Request.objects.filter(pk=line.request_id).update(contact_way=ContactWay.MESSAGE)
        match = make.accepted_match(line, make.make_offer(community, giver=volunteer), by=coordinator)
        settle(match, starts=NOON + DAY, by=volunteer)
        if state == "sent":
            Delivery.objects.filter(notice__in=told()).update(state="sent", sent_at=NOON)

        settle(match, starts=NOON + 2 * DAY, by=volunteer, at=NOON + timedelta(minutes=5))

        assert told().count() == texts


class TestALockedCode:
    def lock(self, match, volunteer):
        wrong = "000" if match.code != "000" else "111"
        refusals = []
        for _ in range(5):
            with pytest.raises(WrongCode) as refused:
                services.confirm_by_code(match_id=match.public_id, code=wrong, actor=volunteer, at=NOON)
            refusals.append(type(refused.value))
        return refusals

    def test_the_fifth_wrong_one_says_so_and_so_does_the_right_one_after_it(self, promised, volunteer):
        assert self.lock(promised, volunteer) == [WrongCode] * 4 + [CodeLocked]

        with pytest.raises(CodeLocked):
            services.confirm_by_code(
                match_id=promised.public_id, code=promised.code, actor=volunteer, at=NOON
            )

    def test_the_household_is_not_told_to_give_it_any_more(self, promised, volunteer, member):
        self.lock(promised, volunteer)

        card = queries.track_card(request_id=promised.line.request.public_id, viewer=member)

        (help_card,) = card.lines[0].helps
        assert (help_card.code, help_card.code_locked) == ("", True)
