"""The list of the day: each kind of row comes and goes, with its owner and its date; and whom it is open to."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import CoordinatorsOnly
from tadamun.pillars.aid.needs.models import NeedLine, Offer, Request
from tadamun.pillars.aid.needs.vocabulary import CloseReason, ContactOutcome, DueKind, EndReason, Tier
from tests.aid import make
from tests.aid.make import NOON

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
ONE_OF_EACH = {DueKind.CALL, DueKind.STILL_NEEDED, DueKind.NO_TIME, DueKind.PERISHABLE}


@pytest.fixture
def see(community, coordinator):
    """The rows of one kind as they stand at a moment."""

    def rows(kind, *, at, mine=False):
        found = queries.due(community=community, viewer=coordinator, at=at, mine=mine)
        return [card for card in found if card.kind == kind]

    return rows


def call(line, outcome, *, by, at, on=None):
    services.log_contact(request_id=line.request.public_id, outcome=outcome, actor=by, at=at, follow_up_on=on)


def today_here():
    """The calendar day in the community, whose pages have the real clock."""
    return timezone.localdate(timezone=ZoneInfo("Asia/Amman"))


def page_url(community):
    return reverse("needs:due", args=[community.slug])


class TestCalls:
    def test_a_promised_call_stands_there_until_somebody_is_reached(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator)

        (card,) = see(DueKind.CALL, at=NOON)
        assert (card.request_number, card.owner, card.overdue) == (line.request.number, "هند", False)
        assert card.owned_by_viewer
        (late,) = see(DueKind.CALL, at=NOON + DAY)
        assert late.overdue

        call(line, ContactOutcome.REACHED, by=coordinator, at=NOON)
        assert see(DueKind.CALL, at=NOON + DAY) == []

    def test_a_call_in_vain_is_enough_for_the_day_and_comes_back_the_next(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator)
        call(line, ContactOutcome.NO_ANSWER, by=coordinator, at=NOON)

        assert see(DueKind.CALL, at=NOON + HOUR) == []
        assert len(see(DueKind.CALL, at=NOON + DAY)) == 1

    def test_a_call_to_be_made_again_belongs_to_whoever_logged_the_last_one(
        self, see, community, coordinator
    ):
        line = make.make_line(community, by=coordinator)
        other = make.make_coordinator(community, name="رامي سعد")
        call(line, ContactOutcome.CALL_LATER, by=other, at=NOON, on=date(2026, 3, 3))

        assert see(DueKind.FOLLOW_UP, at=NOON + DAY) == []
        assert see(DueKind.CALL, at=NOON + DAY) == []
        (card,) = see(DueKind.FOLLOW_UP, at=NOON + 2 * DAY)
        assert (card.owner, card.day, card.overdue) == ("رامي", date(2026, 3, 3), False)
        assert see(DueKind.FOLLOW_UP, at=NOON + 3 * DAY)[0].overdue

        services.take_over(request_id=line.request.public_id, actor=coordinator, at=NOON + 2 * DAY)
        (card,) = see(DueKind.FOLLOW_UP, at=NOON + 2 * DAY)
        assert (card.owner, card.owned_by_viewer) == ("هند", True)

        call(line, ContactOutcome.REACHED, by=coordinator, at=NOON + 2 * DAY)
        assert see(DueKind.FOLLOW_UP, at=NOON + 2 * DAY) == []

    def test_three_tries_in_vain_ask_for_another_way(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator)
        for days in range(3):
            assert see(DueKind.UNREACHABLE, at=NOON + days * DAY) == []
            call(line, ContactOutcome.NO_ANSWER, by=coordinator, at=NOON + days * DAY)

        assert len(see(DueKind.UNREACHABLE, at=NOON + 2 * DAY)) == 1
        assert see(DueKind.CALL, at=NOON + 3 * DAY) == []

        services.end_line(
            line_id=line.public_id, reason=CloseReason.EXPIRED, actor=coordinator, at=NOON + 3 * DAY
        )
        assert see(DueKind.UNREACHABLE, at=NOON + 3 * DAY) == []

    def test_what_is_put_off_after_three_tries_comes_back_on_its_day(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator)
        for days in range(3):
            call(line, ContactOutcome.NO_ANSWER, by=coordinator, at=NOON + days * DAY)
        call(line, ContactOutcome.NO_ANSWER, by=coordinator, at=NOON + 2 * DAY, on=date(2026, 3, 10))

        assert see(DueKind.UNREACHABLE, at=NOON + 3 * DAY) == []
        assert len(see(DueKind.FOLLOW_UP, at=NOON + 9 * DAY)) == 1

    def test_a_joined_request_keeps_the_call_that_was_promised_for_either(self, see, community, coordinator):
        first, second = (make.make_line(community, by=coordinator) for _ in range(2))
        call(first, ContactOutcome.REACHED, by=coordinator, at=NOON)
        call(second, ContactOutcome.CALL_LATER, by=coordinator, at=NOON, on=date(2026, 3, 4))
        services.merge_requests(
            keep_id=first.request.public_id, merge_id=second.request.public_id, actor=coordinator, at=NOON
        )

        (card,) = see(DueKind.FOLLOW_UP, at=NOON + 3 * DAY)
        assert card.request_number == first.request.number


class TestHelpUnderWay:
    def test_an_invitation_that_runs_out_soon_or_is_long_unanswered(self, see, community, coordinator):
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
        match = make.invited_match(line, offer, by=coordinator)

        assert see(DueKind.INVITATION, at=NOON + 9 * HOUR) == []
        (card,) = see(DueKind.INVITATION, at=NOON + 10 * HOUR)
        assert (card.moment, card.line_id, card.overdue) == (match.expires_at, line.public_id, False)

        services.accept(match_id=match.public_id, actor=offer.giver, at=NOON + 10 * HOUR)
        assert see(DueKind.INVITATION, at=NOON + 10 * HOUR) == []

    def test_an_invitation_open_for_a_week_is_looked_at_after_a_day(self, see, community, coordinator):
        steward = make.make_member(community, "steward")
        services.change_policy(community=community, actor=steward, at=NOON, invitation_hours=168)
        make.invited_match(
            make.make_line(community, by=coordinator), make.make_offer(community), by=coordinator
        )

        assert see(DueKind.INVITATION, at=NOON + 23 * HOUR) == []
        assert len(see(DueKind.INVITATION, at=NOON + DAY)) == 1

    def test_a_promise_without_a_time_after_a_day(self, see, community, coordinator):
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
        match = make.accepted_match(line, offer, by=coordinator)

        assert see(DueKind.NO_TIME, at=NOON + 23 * HOUR) == []
        assert see(DueKind.NO_TIME, at=NOON + DAY)[0].line_id == line.public_id

        starts = NOON + 2 * DAY
        services.schedule(
            match_id=match.public_id, starts=starts, ends=starts + HOUR, actor=coordinator, at=NOON + DAY
        )
        assert see(DueKind.NO_TIME, at=NOON + DAY) == []

    def test_a_time_that_is_over_without_a_word(self, see, community, coordinator):
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
        match = make.scheduled_match(line, offer, by=coordinator, hours=1)

        assert see(DueKind.NO_WORD, at=NOON + 2 * HOUR) == []
        assert see(DueKind.NO_WORD, at=NOON + 4 * HOUR)[0].overdue

        services.did_not_happen(
            match_id=match.public_id, reason=EndReason.NOBODYS_FAULT, actor=coordinator, at=NOON + 4 * HOUR
        )
        assert see(DueKind.NO_WORD, at=NOON + 4 * HOUR) == []

    def test_a_handover_that_nobody_confirmed_after_a_day(self, see, community, coordinator):
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
        match = make.scheduled_match(line, offer, by=coordinator, hours=1)
        services.mark_handed_over(match_id=match.public_id, actor=offer.giver, at=NOON + 2 * HOUR)

        assert see(DueKind.UNCONFIRMED, at=NOON + DAY) == []
        assert len(see(DueKind.UNCONFIRMED, at=NOON + DAY + 2 * HOUR)) == 1

        services.confirm_receipt(match_id=match.public_id, actor=coordinator, at=NOON + 2 * DAY)
        assert see(DueKind.UNCONFIRMED, at=NOON + 2 * DAY) == []

    def test_a_stay_is_asked_about_only_after_its_nights(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator, category="night", quantity=3)
        offer = make.make_shelter_offer(community)
        match = make.accepted_match(line, offer, by=coordinator)
        for actor in (offer.giver, coordinator):
            services.check_in(match_id=match.public_id, actor=actor, at=NOON)

        assert see(DueKind.UNCONFIRMED, at=NOON + 3 * DAY) == []
        assert len(see(DueKind.UNCONFIRMED, at=NOON + 4 * DAY)) == 1

    def test_a_concern_until_a_coordinator_took_care_of_it(self, see, community, coordinator):
        line = make.make_line(community, by=coordinator, category="night")
        offer = make.make_shelter_offer(community)
        match = make.accepted_match(line, offer, by=coordinator)
        concern = services.raise_concern(
            match_id=match.public_id, body="باب لا يُقفل", actor=offer.giver, at=NOON
        )

        (card,) = see(DueKind.CONCERN, at=NOON + HOUR)
        assert card.overdue
        assert "باب" not in repr(card)

        services.handle_concern(concern_id=concern.pk, actor=coordinator, at=NOON + HOUR)
        assert see(DueKind.CONCERN, at=NOON + HOUR) == []


class TestWhatWaits:
    def test_money_that_was_sorted_and_has_waited_two_weeks(self, see, community, coordinator):
        line = make.make_request(community, categories=("bill",), quantity=45).request.lines.get()
        assert see(DueKind.MONEY, at=NOON + 15 * DAY) == []
        make.triage(line, by=coordinator, tier=Tier.HIGH)

        assert see(DueKind.MONEY, at=NOON + 13 * DAY) == []
        assert len(see(DueKind.MONEY, at=NOON + 14 * DAY)) == 1

        call(line, ContactOutcome.REACHED, by=coordinator, at=NOON + 14 * DAY, on=date(2026, 4, 1))
        assert see(DueKind.MONEY, at=NOON + 14 * DAY) == []

    def test_food_that_will_not_keep_while_something_is_left(self, see, community, coordinator):
        offer = make.make_offer(community, category="cooked-meal", quantity=1, best_before=date(2026, 3, 4))
        make.make_offer(community, category="cooked-meal", quantity=1, best_before=date(2026, 3, 20))

        assert see(DueKind.PERISHABLE, at=NOON) == []
        (card,) = see(DueKind.PERISHABLE, at=NOON + DAY)
        assert (card.offer_id, card.free, card.owner) == (offer.public_id, 1, "")

        line = make.make_line(community, by=coordinator, category="cooked-meal", at=NOON + DAY)
        make.invited_match(line, offer, by=coordinator, at=NOON + DAY)
        assert see(DueKind.PERISHABLE, at=NOON + DAY) == []

    def test_overdue_stands_first_then_today_and_of_a_day_first_what_spoils(self, community, coordinator):
        at = NOON + 2 * DAY
        make.make_offer(community, category="cooked-meal", best_before=date(2026, 3, 4))
        make.make_offer(community, category="cooked-meal", best_before=date(2026, 3, 3))
        make.make_line(community, by=coordinator, at=at)
        make.make_line(community, by=coordinator, at=NOON)

        shown = [(c.kind, c.overdue, c.day.day) for c in due_at(community, coordinator, at)]

        assert shown == [
            ("call", True, 1),
            ("perishable", False, 3),
            ("call", False, 3),
            ("perishable", False, 4),
        ]

    def test_what_spoils_is_chosen_before_what_lies_nearer(self, community, coordinator):
        make.make_offer(community, category="cooked-meal", km=0.2)
        hurries = make.make_offer(community, category="cooked-meal", km=2, best_before=date(2026, 3, 2))
        make.make_offer(community, category="cooked-meal", km=0.1, best_before=date(2026, 3, 20))
        line = make.make_line(community, by=coordinator, category="cooked-meal")

        choices = queries.choices_for(line_id=line.public_id, viewer=coordinator, at=NOON)
        offered = queries.offers(community=community, viewer=coordinator, at=NOON)

        assert choices[0].offer_id == hurries.public_id
        assert [card.distance_km for card in choices[1:]] == sorted(card.distance_km for card in choices[1:])
        assert offered[0].public_id == hurries.public_id

    def test_a_proposal_of_a_round_stays_the_first_choice(self, community, coordinator):
        near = make.make_offer(community, category="cooked-meal", km=0.2)
        line = make.make_line(community, by=coordinator, category="cooked-meal")
        row = services.ask_for_round(community=community, actor=coordinator, at=NOON)
        services.reckon_round(round_id=row.public_id, at=NOON)
        make.make_offer(community, category="cooked-meal", km=0.1, best_before=date(2026, 3, 2))

        choices = queries.choices_for(line_id=line.public_id, viewer=coordinator, at=NOON)

        assert [choice.offer_id == near.public_id for choice in choices] == [True, False]


def due_at(community, viewer, at, **options):
    return queries.due(community=community, viewer=viewer, at=at, **options)


class TestThePage:
    def test_says_what_whose_and_when_and_leads_to_where_it_is_done(self, desk, community, coordinator):
        line = make.make_line(community, by=coordinator, at=timezone.now() - 2 * DAY)

        page = desk.get(page_url(community))

        html = page.content.decode()
        assert page.status_code == 200
        assert "A call was promised" in html
        assert "Overdue" in html
        request_url = reverse("needs:request", args=[community.slug, line.request.public_id])
        assert f'href="{request_url}#contact"' in html
        assert desk.get(request_url).content.decode().count('id="contact"') == 1

    def test_says_that_nothing_waits(self, desk, community):
        html = desk.get(page_url(community)).content.decode()

        assert "Nothing is waiting for you today." in html

    def test_tells_nothing_of_who_asked(self, desk, community, coordinator):
        make.make_line(community, by=coordinator, at=timezone.now() - 2 * DAY)

        html = desk.get(page_url(community)).content.decode()

        for secret in ("ليلى", "شارع الزيتون", "791234567", "الباب الخلفي"):
            assert secret not in html

    def test_a_confidential_place_shows_no_area(self, see, community, coordinator):
        area = make.make_area(community, name="الحارة السرّية")
        line = make.make_line(community, by=coordinator, area=area)
        assert see(DueKind.CALL, at=NOON)[0].area == "الحارة السرّية"
        line.request.place.confidential = True
        line.request.place.save()

        assert see(DueKind.CALL, at=NOON)[0].area == ""

    def test_mine_leaves_out_what_others_see_to(self, desk, browser_of, community, coordinator):
        line = make.make_line(community, by=coordinator, at=timezone.now() - DAY)
        other = make.make_coordinator(community, name="رامي سعد")
        services.take_over(request_id=line.request.public_id, actor=other, at=timezone.now())

        assert "A call was promised" not in desk.get(page_url(community), {"show": "mine"}).content.decode()
        theirs = browser_of(other).get(page_url(community), {"show": "mine"}).content.decode()
        assert "A call was promised" in theirs
        everything = desk.get(page_url(community)).content.decode()
        assert "رامي" in everything

    def test_what_nobody_sees_to_is_taken_on_with_one_press(self, desk, browser_of, community, coordinator):
        line = make.make_line(community, by=coordinator, at=timezone.now() - DAY)
        Request.objects.update(owner=None)
        take = reverse("needs:due_take", args=[community.slug, line.request.public_id])
        html = desk.get(page_url(community)).content.decode()
        assert "Nobody sees to it" in html
        assert f'action="{take}"' in html

        assert "It is yours now." in desk.post(take, follow=True).content.decode()
        other = browser_of(make.make_coordinator(community, name="رامي سعد"))
        assert "Somebody else took it on" in other.post(take, follow=True).content.decode()

        assert Request.objects.get().owner == coordinator
        assert f'action="{take}"' not in desk.get(page_url(community)).content.decode()

    def test_food_that_will_not_keep_is_taken_on_by_the_first_who_presses(self, desk, browser_of, community):
        offer = make.make_offer(
            community, category="cooked-meal", best_before=today_here() + DAY, at=timezone.now()
        )
        take = reverse("needs:due_take_offer", args=[community.slug, offer.public_id])
        assert f'action="{take}"' in desk.get(page_url(community)).content.decode()

        desk.post(take)
        browser_of(make.make_coordinator(community, name="رامي سعد")).post(take)

        assert Offer.objects.get().owner.first_name == "هند"
        assert f'action="{take}"' not in desk.get(page_url(community)).content.decode()

    def test_the_board_and_the_first_page_lead_there(self, desk, community, coordinator):
        make.make_line(community, by=coordinator, at=timezone.now() - 2 * DAY)

        board = desk.get(reverse("needs:board", args=[community.slug]))
        home = desk.get(reverse("web:community_home", args=[community.slug]))

        assert board.context["due"] == 1
        assert f'href="{page_url(community)}"' in board.content.decode()
        assert f'href="{page_url(community)}"' in home.content.decode()

    @pytest.mark.parametrize("role", ["stranger", "elsewhere", "volunteer", "steward", "auditor"])
    def test_is_closed_to_everybody_else(self, browser_of, community, coordinator, role):
        line = make.make_line(community, by=coordinator)
        offer = make.make_offer(community, category="cooked-meal")
        person = {
            "stranger": lambda: None,
            "elsewhere": lambda: make.make_coordinator(make.make_community()),
            "volunteer": lambda: make.make_member(community, "volunteer"),
            "steward": lambda: make.make_member(community, "steward"),
            "auditor": lambda: make.make_member(community, "auditor"),
        }[role]()
        visitor, refused = browser_of(person), 302 if person is None else 403

        assert visitor.get(page_url(community)).status_code == refused
        for name, thing in (("due_take", line.request), ("due_take_offer", offer)):
            Request.objects.update(owner=None)
            answer = visitor.post(reverse(f"needs:{name}", args=[community.slug, thing.public_id]))
            assert answer.status_code == refused
        assert Request.objects.get().owner is None
        assert Offer.objects.get().owner is None
        if person is not None:
            with pytest.raises(CoordinatorsOnly):
                queries.due(community=community, viewer=person, at=NOON)

    def test_nothing_of_another_community_is_found_here(self, desk, community, coordinator):
        elsewhere = make.make_community()
        other = make.make_coordinator(elsewhere)
        line = make.make_line(elsewhere, by=other, at=timezone.now() - 2 * DAY)
        offer = make.make_offer(
            elsewhere, category="cooked-meal", best_before=today_here(), at=timezone.now()
        )

        assert "Nothing is waiting" in desk.get(page_url(community)).content.decode()
        for name, thing in (("due_take", line.request), ("due_take_offer", offer)):
            answer = desk.post(reverse(f"needs:{name}", args=[community.slug, thing.public_id]))
            assert answer.status_code in {403, 404}

    def test_a_long_list_takes_as_many_queries_as_a_short_one(
        self, desk, community, coordinator, django_assert_num_queries
    ):
        at = timezone.now()

        def one_of_each():
            make.make_line(community, by=coordinator, at=at - 2 * DAY)
            line = make.make_line(community, by=coordinator, at=at - 2 * DAY)
            make.accepted_match(line, make.make_offer(community), by=coordinator, at=at - 2 * DAY)
            make.make_offer(community, category="cooked-meal", best_before=today_here(), at=at)
            still = make.make_line(community, by=coordinator, at=at - 40 * DAY)
            NeedLine.objects.filter(pk=still.pk).update(still_asked_at=at - 9 * DAY)
            Request.objects.filter(pk=still.request_id).update(call_by=None)

        one_of_each()
        few = count_queries(lambda: due_at(community, coordinator, at))
        for _ in range(4):
            one_of_each()

        with django_assert_num_queries(few):
            rows = due_at(community, coordinator, at)
        assert [sum(row.kind == kind for row in rows) for kind in DueKind if kind in ONE_OF_EACH] == [
            10,
            5,
            5,
            5,
        ]


def count_queries(ask):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)
