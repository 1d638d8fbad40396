"""What is left of somebody who is forgotten, and what holds for two requests that were joined."""

import json

import pytest
from django.db import transaction

from tadamun.foundation.notices.models import Notice
from tadamun.foundation.people.models import Reveal
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import JoinedToAnother, NoSuchNeed, WrongPin
from tadamun.pillars.aid.needs.models import Match, Message, NeedLine, Offer, Request, StayConcern
from tadamun.pillars.aid.needs.services.records import forget_request
from tadamun.pillars.aid.needs.services.settling import locked_line
from tadamun.pillars.aid.needs.vocabulary import ContactWay, Delivery, LineState, MatchState
from tadamun.web import my_data
from tests.aid import make
from tests.aid.make import GUEST, NOON


@pytest.fixture
def asker(community):
    return make.make_member(community, name="ليلى قاسم")


def join(keep, merge, coordinator):
    return services.merge_requests(
        keep_id=keep.public_id, merge_id=merge.public_id, actor=coordinator, at=NOON
    )


class TestForgottenGiver:
    def test_what_they_promised_is_open_again_and_the_household_is_told(
        self, community, coordinator, asker, volunteer
    ):
        line = make.make_line(community, by=coordinator, actor=asker)
        match = make.scheduled_match(line, make.make_offer(community, giver=volunteer), by=coordinator)

        my_data.forget(person=volunteer, at=NOON)

        match.refresh_from_db()
        line.refresh_from_db()
        assert (match.state, line.state) == (MatchState.CANCELLED, LineState.OPEN)
        assert Notice.objects.filter(recipient=asker, kind="needs.helper_cannot").exists()

    def test_what_they_said_of_their_house_goes(self, community, coordinator, asker):
        offer = make.make_shelter_offer(community)
        line = make.make_line(community, by=coordinator, category="night", quantity=3, actor=asker)
        match = make.accepted_match(line, offer, by=coordinator)
        services.raise_concern(match_id=match.public_id, body="كُسر الباب", actor=offer.giver, at=NOON)

        my_data.forget(person=offer.giver, at=NOON)

        offer = Offer.objects.get(pk=offer.pk)
        assert (offer.giver_name, offer.detail, offer.allergens) == ("", "", "")
        assert (offer.shelter.house_rules, offer.shelter.about_house) == ("", "")
        assert StayConcern.objects.get().body == ""


class TestForgottenAsker:
    def test_neither_thanks_nor_a_joined_request_nor_the_pin_stays(self, community, coordinator, asker):
        asked = make.make_request(community, actor=asker)
        line = make.triage(asked.request.lines.get(), by=coordinator)
        match = make.confirmed_match(line, make.make_offer(community), by=coordinator)
        services.say_thanks(match_id=match.public_id, words="شكرًا من ليلى", actor=asker, at=NOON)
        again = make.make_request(community, actor=asker, notes="ليلى مرّة أخرى").request
        services.reveal_request(
            request_id=asked.request.public_id, reason="أتّصل بليلى قاسم", actor=coordinator, at=NOON
        )
        join(asked.request, again, coordinator)

        my_data.forget(person=asker, at=NOON)

        assert Match.objects.get().thanks == ""
        assert Reveal.objects.get().reason == ""
        for row in Request.objects.all():
            assert (row.asker_name, row.phone, row.notes, row.forgotten_at) == ("", None, "", NOON)
            assert (row.place.address, row.place.cell) == ("", "")
        with pytest.raises(WrongPin):
            services.open_with_pin(
                community=community,
                number=str(asked.request.number),
                pin=asked.pin,
                sender="192.0.2.1",
                at=NOON,
            )
        with pytest.raises(NoSuchNeed):
            queries.track_card(request_id=asked.request.public_id, viewer=GUEST, with_pin=True)

    def test_no_ready_text_with_the_phone_stays(self, community, coordinator, asker):
        guest = make.make_request(community, contact_way=ContactWay.MESSAGE).request
        line = make.triage(guest.lines.get(), by=coordinator)
        make.accepted_match(line, make.make_offer(community), by=coordinator)
        assert Notice.objects.filter(recipient__isnull=True).exists()

        with transaction.atomic():
            forget_request(request=guest, at=NOON)

        assert not Notice.objects.filter(recipient__isnull=True).exists()

    def test_no_words_of_whoever_looked_at_a_guests_request_stay(self, community, coordinator):
        first, other = (make.make_request(community).request for _ in range(2))
        for one in (first, other):
            services.reveal_request(
                request_id=one.public_id, reason="أتّصل بأم ليلى", actor=coordinator, at=NOON
            )

        with transaction.atomic():
            forget_request(request=first, at=NOON)

        looks = dict(Reveal.objects.values_list("about", "reason"))
        assert looks == {first.public_id: "", other.public_id: "أتّصل بأم ليلى"}

    def test_two_joined_requests_of_theirs_stand_in_their_records_and_go_whole(
        self, community, coordinator, asker
    ):
        keep, merge = (
            make.make_request(community, actor=asker, notes=f"ملاحظة {one}").request for one in "١٢"
        )
        services.write_message(request_id=merge.public_id, body="نسيت الحليب", actor=asker, at=NOON)
        join(keep, merge, coordinator)

        told = json.dumps(my_data.records_of(person=asker, at=NOON), default=str, ensure_ascii=False)
        my_data.forget(person=asker, at=NOON)

        assert all(words in told for words in ("ملاحظة ١", "ملاحظة ٢", "نسيت الحليب"))
        assert {(row.notes, row.phone) for row in Request.objects.all()} == {("", None)}
        assert not Message.objects.exists()


class TestJoined:
    def test_requirements_and_the_way_it_comes_hold_for_the_lines_that_moved(self, community, coordinator):
        keep = make.make_request(community, requirements=("halal",), delivery=Delivery.PICK_UP).request
        merge = make.make_request(
            community, requirements=("wheelchair",), delivery=Delivery.HOME, notes="لا مصعد"
        ).request

        kept = join(keep, merge, coordinator)

        kept.refresh_from_db()
        assert kept.requirements == ["halal", "wheelchair"]
        assert kept.delivery == Delivery.HOME
        assert "لا مصعد" in kept.notes

    def test_nothing_is_shown_in_public_that_was_not_agreed_to(self, community, coordinator):
        keep = make.make_request(community, shows_in_public=True).request
        merge = make.make_request(community).request

        assert join(keep, merge, coordinator).shows_in_public is False

    def test_a_place_that_nobody_may_know_stays_so(self, community, coordinator):
        keep = make.make_request(community).request
        merge = make.make_request(community, confidential=True).request

        kept = Request.objects.get(pk=join(keep, merge, coordinator).pk)

        assert kept.place.confidential

    def test_a_member_keeps_their_request_among_their_own(self, community, coordinator, asker):
        keep, merge = (make.make_request(community, actor=asker).request for _ in range(2))

        join(keep, merge, coordinator)

        assert queries.canonical_request_id(request_id=merge.public_id) == keep.public_id
        assert [card.public_id for card in queries.own_requests(viewer=asker)] == [keep.public_id]

    def test_a_guests_old_number_and_pin_reach_nothing_of_the_kept_one(self, community, coordinator):
        keep, merge = (make.make_request(community).request for _ in range(2))
        join(keep, merge, coordinator)
        old = {"request_id": merge.public_id, "actor": GUEST, "at": NOON, "with_pin": True}

        with pytest.raises(JoinedToAnother):
            queries.canonical_request_id(request_id=merge.public_id)
        with pytest.raises(JoinedToAnother):
            services.write_message(**old, body="أين وصل؟")
        with pytest.raises(JoinedToAnother):
            services.change_request(**old, notes="كلام غيري")
        with pytest.raises(JoinedToAnother):
            services.add_line(**old, details=services.LineDetails(category=make.make_category()))
        assert make.fresh_request(keep).notes == "الباب الخلفي"
        assert queries.canonical_request_id(request_id=keep.public_id) == keep.public_id

    def test_a_coordinator_goes_on_under_either_number(self, community, coordinator):
        keep, merge = (make.make_request(community).request for _ in range(2))
        join(keep, merge, coordinator)

        services.write_message(request_id=merge.public_id, body="نتّصل غدًا", actor=coordinator, at=NOON)

        assert Message.objects.get().request == keep

    def test_what_is_added_or_written_under_the_old_number_is_not_lost(self, community, coordinator, asker):
        keep, merge = (make.make_request(community, actor=asker).request for _ in range(2))
        join(keep, merge, coordinator)

        line = services.add_line(
            request_id=merge.public_id,
            details=services.LineDetails(category=make.make_category()),
            actor=GUEST,
            at=NOON,
            with_pin=True,
        )
        services.write_message(
            request_id=merge.public_id, body="نسيت الحليب", actor=GUEST, at=NOON, with_pin=True
        )

        assert (line.request, Message.objects.get().request) == (keep, keep)
        assert locked_line(pk=line.pk).request.merged_into is None


def test_a_sensitive_thing_added_takes_the_request_from_the_public_page(community):
    request = make.make_request(community, shows_in_public=True).request
    services.add_line(
        request_id=request.public_id,
        details=services.LineDetails(category=make.make_category("medicine", sensitive=True)),
        actor=GUEST,
        at=NOON,
        with_pin=True,
    )

    assert make.fresh_request(request).shows_in_public is False


def test_the_export_stays_readable_after_it(community, asker):
    make.make_request(community, actor=asker)
    my_data.forget(person=asker, at=NOON)

    assert "شارع" not in json.dumps(
        my_data.records_of(person=asker, at=NOON), default=str, ensure_ascii=False
    )
    assert NeedLine.objects.get().state == LineState.CLOSED
