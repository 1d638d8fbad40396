"""The page of the list of the day: what it says, where it leads, and whom it is open to."""

from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import CoordinatorsOnly
from tadamun.pillars.aid.needs.models import NeedLine, Offer, Request
from tadamun.pillars.aid.needs.vocabulary import DueKind
from tests.aid import make
from tests.aid.board.calls import DAY, due_at
from tests.aid.make import NOON

ONE_OF_EACH = {DueKind.CALL, DueKind.STILL_NEEDED, DueKind.TELL, DueKind.NO_TIME, DueKind.PERISHABLE}


def today_here():
    """The calendar day in the community, whose pages have the real clock."""
    return timezone.localdate(timezone=ZoneInfo("Asia/Amman"))


def page_url(community):
    return reverse("needs:due", args=[community.slug])


def count_queries(ask):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


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
            5,
            5,
            5,
            5,
            5,
        ]
