"""The board: numbers, queue, one line in hand, map."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.urls import reverse
from django.utils import timezone

from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import Match, NeedLine
from tadamun.pillars.aid.needs.vocabulary import CloseReason, MatchState, Tier
from tests.aid import make
from tests.aid.make import NOON


def board_url(community):
    return reverse("needs:board", args=[community.slug])


def test_shows_the_most_severe_first_and_the_first_in_hand(desk, community, coordinator):
    ordinary = make.make_line(community, by=coordinator, category="blankets")
    severe = make.make_line(community, by=coordinator, category="infant-formula", tier=Tier.CRITICAL)
    offer = make.make_offer(community, category="infant-formula")

    page = desk.get(board_url(community), {"show": "open"})

    html = page.content.decode()
    assert page.status_code == 200
    assert html.index(severe.public_id) < html.index(ordinary.public_id)
    assert f'value="{offer.public_id}"' in html
    assert "Match and send the invitation" in html


def test_begins_with_what_is_to_be_sorted(desk, community):
    line = make.make_request(community).request.lines.get()

    page = desk.get(board_url(community))

    assert page.context["show"] == "triage"
    assert page.context["panel"].line.public_id == line.public_id


def test_what_nobody_has_sorted_counts_as_most_severe_then_the_longest_waiting(desk, community, coordinator):
    hour = timedelta(hours=1)
    severe = make.make_line(community, by=coordinator, tier=Tier.HIGH, at=NOON)
    services.end_line(line_id=severe.public_id, reason=CloseReason.EXPIRED, actor=coordinator, at=NOON)
    services.reopen_line(line_id=severe.public_id, actor=coordinator, at=NOON)
    later = make.make_request(community, at=NOON + 2 * hour).request.lines.get()
    first = make.make_request(community, at=NOON + hour).request.lines.get()

    page = desk.get(board_url(community), {"show": "triage"})

    shown = [card.line.public_id for card in page.context["lines"]]
    assert shown == [first.public_id, later.public_id, severe.public_id]
    assert "what is not sorted yet counts as most severe" in page.content.decode()


def test_money_that_is_sorted_waits_for_the_fund_and_is_not_to_be_sorted_again(desk, community, coordinator):
    line = make.make_request(community, categories=("bill",), quantity=45).request.lines.get()
    assert desk.get(board_url(community), {"show": "triage"}).context["figures"].in_triage == 1

    make.triage(line, by=coordinator, tier=Tier.HIGH)

    page = desk.get(board_url(community), {"show": "triage"})
    assert (page.context["figures"].in_triage, page.context["lines"]) == (0, [])
    (card,) = desk.get(board_url(community), {"show": "fund"}).context["lines"]
    assert card.line.public_id == line.public_id


def test_what_is_done_stands_latest_first_and_says_so(desk, community, coordinator):
    lines = [make.make_line(community, by=coordinator, at=NOON) for _ in range(3)]
    for hours, line in zip((1, 3, 2), lines, strict=True):
        services.end_line(
            line_id=line.public_id,
            reason=CloseReason.MET_BY_OTHERS,
            actor=coordinator,
            at=NOON + timedelta(hours=hours),
        )

    page = desk.get(board_url(community), {"show": "done"})

    shown = [card.line.public_id for card in page.context["lines"]]
    assert shown == [lines[1].public_id, lines[2].public_id, lines[0].public_id]
    assert "Latest first" in page.content.decode()


@pytest.mark.parametrize(
    ("currency", "shown"), [("JOD", "JOD\u00a045"), ("USD", "USD\u00a045"), ("IQD", "IQD\u00a045")]
)
def test_money_is_shown_with_the_communitys_currency(desk, community, currency, shown):
    community.currency = currency
    community.save()
    make.make_request(community, categories=("bill",), quantity=45)

    assert shown in desk.get(board_url(community), {"show": "triage"}).content.decode()


@pytest.mark.parametrize(
    "show",
    [
        "urgent",
        "triage",
        "open",
        "invited",
        "under_way",
        "confirm",
        "follow_up",
        "fund",
        "done",
        "<b>",
        "\x00",
    ],
)
def test_every_filter_opens_also_when_nothing_is_there(desk, community, show):
    assert desk.get(board_url(community), {"show": show, "line": "x", "category": "'\"<"}).status_code == 200


def test_narrows_by_category_itself_or_main(desk, community, coordinator):
    parcel = make.make_line(community, by=coordinator)
    make.make_line(community, by=coordinator, category="blankets")

    for code in ("food", "food-parcel"):
        page = desk.get(board_url(community), {"show": "open", "category": code})
        assert [card.line.public_id for card in page.context["lines"]] == [parcel.public_id]


def test_never_shows_name_phone_address_or_notes(desk, community, coordinator):
    make.make_line(community, by=coordinator)

    html = desk.get(board_url(community), {"show": "open"}).content.decode()

    for secret in ("قاسم", "0791234567", "791234567", "شارع الزيتون", "الباب الخلفي"):
        assert secret not in html


def test_a_confidential_place_is_in_no_list_and_on_no_map(desk, community, coordinator):
    make.make_area(community, name="الحارة السرّية", km=1)
    area = community.areas.get(name="الحارة السرّية")
    make.make_line(community, by=coordinator, area=area, confidential=True)

    page = desk.get(board_url(community), {"show": "open"})

    assert "الحارة السرّية" not in page.content.decode()
    assert page.context["sketch"] is None


def test_the_map_has_a_table_with_as_many_rows(desk, community, coordinator):
    for _ in range(3):
        make.make_line(community, by=coordinator)
    make.make_offer(community)

    page = desk.get(board_url(community), {"show": "open"})

    html = page.content.decode()
    drawn = len(page.context["sketch"].dots)
    table = html.split("As a list")[1].split("</table>")[0]
    assert drawn == 4
    assert table.count("<tr>") == drawn + 1
    assert "style=" not in html


def test_says_when_one_area_waits_twice_as_long(desk, community, coordinator):
    at = timezone.now()
    (usual,) = community.areas.all()
    slow = make.make_area(community, name="الحارة الشرقية", km=1)
    make.make_line(community, by=coordinator, at=at - timezone.timedelta(days=4), area=slow)
    make.make_line(community, by=coordinator, at=at - timezone.timedelta(days=1), area=usual)

    page = desk.get(board_url(community), {"show": "open"})

    assert page.context["slow"].area == "الحارة الشرقية"
    assert "waits twice as long" in page.content.decode()


@pytest.mark.parametrize("role", ["stranger", "elsewhere", "volunteer", "steward", "auditor"])
def test_is_closed_to_everybody_else(browser_of, community, coordinator, role):
    make.make_line(community, by=coordinator)
    person = {
        "stranger": lambda: None,
        "elsewhere": lambda: make.make_coordinator(make.make_community()),
        "volunteer": lambda: make.make_member(community, "volunteer"),
        "steward": lambda: make.make_member(community, "steward"),
        "auditor": lambda: make.make_member(community, "auditor"),
    }[role]()

    for name in ("board", "offers", "distributions"):
        page = browser_of(person).get(reverse(f"needs:{name}", args=[community.slug]))
        assert page.status_code == (302 if person is None else 403)


def test_a_switched_off_part_has_no_board(desk, community):
    community.switched_off = ["needs"]
    community.save()

    assert desk.get(board_url(community)).status_code == 404


def test_a_board_shows_twenty_of_two_hundred_lines_and_takes_few_queries(
    desk, community, coordinator, django_assert_max_num_queries
):
    first = make.make_line(community, by=coordinator)
    make.make_offer(community, quantity=5)
    NeedLine.objects.bulk_create(
        NeedLine(
            request=first.request,
            community=community,
            category=first.category,
            quantity=1,
            state=first.state,
            tier=2,
            tier_reason="ordinary",
            waiting_since=first.waiting_since,
        )
        for _ in range(199)
    )
    desk.get(board_url(community), {"show": "open"})

    with django_assert_max_num_queries(42):
        page = desk.get(board_url(community), {"show": "open"})
    assert (len(page.context["lines"]), page.context["page"].paginator.count) == (20, 200)
    assert "page=2" in page.content.decode()
    last = desk.get(board_url(community), {"show": "open", "page": "10"})
    on_both = {one.line.public_id for one in page.context["lines"] + last.context["lines"]}
    assert len(on_both) == 40


def test_the_queue_itself_takes_four(community, coordinator, django_assert_num_queries):
    from tadamun.pillars.aid.needs import queries

    for _ in range(5):
        make.make_line(community, by=coordinator)
    queries.figures(community=community, viewer=coordinator, at=make.NOON)

    with django_assert_num_queries(4):
        assert len(queries.queue(community=community, viewer=coordinator, at=make.NOON)) == 5


def test_a_line_somebody_is_asked_for_waits_for_the_answer_not_for_a_match(desk, community, coordinator):
    line = make.make_line(community, by=coordinator, tier=Tier.CRITICAL)
    make.invited_match(line, make.make_offer(community), by=coordinator)

    shown = {
        show: [
            card.line.public_id for card in desk.get(board_url(community), {"show": show}).context["lines"]
        ]
        for show in ("open", "urgent", "invited")
    }

    assert shown == {"open": [], "urgent": [], "invited": [line.public_id]}
    figures = desk.get(board_url(community)).context["figures"]
    assert (figures.urgent_open, figures.awaiting_answer) == (0, 1)


class TestInvite:
    def post(self, desk, line, offer, **data):
        url = reverse("needs:invite", args=[line.community.slug, line.request.public_id, line.public_id])
        return desk.post(url, {"offer": offer.public_id, **data}, follow=True)

    def test_the_first_choice_with_one_tap(self, desk, community, coordinator):
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)

        page = self.post(desk, line, offer, board="show=open", form_token="t1")

        assert Match.objects.get().state == MatchState.INVITED
        assert page.redirect_chain[-1][0] == f"{board_url(community)}?show=open"
        assert "The invitation is sent" in page.content.decode()

    def test_the_second_choice_needs_a_reason_that_is_kept(self, desk, community, coordinator):
        line = make.make_line(community, by=coordinator)
        make.make_offer(community, km=0.5)
        far = make.make_offer(community, km=2)

        refused = self.post(desk, line, far)
        assert refused.status_code == 422
        assert not Match.objects.exists()

        self.post(desk, line, far, change_reason="asker_wish")
        assert Match.objects.get().change_reason == "asker_wish"

    def test_posted_twice_makes_one_invitation_and_the_same_answer(self, desk, community, coordinator):
        line = make.make_line(community, by=coordinator, quantity=5)
        offer = make.make_offer(community, quantity=2)
        make.make_offer(community, quantity=2, km=3)

        for _ in range(2):
            page = self.post(desk, line, offer, form_token="same")
            assert "The invitation is sent" in page.content.decode()
        assert Match.objects.count() == 1

    def test_the_slower_of_two_coordinators_is_told(self, desk, browser_of, community, coordinator):
        first, second = (make.make_line(community, by=coordinator) for _ in range(2))
        offer = make.make_offer(community, quantity=1)
        self.post(desk, first, offer)

        other = browser_of(make.make_coordinator(community, name="رامي"))
        page = self.post(other, second, offer)

        assert "It was matched a moment ago" in page.content.decode()
        assert Match.objects.count() == 1

    def test_a_line_of_another_request_is_not_found(self, desk, community, coordinator):
        line, other = (make.make_line(community, by=coordinator) for _ in range(2))
        offer = make.make_offer(community)
        url = reverse("needs:invite", args=[community.slug, other.request.public_id, line.public_id])

        assert desk.post(url, {"offer": offer.public_id}).status_code == 404

    def test_what_the_board_was_narrowed_to_stays(self, desk, community, coordinator):
        lines = [make.make_line(community, by=coordinator) for _ in range(2)]
        offer, area = make.make_offer(community), community.areas.get()
        narrowed = {"show": "open", "category": "food", "area": area.public_id}

        page = desk.get(board_url(community), narrowed)
        (sent,) = {word for word in re.findall(r'name="board" value="([^"]*)"', page.content.decode())}
        page = self.post(desk, lines[0], offer, board=unescape(sent))

        assert parse_qs(page.redirect_chain[-1][0].partition("?")[2]) == {
            name: [value] for name, value in narrowed.items()
        }

    @pytest.mark.parametrize("hostile", ["", "x" * 1000, "\x00", "<script>", "' or 1=1"])
    def test_hostile_offers_are_refused_kindly(self, desk, community, coordinator, hostile):
        line = make.make_line(community, by=coordinator)
        url = reverse("needs:invite", args=[community.slug, line.request.public_id, line.public_id])

        page = desk.post(url, {"offer": hostile, "board": "\r\nX: y"}, follow=True)

        assert page.status_code in {200, 422}
        assert not Match.objects.exists()


class TestOffers:
    def test_a_long_list_takes_few_queries(self, desk, community, django_assert_max_num_queries):
        for _ in range(4):
            make.make_offer(community, category="home-repair")
        address = reverse("needs:offers", args=[community.slug])
        desk.get(address)

        with django_assert_max_num_queries(12):
            assert len(desk.get(address).context["offers"]) == 4

    def test_lists_what_keeps_an_offer_from_being_matched(self, desk, community, coordinator):
        offer = make.make_offer(community)
        services.pause_offer(
            offer_id=offer.public_id,
            until=timezone.localdate() + timezone.timedelta(days=9),
            actor=offer.giver,
            at=timezone.now(),
        )

        html = desk.get(reverse("needs:offers", args=[community.slug])).content.decode()

        assert "Paused" in html


def test_answers_a_category_with_a_nul_in_it(client, community, coordinator):
    client.force_login(coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.get(f"/c/{community.slug}/board/", {"category": "food\x00"}, follow=True)

    assert page.status_code == 200
