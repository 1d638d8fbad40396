"""«نتّصل نحن بك»: a phone number is enough."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tadamun.foundation.communities.models import Community
from tadamun.foundation.notices.models import Notice
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import CannotMerge, ConsentNeeded, PhoneOrReasonNeeded
from tadamun.pillars.aid.needs.models import Request
from tadamun.pillars.aid.needs.vocabulary import (
    CloseReason,
    ContactOutcome,
    DueKind,
    LineState,
    Origin,
    Tier,
    TierReason,
)
from tests.aid import make
from tests.aid.asking.pages import here, pin_of, send, sign_in

pytestmark = pytest.mark.django_db


def leave(client: Client, community: Community, **said: Any) -> Any:
    return send(client, here(community, "call-back/"), follow=True, **{"phone": "٠٧٩ ١٢٣ ٤٥٦٧", **said})


class TestCallBack:
    def test_makes_a_request_that_waits_to_be_sorted(
        self, client: Client, community: Community, coordinator: Person
    ):
        page = leave(client, community, safe_hours="بعد العصر")

        request = Request.objects.get()
        assert len(pin_of(page)) == 6
        assert (request.origin, request.phone, request.safe_hours) == (
            Origin.CALL_BACK,
            "+962791234567",
            "بعد العصر",
        )
        assert request.asker_name == ""
        assert request.consent is not None
        assert request.call_by is not None
        assert request.owner == coordinator
        (row,) = queries.queue(community=community, viewer=coordinator, at=timezone.now(), show="triage")
        assert (row.line.request_number, row.origin) == (request.number, "call_back")

    def test_asks_for_three_things_only(self, client: Client, community: Community):
        html = client.get(here(community, "call-back/")).content.decode()

        shown = {name for name in ("phone", "safe_hours", "asker_name", "category", "household_size", "when")
                 if f'name="{name}"' in html}  # fmt: skip
        assert shown == {"phone", "safe_hours", "asker_name"}

    def test_is_where_we_call_you_leads(self, client: Client, community: Community):
        html = client.get(reverse("web:community_home", args=[community.slug])).content.decode()

        assert here(community, "call-back/") in html

    @pytest.mark.parametrize(
        "wrong",
        [{"phone": ""}, {"phone": "call me"}, {"safe_hours": "س" * 100_000}, {"asker_name": "أ" * 999}],
    )
    def test_says_what_is_to_be_mended_and_keeps_the_rest(
        self, client: Client, community: Community, wrong: dict[str, str]
    ):
        page = leave(client, community, **{"asker_name": "سلمى", **wrong})

        assert page.status_code == 422
        assert 'role="alert"' in page.content.decode()
        assert not Request.objects.exists()

    def test_makes_one_request_of_a_form_sent_twice(self, client: Client, community: Community):
        for _ in range(2):
            assert leave(client, community, form_token="one").status_code == 200

        assert Request.objects.count() == 1

    def test_of_a_member_is_their_own(self, client: Client, community: Community, volunteer: Person):
        leave(sign_in(client, volunteer), community)

        request = Request.objects.get()
        assert (request.asker, request.asker_name) == (volunteer, volunteer.name)

    def test_is_named_by_the_coordinator_as_anything(
        self, client: Client, community: Community, coordinator: Person
    ):
        leave(client, community)
        request = Request.objects.get()
        line = request.lines.get()
        sign_in(client, coordinator)
        triage = reverse("needs:triage", args=[community.slug, request.public_id, line.public_id])

        unnamed = client.post(triage, {"tier": "1", "reason": "ordinary"})
        named = client.post(triage, {"tier": "1", "reason": "ordinary", "category": "nappies"})

        line.refresh_from_db()
        assert (unnamed.status_code, named.status_code) == (422, 302)
        assert (line.state, line.category.code) == (LineState.OPEN, "nappies")

    def test_needs_a_phone_and_the_agreement(self, community: Community):
        given: dict[str, Any] = {"community": community, "actor": make.GUEST, "at": timezone.now()}

        with pytest.raises(PhoneOrReasonNeeded):
            services.ask_for_call(phone="", consent_version="1", **given)
        with pytest.raises(ConsentNeeded):
            services.ask_for_call(phone="+962791234567", **given)

    def test_finds_another_category_where_advice_is_hidden(self, community: Community):
        from tadamun.foundation.catalogue.models import HiddenCategory

        HiddenCategory.objects.create(community=community, category=make.make_category("advice"))

        made = services.ask_for_call(
            community=community,
            actor=make.GUEST,
            phone="+962791234567",
            consent_version="1",
            at=timezone.now(),
        )

        assert made.request.lines.get().category.code == "food"


PHONE = "+962791234567"


def call(community: Community, *, phone: str = PHONE, at: Any = None, **said: Any) -> services.Asked:
    return services.ask_for_call(
        community=community,
        actor=make.GUEST,
        phone=phone,
        consent_version="1",
        at=at or timezone.now(),
        **said,
    )


def waiting(community: Community, coordinator: Person) -> list[Any]:
    return list(queries.queue(community=community, viewer=coordinator, at=timezone.now(), show="triage"))


class TestWhatItIsCalled:
    def test_is_a_call_without_a_quantity_on_every_list(
        self, client: Client, community: Community, coordinator: Person
    ):
        request = call(community).request
        sign_in(client, coordinator).cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

        for path in ("board/?show=triage", "needs/?state=triage", f"requests/{request.public_id}/"):
            html = client.get(here(community, path)).content.decode()
            assert "A call is asked for" in html, path
            assert "1 hour" not in html, path
            assert "phone-call" in html, path

    def test_stands_so_in_a_sheet_and_for_programs(self, community: Community, coordinator: Person):
        call(community)

        (row,) = queries.export_rows(community=community, viewer=coordinator)
        (card,) = waiting(community, coordinator)

        assert (row.category_code, row.quantity, row.open, row.unit) == ("", None, None, "")
        assert card.line.asks_for_call

    @pytest.mark.parametrize("category", ["nappies", None])
    def test_is_what_it_is_once_it_is_sorted(
        self, community: Community, coordinator: Person, category: str | None
    ):
        line = call(community).request.lines.get()

        services.triage_line(
            line_id=line.public_id,
            tier=Tier.NORMAL,
            reason=TierReason.ORDINARY,
            actor=coordinator,
            at=timezone.now(),
            category=make.make_category(category) if category else None,
        )

        (row,) = queries.export_rows(community=community, viewer=coordinator)
        assert (row.category_code, row.quantity) == (category or "advice", 1)


class TestAskingForItAgain:
    def test_of_one_phone_waits_once_and_is_raised(self, community: Community, coordinator: Person):
        first = call(community)
        later = timezone.now() + timedelta(minutes=5)

        call(community, at=later)
        call(community, at=later + timedelta(minutes=5))

        (row,) = waiting(community, coordinator)
        assert row.line.request_number == first.request.number
        assert (row.asked_again, row.asked_again_at) == (2, later + timedelta(minutes=5))
        card = queries.request_card(request_id=first.request.public_id, viewer=coordinator)
        assert card.asked_again == 2
        told = Notice.objects.filter(recipient=coordinator, kind="needs.call_asked_again")
        assert told.count() == 2

    def test_is_said_on_the_board(self, client: Client, community: Community, coordinator: Person):
        call(community)
        call(community)
        sign_in(client, coordinator).cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

        assert "asked again" in client.get(here(community, "board/?show=triage")).content.decode()

    def test_another_phone_waits_by_itself(self, community: Community, coordinator: Person):
        call(community)
        call(community, phone="+962791234568")

        assert len(waiting(community, coordinator)) == 2

    def test_after_the_first_is_sorted_a_new_one_waits(self, community: Community, coordinator: Person):
        first = call(community).request
        make.triage(first.lines.get(), by=coordinator)

        again = call(community).request

        assert again.repeats is None
        assert [row.line.request_number for row in waiting(community, coordinator)] == [again.number]

    def test_is_answered_as_the_first_time_and_shows_nothing_of_the_first(
        self, client: Client, community: Community, coordinator: Person
    ):
        first = call(community, name="ليلى", safe_hours="بعد العصر")

        page = leave(client, community)
        number, pin = Request.objects.latest("pk").number, pin_of(page)
        stranger = Client()
        opened = send(stranger, here(community, "track/"), number=str(number), pin=pin, follow=True)

        shown = page.content.decode() + opened.content.decode()
        assert page.status_code == opened.status_code == 200
        assert str(first.request.number) not in shown
        assert "ليلى" not in shown
        assert "بعد العصر" not in shown
        assert 'id="thread"' in opened.content.decode()
        card = queries.track_card(
            request_id=Request.objects.latest("pk").public_id, viewer=make.GUEST, with_pin=True
        )
        assert (card.is_open, card.owner) == (True, "هند")

        make.triage(first.request.lines.get(), by=coordinator)

        page_of_it = stranger.get(opened.redirect_chain[-1][0]).content.decode()
        (line,) = queries.track_card(request_id=card.public_id, viewer=make.GUEST, with_pin=True).lines
        assert (line.line.state, line.line.close_reason) == ("closed", "")
        for words in (
            "طُلب مرّتين",
            "Asked twice",
            "في طلب آخر",
            "in another request",
            str(first.request.number),
        ):
            assert words not in page_of_it

    def test_is_neither_compared_nor_joined(self, community: Community, coordinator: Person):
        first, again = call(community).request, call(community).request
        other = make.make_request(community).request

        for one, seen in ((first, {other}), (other, {first}), (again, set())):
            found = queries.alike(request_id=one.public_id, viewer=coordinator)
            assert {card.request_id for card in found} == {row.public_id for row in seen}
        for keep, merge in ((first, again), (again, first), (other, again)):
            with pytest.raises(CannotMerge):
                services.merge_requests(
                    keep_id=keep.public_id, merge_id=merge.public_id, actor=coordinator, at=timezone.now()
                )

    def test_taken_back_leaves_the_first_waiting(self, community: Community, coordinator: Person):
        first = call(community).request
        again = call(community).request

        services.withdraw_line(
            line_id=again.lines.get().public_id, actor=make.GUEST, at=timezone.now(), with_pin=True
        )

        assert again.lines.get().close_reason == CloseReason.WITHDRAWN
        assert [row.line.request_number for row in waiting(community, coordinator)] == [first.number]

    def test_brings_a_call_back_that_was_put_off(self, community: Community, coordinator: Person):
        first = call(community, at=make.NOON).request
        services.log_contact(
            request_id=first.public_id,
            outcome=ContactOutcome.NO_ANSWER,
            actor=coordinator,
            at=make.NOON,
            follow_up_on=make.NOON.date() + timedelta(days=3),
        )
        an_hour_on = make.NOON + timedelta(hours=1)
        assert not queries.due(community=community, viewer=coordinator, at=an_hour_on)

        call(community, at=an_hour_on)

        (row,) = queries.due(community=community, viewer=coordinator, at=an_hour_on + timedelta(hours=1))
        assert (row.kind, row.request_number) == (DueKind.CALL, first.number)

    def test_is_not_promised_a_later_call_than_before(self, community: Community):
        first = call(community, at=make.NOON).request
        promised = first.call_by

        call(community, at=make.NOON + timedelta(days=1))

        first.refresh_from_db()
        assert first.call_by == promised

    def test_goes_on_with_the_request_that_the_first_was_joined_to(
        self, community: Community, coordinator: Person
    ):
        first = call(community).request
        call(community)
        kept = make.make_request(community).request

        services.merge_requests(
            keep_id=kept.public_id, merge_id=first.public_id, actor=coordinator, at=timezone.now()
        )

        assert queries.request_card(request_id=kept.public_id, viewer=coordinator).asked_again == 1
        assert call(community).request.repeats == kept
