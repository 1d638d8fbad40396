"""The page of one request and everything a coordinator does there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tadamun.foundation.people.models import Reveal
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import ContactAttempt, Match, Message, RequestLink
from tadamun.pillars.aid.needs.vocabulary import EndReason, LineState, MatchState
from tests.aid import make

SECRETS = ("قاسم", "791234567", "79 123 4567", "شارع الزيتون", "الباب الخلفي")


@pytest.fixture
def line(community, coordinator):
    return make.make_line(community, by=coordinator, at=timezone.now())


@pytest.fixture
def offer(community, volunteer):
    return make.make_offer(community, giver=volunteer, at=timezone.now())


def url(name, thing, *more):
    request = getattr(thing, "request", thing)
    return reverse(f"needs:{name}", args=[request.community.slug, request.public_id, *more])


class TestReveal:
    def test_shows_on_that_answer_only_and_is_logged(self, desk, line):
        before = desk.get(url("request", line)).content.decode()
        shown = desk.post(url("reveal", line), {"reason": "first call"}).content.decode()
        after = desk.get(url("request", line)).content.decode()

        assert not any(secret in before + after for secret in SECRETS)
        assert all(secret in shown for secret in ("قاسم", "شارع الزيتون", "الباب الخلفي"))
        assert "tel:+962791234567" in shown
        assert Reveal.objects.get().reason == "first call"
        assert "first call" in after

    def test_needs_a_reason(self, desk, line):
        page = desk.post(url("reveal", line), {"reason": " "})

        assert page.status_code == 422
        assert not Reveal.objects.exists()
        assert not any(secret in page.content.decode() for secret in SECRETS)

    def test_is_no_address_to_open(self, desk, line):
        assert desk.get(url("reveal", line)).status_code == 405


class TestPermissions:
    POSTS = ("reveal", "log_contact", "answer", "take_over")

    @pytest.mark.parametrize("role", ["stranger", "elsewhere", "volunteer", "matched", "asker"])
    def test_nobody_else_gets_anything(
        self, browser_of, community, coordinator, line, offer, volunteer, role
    ):
        match = make.accepted_match(line, offer, by=coordinator, at=timezone.now())
        person = {
            "stranger": lambda: None,
            "elsewhere": lambda: make.make_coordinator(make.make_community()),
            "volunteer": lambda: make.make_member(community, "volunteer"),
            "matched": lambda: volunteer,
            "asker": lambda: make.make_member(community),
        }[role]()
        client, expected = browser_of(person), 302 if person is None else 403

        pages = [client.get(url("request", line))]
        pages += [client.post(url(name, line), {"reason": "x"}) for name in self.POSTS]
        for name in ("triage", "invite", "close_line", "reopen_line"):
            pages.append(client.post(url(name, line, line.public_id)))
        for name in ("match_time", "match_confirm", "match_fell_through"):
            pages.append(client.post(url(name, line, match.public_id)))
        pages.append(client.post(url("settle_match", line, match.public_id, "cancel")))

        assert {page.status_code for page in pages} == {expected}
        assert not any(secret in page.content.decode() for page in pages for secret in SECRETS)
        match.refresh_from_db()
        assert match.state == MatchState.ACCEPTED

    def test_a_request_of_another_community_is_not_found_here(self, browser_of, community, coordinator, line):
        elsewhere = make.make_community()
        from tadamun.foundation.communities.services import add_member

        add_member(community=elsewhere, person=coordinator, roles=("coordinator",), at=timezone.now())
        address = reverse("needs:request", args=[elsewhere.slug, line.request.public_id])

        assert browser_of(coordinator).get(address).status_code == 404


class TestTriage:
    def test_sorts_and_names_the_exact_thing(self, desk, community, coordinator):
        line = make.make_request(community, categories=("food",)).request.lines.get()

        page = desk.post(
            url("triage", line, line.public_id),
            {"tier": "0", "reason": "hunger", "category": "cooked-meal"},
            follow=True,
        )

        line.refresh_from_db()
        assert page.status_code == 200
        assert (line.state, line.tier, line.category.code) == (LineState.OPEN, 0, "cooked-meal")

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"tier": "9", "reason": "hunger", "category": "food"},
            {"tier": "0", "reason": "because", "category": "food"},
            {"tier": "0", "reason": "hunger", "category": "night"},
            {"tier": "٠" * 5000, "reason": "\x00", "category": "<b>"},
        ],
    )
    def test_refuses_what_is_not_offered_and_keeps_what_was_chosen(self, desk, community, coordinator, sent):
        line = make.make_request(community, categories=("food",)).request.lines.get()

        page = desk.post(url("triage", line, line.public_id), sent)

        line.refresh_from_db()
        assert (page.status_code, line.state) == (422, LineState.TRIAGE)
        assert 'role="alert"' in page.content.decode()


class TestContact:
    def test_is_written_down_once_however_often_it_is_sent(self, desk, line):
        sent = {
            "outcome": "no_answer",
            "note": "رنّ طويلًا",
            "follow_up_on": str(timezone.localdate() + timedelta(days=1)),
            "form_token": "t",
        }
        for _ in range(2):
            assert desk.post(url("log_contact", line), sent).status_code == 302

        assert ContactAttempt.objects.get().note == "رنّ طويلًا"
        assert "رنّ طويلًا" in desk.get(url("request", line)).content.decode()

    @pytest.mark.parametrize("day", ["2020-01-01", "9999-12-31", "٣١/٠٢/٢٠٢٦", "tomorrow", "\x00"])
    def test_impossible_days_are_said_and_the_note_is_kept(self, desk, line, day):
        page = desk.post(
            url("log_contact", line), {"outcome": "reached", "note": "kept", "follow_up_on": day}
        )

        assert page.status_code == 422
        assert "kept" in page.content.decode()

    def test_a_hundred_thousand_letters_are_too_many(self, desk, line):
        page = desk.post(url("log_contact", line), {"outcome": "reached", "note": "ن" * 100_000})

        assert page.status_code == 422
        assert not ContactAttempt.objects.exists()


class TestThread:
    def test_a_message_is_sent_once(self, desk, line):
        for _ in range(2):
            desk.post(url("answer", line), {"body": "نتّصل <b>غدًا</b>", "form_token": "m"})

        assert Message.objects.get().side == "coordinator"
        assert "<b>غدًا" not in desk.get(url("request", line)).content.decode()


class TestClosing:
    def test_refers_with_the_place_and_takes_up_again(self, desk, line):
        refused = desk.post(url("close_line", line, line.public_id), {"reason": "referred"})
        assert refused.status_code == 422

        desk.post(url("close_line", line, line.public_id), {"reason": "referred", "where": "مركز الحيّ"})
        line.refresh_from_db()
        assert (line.state, line.close_reason, line.referred_to) == ("closed", "referred", "مركز الحيّ")
        assert "مركز الحيّ" in desk.get(url("request", line)).content.decode()

        for _ in range(2):
            assert desk.post(url("reopen_line", line, line.public_id)).status_code == 302
        line.refresh_from_db()
        assert line.state == LineState.TRIAGE

    def test_closing_twice_is_answered_kindly(self, desk, line):
        for _ in range(2):
            answered = desk.post(url("close_line", line, line.public_id), {"reason": "not_wanted"})
            assert answered.status_code == 302


class TestDoubles:
    def test_side_by_side_then_joined(self, desk, community, coordinator, line):
        other = make.make_request(community, categories=("blankets",)).request
        compare = url("compare", line, other.public_id)

        html = desk.get(compare).content.decode()
        desk.post(compare, {"found": "join"})
        again = desk.post(compare, {"found": "join"}, follow=True)

        assert str(other.number) in html
        assert not any(secret in html for secret in SECRETS)
        assert line.request.lines.count() == 2
        assert "joined already" in again.content.decode()

    def test_told_apart(self, desk, community, line):
        other = make.make_request(community).request

        desk.post(url("compare", line, other.public_id), {"found": "different"})

        assert RequestLink.objects.get().kind == "different"

    def test_requests_that_share_nothing_are_not_compared(self, desk, community, line):
        other = make.make_request(community, phone="+962795555555", address="مكان آخر").request

        assert desk.get(url("compare", line, other.public_id)).status_code == 404


class TestMatches:
    @pytest.mark.parametrize(
        ("verb", "state"), [("accepted", "accepted"), ("declined", "declined"), ("withdraw", "cancelled")]
    )
    def test_answers_given_on_the_phone(self, desk, coordinator, line, offer, verb, state):
        match = make.invited_match(line, offer, by=coordinator, at=timezone.now())

        for _ in range(2):
            page = desk.post(url("settle_match", line, match.public_id, verb), follow=True)
            assert page.status_code == 200

        match.refresh_from_db()
        assert match.state == state

    def test_a_time_is_settled_and_an_impossible_one_said(self, desk, coordinator, line, offer):
        match = make.accepted_match(line, offer, by=coordinator, at=timezone.now())
        day = timezone.localdate() + timedelta(days=1)
        sent = {"day": str(day), "starts": "١٦:٠٠", "ends": "18:00"}

        refused = desk.post(url("match_time", line, match.public_id), {**sent, "day": "2020-01-01"})
        assert refused.status_code == 422
        desk.post(url("match_time", line, match.public_id), sent)

        match.refresh_from_db()
        assert match.state == MatchState.SCHEDULED
        assert "16:00" not in desk.get(url("request", line)).content.decode().split("<dl")[0]

    def test_a_call_back_confirms_a_part(self, desk, community, coordinator):
        at = timezone.now()
        line = make.make_line(community, by=coordinator, quantity=4, at=at)
        match = make.accepted_match(
            line, make.make_offer(community, quantity=4, at=at), by=coordinator, at=at
        )

        assert desk.post(url("match_confirm", line, match.public_id), {"quantity": "5"}).status_code == 422
        for _ in range(2):
            assert (
                desk.post(url("match_confirm", line, match.public_id), {"quantity": "٣"}).status_code == 302
            )

        match.refresh_from_db()
        assert (match.delivered, match.confirmed_how) == (3, "call_back")

    @pytest.mark.parametrize("reason", [EndReason.NO_SHOW, EndReason.NOBODYS_FAULT])
    def test_did_not_happen(self, desk, coordinator, line, offer, reason):
        match = make.accepted_match(line, offer, by=coordinator, at=timezone.now())

        desk.post(url("match_fell_through", line, match.public_id), {"reason": reason})

        match.refresh_from_db()
        assert (match.state, match.end_reason) == (MatchState.DID_NOT_HAPPEN, reason)

    def test_a_match_of_another_request_is_not_found(self, desk, community, coordinator, line, offer):
        match = make.invited_match(line, offer, by=coordinator, at=timezone.now())
        other = make.make_request(community).request

        page = desk.post(url("settle_match", other, match.public_id, "withdraw"))
        assert page.status_code == 404
        assert Match.objects.get().state == MatchState.INVITED

    def test_an_unknown_verb_is_not_found(self, desk, coordinator, line, offer):
        match = make.invited_match(line, offer, by=coordinator, at=timezone.now())

        assert desk.post(url("settle_match", line, match.public_id, "forget")).status_code == 404


def test_a_concern_about_a_stay_is_read_and_marked(desk, community, coordinator):
    at = timezone.now()
    asker = make.make_member(community)
    line = make.make_line(community, by=coordinator, category="night", actor=asker, at=at)
    shelter = make.make_offer(
        community,
        giver=make.make_member(community, overnight=True),
        category="night",
        at=at,
        shelter=services.ShelterOffer(
            beds=6,
            nights_from=at.date(),
            nights_until=at.date() + timedelta(days=9),
            about_house="غرفة",
        ),
    )
    match = make.accepted_match(line, shelter, by=coordinator, at=at)
    concern = services.raise_concern(match_id=match.public_id, body="الباب لا يُقفل", actor=asker, at=at)

    assert "الباب لا يُقفل" in desk.get(url("request", line)).content.decode()
    desk.post(url("handle_concern", line, concern.pk))
    concern.refresh_from_db()
    assert concern.handled_by == coordinator


def test_a_request_of_many_lines_takes_few_queries(
    desk, community, coordinator, django_assert_max_num_queries
):
    request = make.make_request(community, categories=("food-parcel",) * 12).request
    desk.get(url("request", request))

    with django_assert_max_num_queries(24):
        assert desk.get(url("request", request)).status_code == 200
