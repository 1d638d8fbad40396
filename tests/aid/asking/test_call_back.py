"""«نتّصل نحن بك»: a phone number is enough."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import ConsentNeeded, PhoneOrReasonNeeded
from tadamun.pillars.aid.needs.models import Request
from tadamun.pillars.aid.needs.vocabulary import LineState, Origin
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
