"""Following a request: only with number and PIN or one's own account, and true at every step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import Message, NeedLine
from tadamun.pillars.aid.needs.vocabulary import CloseReason, ContactOutcome
from tests.aid import make
from tests.aid.asking.pages import here, open_page, page_of, send, sign_in

pytestmark = pytest.mark.django_db

VERBS = ("message", "change", "add", "withdraw")
HELP_VERBS = ("confirm", "refuse", "thanks", "arrived", "left", "concern")


class TestOpening:
    def test_takes_number_and_pin_in_either_digit_set(
        self, client: Client, community: Community, asked: services.Asked
    ):
        arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
        answer = send(
            client,
            here(community, "track/"),
            follow=True,
            number=str(asked.request.number).translate(arabic),
            pin=f" {asked.pin.translate(arabic)} ",
        )

        assert answer.status_code == 200
        assert str(asked.request.number) in answer.content.decode()

    @pytest.mark.parametrize(
        "wrong", [{"pin": "000"}, {"number": "99999999999"}, {"number": "x"}, {"pin": "\x00"}]
    )
    def test_does_not_say_which_of_the_two_is_wrong(
        self, client: Client, community: Community, asked: services.Asked, wrong: dict[str, str]
    ):
        right = {"number": str(asked.request.number), "pin": asked.pin}

        answer = send(client, here(community, "track/"), **{**right, **wrong})

        assert answer.status_code == 422
        assert "رمز المتابعة" in answer.content.decode()

    def test_is_closed_for_a_while_after_five_wrong_pins(
        self, client: Client, community: Community, asked: services.Asked
    ):
        for _ in range(5):
            send(client, here(community, "track/"), number=str(asked.request.number), pin="111")

        answer = send(client, here(community, "track/"), number=str(asked.request.number), pin=asked.pin)

        assert answer.status_code == 429

    def test_says_how_long_and_lets_another_phone_in(
        self, client: Client, community: Community, asked: services.Asked
    ):
        said = {"number": str(asked.request.number), "pin": "111"}
        for _ in range(6):
            locked = send(client, here(community, "track/"), **said)
        other = Client(REMOTE_ADDR="198.51.100.7")

        assert locked.status_code == 429
        assert 'role="alert"' in locked.content.decode()
        opened = send(other, here(community, "track/"), **{**said, "pin": asked.pin})
        assert opened.status_code == 302

    def test_limits_tries_from_one_address_over_all_requests(
        self, client: Client, community: Community, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("tadamun.pillars.aid.needs.views.tracking.PIN_TRIES_MOST", 3)
        codes = [
            send(Client(), here(community, "track/"), number=str(2000 + place), pin="111").status_code
            for place in range(4)
        ]

        assert codes == [422, 422, 422, 429]

    def test_ends_when_somebody_leaves(self, client: Client, community: Community, asked: services.Asked):
        url = open_page(client, community, asked)

        client.post(f"{url}leave/")

        assert client.get(url).status_code == 302
        assert not client.session.get("needs_open")

    def test_of_a_guests_number_that_was_joined_shows_only_that_it_was(
        self, client: Client, community: Community, coordinator: Person, asked: services.Asked
    ):
        url = open_page(client, community, asked)
        stranger = Client()
        kept = make.make_request(community, safe_hours="بعد العصر", at=timezone.now()).request
        services.merge_requests(
            keep_id=kept.public_id, merge_id=asked.request.public_id, actor=coordinator, at=timezone.now()
        )

        opened = stranger.post(
            here(community, "track/"), {"number": asked.request.number, "pin": asked.pin}, follow=True
        )
        still_open = client.post(f"{url}message/", {"body": "أين وصل؟"})
        later = client.get(url, follow=True)

        for answer in (opened, later):
            assert answer.redirect_chain[-1][0] == here(community, "track/")
            assert "ضُمّ" in answer.content.decode() or "joined" in answer.content.decode()
            assert "بعد العصر" not in answer.content.decode()
            assert str(kept.number) not in answer.content.decode()
        assert still_open.status_code == 409
        assert not Message.objects.exists()
        assert not client.session.get("needs_open")

    def test_leads_an_old_number_on_to_the_request_it_was_joined_with(
        self, client: Client, community: Community, coordinator: Person, volunteer: Person
    ):
        asked, later = (
            make.make_request(community, categories=(code,), actor=volunteer, at=timezone.now())
            for code in ("food-parcel", "nappies")
        )
        services.merge_requests(
            keep_id=later.request.public_id,
            merge_id=asked.request.public_id,
            actor=coordinator,
            at=timezone.now(),
        )

        url = open_page(client, community, asked)
        answer = client.get(url, follow=True)

        assert answer.redirect_chain[-1][0] == here(community, f"track/{later.request.public_id}/")
        assert str(later.request.number) in answer.content.decode()


class TestDoors:
    def test_are_open_to_the_member_who_asked(self, client: Client, community: Community, volunteer: Person):
        own = make.make_request(community, actor=volunteer, at=timezone.now())
        client.force_login(volunteer)

        assert client.get(here(community, f"track/{own.request.public_id}/")).status_code == 200

    @pytest.mark.parametrize("who", ["guest", "member", "coordinator"])
    @pytest.mark.parametrize("verb", ["", *VERBS])
    def test_are_closed_to_everybody_else(
        self,
        client: Client,
        community: Community,
        coordinator: Person,
        volunteer: Person,
        asked: services.Asked,
        who: str,
        verb: str,
    ):
        if who != "guest":
            sign_in(client, {"member": volunteer, "coordinator": coordinator}[who])
        url = here(community, f"track/{asked.request.public_id}/{verb + '/' if verb else ''}")

        answer = client.post(url, {"body": "x"}) if verb else client.get(url)

        assert answer.status_code in {302, 403}
        assert "أم ليلى" not in answer.content.decode()
        assert Message.objects.count() == 0

    def test_do_not_open_in_another_community(
        self, client: Client, community: Community, asked: services.Asked
    ):
        open_page(client, community, asked)
        elsewhere = make.make_community()

        assert client.get(here(elsewhere, f"track/{asked.request.public_id}/")).status_code == 302

    @pytest.mark.parametrize("verb", HELP_VERBS)
    def test_of_another_requests_help_stay_closed(
        self, client: Client, community: Community, coordinator: Person, asked: services.Asked, verb: str
    ):
        strange = make.make_line(community, by=coordinator, at=timezone.now())
        match = make.accepted_match(strange, make.make_offer(community, at=timezone.now()), by=coordinator)
        url = open_page(client, community, asked)

        client.post(f"{url}help/{match.public_id}/{verb}/", {"body": "x", "words": "x"})

        match.refresh_from_db()
        assert match.state == "accepted"
        assert not match.concerns.exists()

    def test_of_another_requests_lines_stay_closed(
        self, client: Client, community: Community, asked: services.Asked
    ):
        other = make.make_request(community, categories=("nappies",), at=timezone.now())
        strange = other.request.lines.get()
        url = open_page(client, community, asked)

        answer = client.post(f"{url}withdraw/", {"lines": [strange.public_id]})

        strange.refresh_from_db()
        assert answer.status_code == 422
        assert strange.state == "triage"


class TestTruth:
    """The sentence of each state, and nothing that is not so."""

    def test_under_review(self, client: Client, community: Community, asked: services.Asked):
        html = page_of(client, open_page(client, community, asked))

        assert "قيد المراجعة" in html
        assert "هند" in html

    def test_late_when_the_promised_call_did_not_come(
        self, client: Client, community: Community, coordinator: Person
    ):
        asked = make.make_request(community, at=timezone.now() - timedelta(days=3))

        assert "تأخّرنا" in page_of(client, open_page(client, community, asked))

    def test_looking(self, client: Client, community: Community, asked: services.Asked, line: NeedLine):
        assert "نبحث عمّن يساعد" in page_of(client, open_page(client, community, asked))

    def test_somebody_asked_is_not_named(
        self,
        client: Client,
        community: Community,
        coordinator: Person,
        volunteer: Person,
        asked: Any,
        line: NeedLine,
    ):
        offer = make.make_offer(community, giver=volunteer, at=timezone.now())
        make.invited_match(line, offer, by=coordinator, at=timezone.now())

        html = page_of(client, open_page(client, community, asked))

        assert "وصلت الدعوة" in html
        assert "سامي" not in html

    def test_scheduled_names_who_when_and_the_code(
        self,
        client: Client,
        community: Community,
        coordinator: Person,
        volunteer: Person,
        asked: Any,
        line: NeedLine,
    ):
        offer = make.make_offer(community, giver=volunteer, quantity=2, at=timezone.now())
        match = make.scheduled_match(line, offer, by=coordinator, at=timezone.now())

        html = page_of(client, open_page(client, community, asked))

        assert "سامي" in html
        assert volunteer.name not in html
        assert f'class="code">{match.code}<' in html
        assert "حُدّد الموعد" in html

    def test_unreachable(
        self, client: Client, community: Community, coordinator: Person, asked: services.Asked
    ):
        for _ in range(3):
            services.log_contact(
                request_id=asked.request.public_id,
                outcome=ContactOutcome.NO_ANSWER,
                actor=coordinator,
                at=timezone.now(),
            )

        assert "حاولنا التواصل" in page_of(client, open_page(client, community, asked))

    @pytest.mark.parametrize("reason", list(CloseReason))
    def test_closed_says_why(
        self,
        client: Client,
        community: Community,
        coordinator: Person,
        asked: Any,
        line: NeedLine,
        reason: CloseReason,
    ):
        services.end_line(line_id=line.public_id, reason=reason, actor=coordinator, at=timezone.now())

        html = page_of(client, open_page(client, community, asked))

        assert 'class="say"' in html
        assert "نبحث عمّن يساعد" not in html

    def test_lists_who_looked(
        self, client: Client, community: Community, coordinator: Person, asked: services.Asked
    ):
        services.reveal_request(
            request_id=asked.request.public_id, actor=coordinator, reason="للاتّصال", at=timezone.now()
        )

        assert "للاتّصال" in page_of(client, open_page(client, community, asked))


class TestMyRequests:
    def test_are_the_members_own(self, client: Client, community: Community, volunteer: Person):
        own = make.make_request(community, actor=volunteer, at=timezone.now())
        other = make.make_request(community, at=timezone.now())
        client.force_login(volunteer)

        html = page_of(client, here(community, "my-requests/"))

        assert str(own.request.number) in html
        assert f">{other.request.number}<" not in html

    def test_send_a_guest_to_number_and_pin(self, client: Client, community: Community):
        assert client.get(here(community, "my-requests/")).headers["Location"] == here(community, "track/")

    def test_take_no_more_queries_for_more_requests(
        self, client: Client, community: Community, volunteer: Person, django_assert_max_num_queries: Any
    ):
        for _ in range(6):
            make.make_request(
                community, actor=volunteer, at=timezone.now(), categories=("food-parcel", "nappies")
            )
        client.force_login(volunteer)

        with django_assert_max_num_queries(20):
            client.get(here(community, "my-requests/"))
