"""From the page of a request: writing, changing, taking back, confirming, thanking, arriving and leaving."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import Match, Message, NeedLine, Request
from tests.aid import make
from tests.aid.asking.pages import form_data, here, open_page, page_of, send

pytestmark = pytest.mark.django_db


class TestThread:
    def test_keeps_one_message_of_a_form_sent_twice(
        self, client: Client, community: Community, asked: services.Asked
    ):
        url = open_page(client, community, asked)
        data = form_data(client.get(url), action="message/") | {"body": "شكرًا\x00 لكم"}

        client.post(f"{url}message/", data)
        client.post(f"{url}message/", data)

        message = Message.objects.get()
        assert (message.side, message.body) == ("asker", "شكرًا لكم")

    @pytest.mark.parametrize("body", ["", " \n ", "ن" * 2001])
    def test_refuses_nothing_and_too_much_with_a_sentence(
        self, client: Client, community: Community, asked: services.Asked, body: str
    ):
        url = open_page(client, community, asked)

        answer = (
            send(client, url, action="message/", body=body)
            if not body
            else client.post(f"{url}message/", {"body": body})
        )

        assert answer.status_code in {405, 422}
        assert Message.objects.count() == 0


class TestChanging:
    def test_changes_lines_place_and_hours(
        self, client: Client, community: Community, asked: services.Asked, line: NeedLine
    ):
        url = open_page(client, community, asked)
        send(
            client,
            f"{url}change/",
            address="شارع آخر ٩",
            safe_hours="مساءً",
            notes="طابق ثالث",
            contact_way="message",
            **{f"{line.public_id}-quantity": "٤", f"{line.public_id}-when": "today"},
        )

        line.refresh_from_db()
        request = Request.objects.get()
        assert (line.quantity, line.when) == (4, "today")
        assert request.place is not None
        assert (request.place.address, request.safe_hours, request.contact_way) == (
            "شارع آخر ٩",
            "مساءً",
            "message",
        )

    def test_goes_never_below_what_somebody_was_asked_for(
        self, client: Client, community: Community, coordinator: Person, asked: Any, line: NeedLine
    ):
        make.invited_match(line, make.make_offer(community, quantity=2, at=timezone.now()), by=coordinator)
        url = open_page(client, community, asked)

        answer = send(client, f"{url}change/", **{f"{line.public_id}-quantity": "1"})

        assert answer.status_code == 422

    def test_takes_a_need_off_the_public_page_and_back(
        self, client: Client, community: Community, asked: services.Asked, line: NeedLine
    ):
        url = open_page(client, community, asked)
        send(client, f"{url}change/", shows_in_public="on")
        assert "سلّة غذائية" in page_of(client, here(community, "open-needs/"))

        data = form_data(client.get(f"{url}change/"))
        del data["shows_in_public"]
        client.post(f"{url}change/", data)

        assert "سلّة غذائية" not in page_of(client, here(community, "open-needs/"))

    def test_adds_a_line_once(self, client: Client, community: Community, asked: services.Asked):
        url = open_page(client, community, asked)
        data = form_data(client.get(f"{url}add/")) | {"category": "nappies", "quantity": "2"}

        client.post(f"{url}add/", data)
        client.post(f"{url}add/", data)

        assert asked.request.lines.filter(category__code="nappies").count() == 1

    def test_says_when_a_request_is_full(self, client: Client, community: Community, asked: services.Asked):
        url = open_page(client, community, asked)
        codes = [send(client, f"{url}add/", category="nappies").status_code for _ in range(12)]

        assert codes[-1] == 422
        assert asked.request.lines.count() == 12

    def test_withdraws_without_a_reason(
        self, client: Client, community: Community, coordinator: Person, asked: Any, line: NeedLine
    ):
        make.accepted_match(line, make.make_offer(community, quantity=2, at=timezone.now()), by=coordinator)
        url = open_page(client, community, asked)

        answer = send(client, f"{url}withdraw/", follow=True)

        line.refresh_from_db()
        assert (line.state, line.close_reason) == ("closed", "withdrawn")
        assert Match.objects.get().state == "cancelled"
        assert answer.status_code == 200


class TestHelp:
    @pytest.fixture
    def match(self, community: Community, coordinator: Person, volunteer: Person, line: NeedLine) -> Match:
        """Two parcels, with a time."""
        offer = make.make_offer(community, giver=volunteer, quantity=2, at=timezone.now())
        return make.scheduled_match(line, offer, by=coordinator, at=timezone.now())

    def test_is_confirmed_whole(self, client: Client, community: Community, asked: Any, match: Match):
        url = open_page(client, community, asked)

        answer = send(client, f"{url}help/{match.public_id}/confirm/", follow=True)

        match.refresh_from_db()
        assert (match.state, match.delivered, match.confirmed_how) == ("confirmed", 2, "asker")
        assert "متى احتجت من جديد" in answer.content.decode()

    def test_is_confirmed_in_part_and_the_search_goes_on(
        self, client: Client, community: Community, asked: Any, line: NeedLine, match: Match
    ):
        url = open_page(client, community, asked)

        send(client, f"{url}help/{match.public_id}/confirm/", how_much="part", quantity="١")

        line.refresh_from_db()
        assert (line.state, line.delivered) == ("part_matched", 1)
        assert "ونبحث عمّن يأتي بالباقي" in page_of(client, url)

    @pytest.mark.parametrize("quantity", ["", "0", "3", "٩٩٩٩٩٩٩٩٩٩٩٩", "كثير"])
    def test_refuses_an_impossible_part(
        self, client: Client, community: Community, asked: Any, match: Match, quantity: str
    ):
        url = open_page(client, community, asked)

        answer = send(client, f"{url}help/{match.public_id}/confirm/", how_much="part", quantity=quantity)

        assert answer.status_code == 422

    def test_confirmed_twice_is_kindly_answered(
        self, client: Client, community: Community, asked: Any, match: Match
    ):
        url = open_page(client, community, asked)
        data = form_data(client.get(f"{url}help/{match.public_id}/confirm/"))
        client.post(f"{url}help/{match.public_id}/confirm/", data)

        again = client.post(f"{url}help/{match.public_id}/confirm/", data, follow=True)

        assert "toast-success" in again.content.decode()

    def test_is_refused_without_a_reason_and_without_a_disadvantage(
        self, client: Client, community: Community, asked: Any, line: NeedLine, match: Match
    ):
        waited = line.waiting_since
        url = open_page(client, community, asked)

        send(client, f"{url}help/{match.public_id}/refuse/")
        again = client.post(f"{url}help/{match.public_id}/refuse/", follow=True)

        line.refresh_from_db()
        assert (line.state, line.waiting_since) == ("open", waited)
        assert "toast-success" in again.content.decode()

    def test_is_thanked_without_a_name(self, client: Client, community: Community, asked: Any, match: Match):
        url = open_page(client, community, asked)
        send(client, f"{url}help/{match.public_id}/confirm/")

        client.post(f"{url}help/{match.public_id}/thanks/", {"words": ""})
        client.post(f"{url}help/{match.public_id}/thanks/", {"words": "سلمت يداك"})

        match.refresh_from_db()
        assert match.thanks == "سلمت يداك"


class TestStay:
    @pytest.fixture
    def stay(self, community: Community, coordinator: Person) -> tuple[services.Asked, Match]:
        """A night's shelter, with a time."""
        at = timezone.now()
        asked = make.make_request(community, categories=("night",), quantity=2, at=at)
        line = make.triage(asked.request.lines.get(), by=coordinator, at=at)
        offer = make.make_offer(
            community,
            giver=make.make_member(community, "volunteer", overnight=True),
            category="night",
            quantity=3,
            at=at,
            shelter=services.ShelterOffer(
                beds=5,
                nights_from=at.date(),
                nights_until=at.date() + timedelta(days=9),
                house_rules="لا تدخين",
            ),
        )
        return asked, make.scheduled_match(line, offer, by=coordinator, at=at, hours=1)

    def test_begins_and_ends_by_both_sides(
        self, client: Client, community: Community, stay: tuple[services.Asked, Match]
    ):
        asked, match = stay
        url = open_page(client, community, asked)
        assert "لا تدخين" in page_of(client, url)

        client.post(f"{url}help/{match.public_id}/left/")
        client.post(f"{url}help/{match.public_id}/arrived/")
        match.refresh_from_db()
        assert match.state == "scheduled"
        host = match.slot.offer.giver
        services.check_in(match_id=match.public_id, actor=host, at=timezone.now())
        client.post(f"{url}help/{match.public_id}/left/")
        services.check_out(match_id=match.public_id, actor=host, at=timezone.now())

        match.refresh_from_db()
        assert match.state == "confirmed"

    def test_takes_a_word_in_confidence_once(
        self, client: Client, community: Community, stay: tuple[services.Asked, Match]
    ):
        asked, match = stay
        url = open_page(client, community, asked)
        data = form_data(client.get(f"{url}help/{match.public_id}/concern/")) | {"body": "لم نشعر بالأمان"}

        client.post(f"{url}help/{match.public_id}/concern/", data)
        client.post(f"{url}help/{match.public_id}/concern/", data)

        assert match.concerns.get().body == "لم نشعر بالأمان"
