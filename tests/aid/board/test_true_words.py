"""Words that are true of the day, of what has arrived, and of what nobody said; and where a form says what is wrong."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.models import Match, NeedLine, Offer
from tadamun.pillars.aid.needs.vocabulary import DueKind, When
from tests.aid import make
from tests.aid.board.calls import DAY
from tests.aid.make import NOON

HOUR = timedelta(hours=1)
LATE = "its day has passed"


def text(client, name, *args, **query):
    return client.get(reverse(f"needs:{name}", args=args), query).content.decode()


@pytest.fixture
def part(community, coordinator):
    """Two of three pieces have arrived."""
    member = make.make_member(community, name="أمل")
    line = make.make_line(community, by=coordinator, quantity=3, actor=member, when=When.ANY)
    match = make.invited_match(line, make.make_offer(community, quantity=2), by=coordinator)
    services.accept(match_id=match.public_id, actor=match.slot.offer.giver, at=NOON)
    services.confirm_receipt(match_id=match.public_id, actor=coordinator, at=NOON)
    return NeedLine.objects.select_related("request__asker").get(pk=line.pk)


class TestWhatIsLeft:
    def test_the_asker_reads_what_arrived_and_what_is_looked_for(self, browser_of, community, part):
        page = text(browser_of(part.request.asker), "track", community.slug, part.request.public_id)

        assert "Arrived so far: 2 parcels. We are looking for somebody who brings the rest: 1 parcel." in page
        assert "not found anybody" not in page

    def test_the_board_shows_what_is_left(self, desk, community, part):
        assert "left: 1 parcel, of 3 parcels" in text(desk, "board", community.slug)
        assert "left: 1 parcel, of 3 parcels" in text(desk, "request", community.slug, part.request.public_id)


class TestTheDay:
    @pytest.fixture
    def late(self, community, coordinator):
        """What was needed yesterday."""
        at = timezone.now() - DAY
        member = make.make_member(community, name="أمل")
        return make.make_line(community, by=coordinator, when=When.TODAY, at=at, actor=member)

    def test_a_day_that_has_passed_is_called_so_everywhere(
        self, desk, browser_of, community, coordinator, late
    ):
        assert text(desk, "board", community.slug).count(LATE) >= 2
        assert LATE in text(desk, "needs", community.slug)
        request_id = late.request.public_id
        assert LATE in text(desk, "request", community.slug, request_id)
        assert LATE in text(browser_of(late.request.asker), "track", community.slug, request_id)
        match = make.invited_match(late, make.make_offer(community), by=coordinator, at=timezone.now())
        page = text(browser_of(match.slot.offer.giver), "invitations", community.slug)
        assert LATE in page
        assert "Today, if it can be" not in page

    def test_a_day_to_come_and_what_is_done_are_not(self, desk, community, coordinator, late):
        services.withdraw_line(line_id=late.public_id, actor=late.request.asker, at=timezone.now())
        make.make_line(community, by=coordinator, when=When.TODAY, at=timezone.now())

        assert LATE not in text(desk, "board", community.slug)
        assert LATE not in text(desk, "request", community.slug, late.request.public_id)

    def test_of_a_call_nobody_said_that_it_has_time(self, desk, community):
        make.make_category("advice")
        asked = services.ask_for_call(
            community=community, actor=make.GUEST, phone="+962791234567", at=NOON, consent_version="1"
        )

        page = text(desk, "request", community.slug, asked.request.public_id)

        assert "No hurry" not in page
        assert "not said" in page


class TestTheDoor:
    @pytest.fixture
    def to_the_door(self, community, coordinator):
        member = make.make_member(community, name="أمل")
        line = make.make_line(
            community, by=coordinator, actor=member, delivery="home", address="", when=When.ANY
        )
        offer = make.make_offer(community, brings_it=True, provides=("brought_home",))
        return make.scheduled_match(line, offer, by=coordinator, hours=2)

    def test_stands_on_the_list_until_the_address_is_known(self, see, community, coordinator, to_the_door):
        (card,) = see(DueKind.ADDRESS, at=NOON)
        assert (card.line_id, card.overdue) == (to_the_door.line.public_id, False)
        rows = queries.due(community=community, viewer=coordinator, at=NOON)
        assert queries.due_count(community=community, viewer=coordinator, at=NOON) == len(rows)
        assert see(DueKind.ADDRESS, at=NOON - 2 * DAY) == []

        place = to_the_door.line.request.place
        place.address = "شارع الزيتون"
        place.save()
        assert see(DueKind.ADDRESS, at=NOON) == []

    def test_the_asker_is_asked_for_it(self, browser_of, community, to_the_door):
        request = to_the_door.line.request
        page = text(browser_of(request.asker), "track", community.slug, request.public_id)
        assert "we do not know your address yet" in page

        request.place.address = "شارع الزيتون"
        request.place.save()
        page = text(browser_of(request.asker), "track", community.slug, request.public_id)
        assert "we do not know your address yet" not in page


class TestTheGiver:
    def test_does_not_read_that_somebody_else_was_wished_for(self, browser_of, community, coordinator):
        member = make.make_member(community, name="أمل")
        pages = []
        for end in ("refuse", "withdraw"):
            line = make.make_line(community, by=coordinator, actor=member)
            match = make.accepted_match(line, make.make_offer(community), by=coordinator)
            if end == "refuse":
                services.refuse_help(match_id=match.public_id, actor=member, at=NOON)
            else:
                services.withdraw_line(line_id=line.public_id, actor=member, at=NOON)
            giver = match.slot.offer.giver
            pages.append(text(browser_of(giver), "task", community.slug, match.public_id))
            card = queries.task_card(match_id=match.public_id, viewer=giver, at=NOON)
            assert card.end_reason == "not_needed"

        for page in pages:
            assert "This task is no longer asked of you. Thank you for being ready." in page
            assert "Another helper" not in page

    def test_is_not_called_near_while_the_place_is_unknown(self, browser_of, community, coordinator):
        at = timezone.now()
        for details, near in (({}, True), ({"area": None, "address": ""}, False)):
            line = make.make_line(community, by=coordinator, at=at, **details)
            match = make.invited_match(line, make.make_offer(community), by=coordinator, at=at)
            page = text(browser_of(match.slot.offer.giver), "invitations", community.slug)
            assert ("in your neighbourhood" in page) == near

    def test_reads_at_the_hour_that_it_is_past(self, browser_of, community, coordinator):
        now = timezone.localtime()
        if now.hour < 3:
            pytest.skip("no earlier hour today")
        line = make.make_line(community, by=coordinator, when=When.ANY, at=timezone.now())
        match = make.accepted_match(line, make.make_offer(community), by=coordinator, at=timezone.now())
        address = reverse("needs:task_time", args=[community.slug, match.public_id])
        sent = {"starts": "00:05", "ends": "00:30"}
        giver = browser_of(Offer.objects.get(pk=match.slot.offer_id).giver)

        for day, words in ((now.date(), True), (now.date() - DAY, False)):
            page = giver.post(address, {**sent, "day": day.isoformat()})
            assert page.status_code == 422
            assert ("This hour is past already." in page.content.decode()) == words
        assert Match.objects.get(pk=match.pk).window_from is None


class TestTheDesk:
    def test_what_was_sorted_is_named_with_the_way_to_its_matches(self, desk, community):
        line = make.make_request(community).request.lines.get()
        number, request_id = line.request.number, line.request.public_id
        address = reverse("needs:triage", args=[community.slug, request_id, line.public_id])
        given = {"tier": "2", "reason": "ordinary", "category": "food-parcel", "board": "show=triage"}

        page = desk.post(address, given, follow=True).content.decode()

        assert f"Request {number} is sorted." in page
        assert f'{request_id}/#line-{line.public_id}">Its matches</a>' in page
