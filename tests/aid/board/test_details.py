"""Completing and correcting a request that came in with gaps, and being told in time that an address is missing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tadamun.foundation.people.models import Reveal
from tadamun.foundation.trail.models import TrailEntry
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.errors import CoordinatorsOnly, NeedCannotMove, NoSuchNeed
from tadamun.pillars.aid.needs.vocabulary import ContactWay, Delivery, Origin
from tests.aid import make

SECRETS = ("قاسم", "791234567", "79 123 4567", "شارع الزيتون", "الباب الخلفي")


@pytest.fixture
def bare(community, coordinator):
    """What a hurried call leaves behind: a phone number and a kind of thing."""
    return make.make_request(
        community,
        area=None,
        address="",
        asker_name="",
        notes="",
        household_size=None,
        actor=coordinator,
        origin=Origin.PHONE,
        at=timezone.now(),
    ).request


def page_of(request):
    return reverse("needs:request_details", args=[request.community.slug, request.public_id])


def answers(request, **said):
    """The form as it stands, with other answers."""
    kept = {
        "area": "",
        "delivery": request.delivery,
        "contact_way": request.contact_way,
        "safe_hours": request.safe_hours,
        "household_size": request.household_size or "",
    }
    for line in request.lines.all():
        kept[f"quantity_{line.public_id}"] = line.quantity
    return {**kept, **said}


class TestCompleting:
    def test_enters_all_that_a_call_brings(self, desk, community, bare):
        area = make.make_area(community)
        line = bare.lines.get()

        answer = desk.post(
            page_of(bare),
            answers(
                bare,
                area=area.public_id,
                address="زقاق ٣",
                asker_name="أمّ سامر",
                household_size="٧",
                delivery="home",
                phone="0795550000",
                safe_hours="صباحًا",
                **{f"quantity_{line.public_id}": "٣"},
            ),
        )

        assert answer.status_code == 302
        kept = make.fresh_request(bare)
        assert (kept.place.area, kept.place.address) == (area, "زقاق ٣")
        assert (kept.asker_name, kept.household_size, kept.delivery) == ("أمّ سامر", 7, Delivery.HOME)
        assert (kept.phone, kept.safe_hours) == ("+962795550000", "صباحًا")
        assert kept.phone_hash
        assert kept.phone_hash != bare.phone_hash
        assert kept.lines.get().quantity == 3

    def test_writes_the_names_of_the_answers_on_the_trail_and_never_the_answers(
        self, desk, community, coordinator, bare
    ):
        desk.post(page_of(bare), answers(bare, address="زقاق ٣", asker_name="أمّ سامر", safe_hours="ليلًا"))

        (event,) = TrailEntry.objects.filter(verb="request_completed", thing_id=bare.public_id)
        assert event.data == {"fields": ["address", "asker_name", "safe_hours"]}
        assert event.actor == coordinator.public_id

    def test_changes_nothing_when_nothing_was_said(self, desk, community, coordinator):
        request = make.make_request(community, at=timezone.now(), safe_hours="صباحًا").request
        before = make.fresh_request(request)
        area = before.place.area.public_id

        assert desk.post(page_of(request), answers(request, area=area)).status_code == 302

        after = make.fresh_request(request)
        assert (after.asker_name, after.phone, after.notes) == (before.asker_name, before.phone, before.notes)
        assert (after.place.address, after.place.area) == (before.place.address, before.place.area)
        assert not TrailEntry.objects.filter(verb="request_completed").exists()

    def test_shows_nothing_that_is_revealed_with_a_reason_only(self, desk, community):
        request = make.make_request(community, at=timezone.now()).request

        html = desk.get(page_of(request)).content.decode()

        assert not any(secret in html for secret in SECRETS)
        assert "stays hidden" in html
        assert not Reveal.objects.exists()

    def test_does_not_say_where_a_confidential_place_is(self, desk, community):
        area = make.make_area(community, name="الوادي")
        request = make.make_request(community, at=timezone.now(), area=area, confidential=True).request

        html = desk.get(page_of(request)).content.decode()
        desk.post(page_of(request), answers(request, household_size="4"))

        assert f'value="{area.public_id}" selected' not in html
        assert make.fresh_request(request).place.area == area

    def test_takes_a_wrong_area_back(self, desk, community):
        request = make.make_request(community, at=timezone.now()).request

        desk.post(page_of(request), answers(request, area=""))

        place = make.fresh_request(request).place
        assert (place.area, place.cell) == (None, "")
        assert place.address

    def test_goes_never_below_what_somebody_was_asked_for(self, desk, community, coordinator):
        at = timezone.now()
        line = make.make_line(community, by=coordinator, quantity=5, at=at)
        make.accepted_match(line, make.make_offer(community, quantity=3, at=at), by=coordinator, at=at)

        page = desk.post(page_of(line.request), answers(line.request, **{f"quantity_{line.public_id}": "2"}))

        line.refresh_from_db()
        assert (page.status_code, line.quantity) == (422, 5)
        with pytest.raises(NeedCannotMove):
            services.complete_request(
                request_id=line.request.public_id,
                said=services.Completion(asker_name="هباء", quantities={line.public_id: 2}),
                actor=coordinator,
                at=at,
            )
        assert make.fresh_request(line.request).asker_name != "هباء"

    def test_needs_a_phone_for_a_call(self, desk, community):
        request = make.make_request(
            community, phone="", contact_way=ContactWay.NEITHER, at=timezone.now()
        ).request

        page = desk.post(page_of(request), answers(request, contact_way="call", address="زقاق ٣"))

        assert page.status_code == 422
        assert "زقاق ٣" in page.content.decode()
        desk.post(page_of(request), answers(request, contact_way="call", phone="0795550000"))
        assert make.fresh_request(request).contact_way == ContactWay.CALL

    def test_a_new_number_is_worth_a_new_call(self, desk, community, coordinator, bare):
        bare.unreachable_since = timezone.now()
        bare.save()

        desk.post(page_of(bare), answers(bare, phone="0795550000"))

        assert make.fresh_request(bare).unreachable_since is None

    @pytest.mark.parametrize(
        "sent",
        [
            {"household_size": "61"},
            {"household_size": "٩" * 5000},
            {"phone": "call me"},
            {"delivery": "by-air"},
            {"area": "nowhere"},
            {"address": "ش" * 100_000},
            {"asker_name": "أ" * 100_000},
        ],
    )
    def test_refuses_what_cannot_be_with_a_sentence(self, desk, bare, sent):
        page = desk.post(page_of(bare), answers(bare, **sent))

        assert page.status_code == 422
        assert 'role="alert"' in page.content.decode()

    @pytest.mark.parametrize("role", ["elsewhere", "volunteer", "steward", "asker"])
    def test_is_closed_to_everybody_else(self, browser_of, community, role):
        asker = make.make_member(community)
        request = make.make_request(community, actor=asker, at=timezone.now()).request
        person = {
            "elsewhere": lambda: make.make_coordinator(make.make_community()),
            "volunteer": lambda: make.make_member(community, "volunteer"),
            "steward": lambda: make.make_member(community, "steward"),
            "asker": lambda: asker,
        }[role]()
        client = browser_of(person)

        pages = [client.get(page_of(request)), client.post(page_of(request), answers(request, address="x"))]

        assert {page.status_code for page in pages} == {403}
        with pytest.raises(CoordinatorsOnly):
            services.complete_request(
                request_id=request.public_id,
                said=services.Completion(address="x"),
                actor=person,
                at=timezone.now(),
            )
        assert make.fresh_request(request).place.address != "x"

    def test_takes_no_line_of_another_request(self, community, coordinator, bare):
        other = make.make_request(community, at=timezone.now()).request

        with pytest.raises(NoSuchNeed):
            services.complete_request(
                request_id=bare.public_id,
                said=services.Completion(quantities={other.lines.get().public_id: 9}),
                actor=coordinator,
                at=timezone.now(),
            )


class TestMissingAddress:
    @pytest.fixture
    def promised(self, community, coordinator):
        """A promise to bring something to a home of which only the quarter is known."""
        at = timezone.now()
        line = make.make_line(
            community, by=coordinator, at=at, address="", delivery=Delivery.HOME, origin=Origin.WEB
        )
        offer = make.make_offer(community, at=at, provides=("brought_home",))
        return make.accepted_match(line, offer, by=coordinator, at=at)

    def open(self, desk, match):
        request = match.line.request
        return desk.get(
            reverse("needs:request", args=[request.community.slug, request.public_id])
        ).content.decode()

    def test_is_said_on_the_page_and_where_the_time_is_settled(self, desk, promised):
        html = self.open(desk, promised)

        assert "no address is known yet" in html
        assert "Before a time is settled" in html
        assert page_of(promised.line.request) in html

    def test_is_said_beside_the_handover_of_the_day(self, desk, community, coordinator, promised):
        at = timezone.now()
        services.schedule(
            match_id=promised.public_id,
            starts=at + timedelta(minutes=1),
            ends=at + timedelta(minutes=2),
            actor=coordinator,
            at=at,
            night_is_agreed=True,
        )

        assert "No address yet" in desk.get(reverse("needs:board", args=[community.slug])).content.decode()

    def test_is_no_longer_said_once_it_is_known(self, desk, promised):
        request = promised.line.request
        desk.post(page_of(request), answers(request, area=request.place.area.public_id, address="زقاق ٣"))

        html = self.open(desk, promised)

        assert "no address is known yet" not in html
        assert "Before a time is settled" not in html

    def test_is_not_asked_for_what_is_picked_up(self, desk, community, coordinator):
        at = timezone.now()
        line = make.make_line(community, by=coordinator, at=at, address="", delivery=Delivery.PICK_UP)
        match = make.accepted_match(line, make.make_offer(community, at=at), by=coordinator, at=at)

        html = self.open(desk, match)

        assert "no address is known yet" not in html
        assert "Before a time is settled" not in html
