"""The fairness board: what is counted, what is too little to say, who reads it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tadamun.foundation.communities.errors import RoleNeeded
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.places.models import Area, Place
from tadamun.pillars.aid.needs import queries
from tadamun.pillars.aid.needs.cards import Fairness, Fared
from tadamun.pillars.aid.needs.models import NeedLine, Request
from tadamun.pillars.aid.needs.queries.fairness import HALF, waited_at_most, waiting_twice
from tadamun.pillars.aid.needs.vocabulary import CloseReason, LineState
from tests.aid import make
from tests.aid.make import NOON

DAY = timedelta(days=1)


def page_url(community: Community) -> str:
    return reverse("needs:fairness", args=[community.slug])


def request_in(community: Community, area: Area | None, *, confidential: bool = False) -> Request:
    """A request at a place of its own."""
    request = make.make_request(community).request
    request.lines.all().delete()
    request.place = Place.objects.create(area=area, confidential=confidential)
    request.save()
    return request


def lines(
    request: Request,
    count: int,
    *,
    waited: timedelta,
    state: LineState = LineState.OPEN,
    quantity: int = 1,
    delivered: int = 0,
    category: str = "food-parcel",
    reason: str = "",
    ended: timedelta | None = None,
) -> None:
    """So many lines alike, which came in so long before NOON; `ended` is how long after that."""
    since = NOON - waited
    end = since + (ended or timedelta())
    NeedLine.objects.bulk_create(
        NeedLine(
            request=request,
            community=request.community,
            category=make.make_category(category),
            quantity=quantity,
            reserved=delivered,
            promised=delivered,
            delivered=delivered,
            state=state,
            tier=2,
            tier_reason="ordinary",
            waiting_since=since,
            met_at=end if state == LineState.MET else None,
            closed_at=end if state == LineState.CLOSED else None,
            close_reason=reason,
        )
        for _ in range(count)
    )


def seen(community: Community, viewer: Person, *, days: int | None = None) -> Fairness:
    return queries.fairness(community=community, viewer=viewer, at=NOON, days=days)


def of(rows: tuple[Fared, ...], name: str) -> Fared:
    (row,) = [row for row in rows if row.name == name]
    return row


@pytest.fixture
def usual(community: Community) -> Area:
    """The area that everything is compared with."""
    return community.areas.get()


@pytest.fixture
def east(community: Community) -> Area:
    """Another area."""
    return make.make_area(community, name="الحارة الشرقية", km=1)


@pytest.fixture
def example(community: Community, usual: Area, east: Area) -> None:
    """Twenty lines in one area, twelve in the other; worked out by hand in the tests."""
    here = request_in(community, usual)
    lines(here, 10, waited=20 * DAY, ended=2 * DAY, state=LineState.MET, quantity=2, delivered=2)
    lines(here, 4, waited=3 * DAY, state=LineState.PART_MATCHED, quantity=5, delivered=1)
    lines(here, 4, waited=5 * DAY)
    lines(here, 2, waited=40 * DAY, ended=DAY, state=LineState.CLOSED, reason=CloseReason.WITHDRAWN)
    there = request_in(community, east)
    lines(there, 1, waited=20 * DAY, ended=DAY, state=LineState.MET, delivered=1, category="blankets")
    lines(there, 11, waited=9 * DAY, category="blankets")


@pytest.mark.usefixtures("example")
class TestWhatIsCounted:
    def test_every_line_stands_in_one_of_four_columns(self, community, coordinator, usual):
        row = of(seen(community, coordinator).areas, usual.name)

        assert (row.asked, row.met, row.part_met, row.still_open, row.ended) == (20, 10, 4, 4, 2)

    def test_the_share_is_that_of_the_units(self, community, coordinator, usual):
        row = of(seen(community, coordinator).areas, usual.name)

        # 10 × 2 of 2, 4 × 1 of 5, 4 × 0 of 1, 2 × 0 of 1
        assert row.share == pytest.approx((20 + 4) / (20 + 20 + 4 + 2))

    def test_waits_end_with_the_receipt_and_go_on_where_there_is_none(self, community, coordinator, usual):
        row = of(seen(community, coordinator).areas, usual.name)

        # Ten waited two days, four wait three, four wait five; the two withdrawn ones are not counted.
        assert (row.half, row.most) == (2 * 24, 5 * 24)

    def test_areas_and_categories_are_cut_from_the_same_lines(self, community, coordinator, usual, east):
        found = seen(community, coordinator)

        assert found.whole.asked == 32
        assert [row.name for row in found.areas] == [east.name, usual.name]
        assert sum(row.asked for row in found.areas) == sum(row.asked for row in found.categories) == 32
        for name in ("asked", "met", "part_met", "still_open", "ended"):
            assert sum(getattr(row, name) for row in found.areas) == getattr(found.whole, name)
        assert {row.key: row.asked for row in found.categories} == {"food": 20, "household": 12}

    def test_a_span_holds_what_came_in_within_it(self, community, coordinator):
        assert seen(community, coordinator, days=30).whole.asked == 30
        assert seen(community, coordinator, days=90).whole.asked == 32
        assert seen(community, coordinator, days=10).whole.asked == 19


class TestWhatIsLeftOut:
    def test_confidential_places_money_and_what_was_asked_twice(self, community, coordinator, usual):
        lines(request_in(community, usual, confidential=True), 12, waited=DAY)
        here = request_in(community, usual)
        lines(here, 12, waited=DAY, category="bill")
        lines(here, 12, waited=DAY, ended=DAY, state=LineState.CLOSED, reason=CloseReason.DUPLICATE)

        assert seen(community, coordinator).whole.asked == 0

    def test_other_communities(self, community, coordinator, usual):
        other = make.make_community()
        lines(request_in(other, make.make_area(other)), 12, waited=DAY)

        assert seen(community, coordinator).whole.asked == 0

    def test_a_place_without_an_area_is_counted_and_compared_with_none(self, community, coordinator, usual):
        lines(request_in(community, usual), 11, waited=DAY)
        lines(request_in(community, None), 11, waited=30 * DAY)

        found = seen(community, coordinator)

        assert of(found.areas, "").asked == 11
        assert found.slow == ()


class TestTooFewToSay:
    def test_ten_lines_say_how_many_and_nothing_else(self, community, coordinator, usual):
        lines(request_in(community, usual), 10, waited=DAY)

        row = of(seen(community, coordinator).areas, usual.name)

        assert row == Fared(key=usual.public_id, name=usual.name, asked=10)
        assert row.few

    def test_eleven_lines_say_all(self, community, coordinator, usual):
        lines(request_in(community, usual), 11, waited=DAY)

        row = of(seen(community, coordinator).areas, usual.name)

        assert (row.share, row.half, row.most) == (0, 24, 24)

    def test_ten_waits_among_more_lines_say_no_wait(self, community, coordinator, usual):
        here = request_in(community, usual)
        lines(here, 10, waited=DAY)
        lines(here, 5, waited=DAY, ended=DAY, state=LineState.CLOSED, reason=CloseReason.EXPIRED)

        row = of(seen(community, coordinator).areas, usual.name)

        assert (row.share, row.half, row.most) == (0, None, None)

    def test_an_area_of_few_is_not_called_slow(self, community, coordinator, usual, east):
        lines(request_in(community, usual), 20, waited=DAY)
        lines(request_in(community, east), 10, waited=9 * DAY)

        assert seen(community, coordinator).slow == ()


class TestTheNudge:
    @pytest.mark.usefixtures("example")
    def test_names_the_area_and_leads_to_its_open_lines(self, browser_of, community, coordinator, east):
        move = timezone.now() - NOON
        for line in NeedLine.objects.all():
            line.waiting_since += move
            line.met_at = line.met_at and line.met_at + move
            line.save()
        desk = browser_of(coordinator)

        html = desk.get(page_url(community), {"span": "all"}).content.decode()

        (slow,) = desk.get(page_url(community), {"span": "all"}).context["slow"]
        assert slow.key == east.public_id
        assert "waits at least twice as long as the other areas" in html
        there = f"{reverse('needs:board', args=[community.slug])}?show=open&amp;area={east.public_id}"
        assert f'href="{there}"' in html
        listed = desk.get(there.replace("&amp;", "&")).context["lines"]
        assert len(listed) == 11
        assert {row.line.area for row in listed} == {east.name}

    def test_one_line_that_nobody_could_meet_does_not_make_an_area_slow(self):
        waits = {"here": [20.0, 22.0, 24.0, 2000.0], "there": [20.0, 22.0, 24.0]}

        assert waiting_twice(waits=waits) == {}

    def test_exactly_twice_is_twice(self):
        assert waiting_twice(waits={"here": [2.0], "there": [1.0]}) == {"here": 1.0}
        assert waiting_twice(waits={"here": [1.9], "there": [1.0]}) == {}

    def test_a_single_area_is_compared_with_nobody(self):
        assert waiting_twice(waits={"here": [5.0, 9.0]}) == {}

    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 9)), min_size=2, max_size=24))
    def test_finds_what_sorting_the_others_anew_would_find(self, pairs):
        waits = {area: [float(wait) for other, wait in pairs if other == area] for area in dict(pairs)}

        found = waiting_twice(waits=waits)

        for area, own in waits.items():
            others = sorted(float(wait) for other, wait in pairs if other != area)
            rest = waited_at_most(others, percent=HALF) if others else 0.0
            slow = waited_at_most(sorted(own), percent=HALF) >= 2 * rest > 0
            assert found.get(area) == (rest if slow else None)


@pytest.mark.parametrize(
    ("count", "percent", "expected"), [(1, 90, 1), (10, 90, 9), (11, 90, 10), (110, 90, 99), (10, 50, 5)]
)
def test_so_many_of_a_hundred_have_waited_at_most_this_long(count, percent, expected):
    assert waited_at_most([float(n) for n in range(1, count + 1)], percent=percent) == expected


class TestTheBoardOfOneArea:
    def test_shows_its_lines_alone_and_a_way_back(self, desk, community, coordinator, usual, east):
        make.make_line(community, by=coordinator, area=usual)
        line = make.make_line(community, by=coordinator, area=east)

        page = desk.get(
            reverse("needs:board", args=[community.slug]), {"show": "open", "area": east.public_id}
        )

        assert [row.line.public_id for row in page.context["lines"]] == [line.public_id]
        html = page.content.decode()
        assert f"Only from <bdi>{east.name}</bdi>." in html
        assert f"?show=urgent&amp;area={east.public_id}" in html

    def test_does_not_tell_that_a_confidential_place_lies_there(self, desk, community, coordinator, usual):
        line = make.make_line(community, by=coordinator, area=usual)
        Place.objects.filter(pk=line.request.place_id).update(confidential=True)

        page = desk.get(
            reverse("needs:board", args=[community.slug]), {"show": "open", "area": usual.public_id}
        )

        assert page.context["lines"] == []

    def test_an_unknown_area_has_no_lines(self, desk, community, coordinator, usual):
        make.make_line(community, by=coordinator, area=usual)

        page = desk.get(reverse("needs:board", args=[community.slug]), {"show": "open", "area": "nowhere"})

        assert page.status_code == 200
        assert page.context["lines"] == []


class TestThePage:
    @pytest.mark.parametrize("role", ["coordinator", "auditor"])
    def test_is_open_to_coordinators_and_auditors(self, browser_of, community, usual, role):
        lines(request_in(community, usual), 12, waited=DAY)
        reader = make.make_member(community, role)

        page = browser_of(reader).get(page_url(community), {"span": "all"})

        assert page.status_code == 200
        assert page.context["whole"].asked == 12

    def test_an_auditor_is_not_sent_to_the_board(self, browser_of, community, example):
        board = reverse("needs:board", args=[community.slug])
        auditor = make.make_member(community, "auditor")

        page = browser_of(auditor).get(page_url(community), {"span": "all"})

        assert board not in page.content.decode()

    @pytest.mark.parametrize("role", ["member", "volunteer", "steward"])
    def test_is_closed_to_everybody_else(self, browser_of, community, role):
        person = make.make_member(community, *([] if role == "member" else [role]))

        assert browser_of(person).get(page_url(community)).status_code == 403
        with pytest.raises(RoleNeeded):
            seen(community, person)

    def test_a_coordinator_of_another_community_is_a_stranger_here(self, browser_of, community):
        stranger = make.make_coordinator(make.make_community())

        assert browser_of(stranger).get(page_url(community)).status_code == 403

    @pytest.mark.usefixtures("example")
    def test_draws_each_row_that_the_table_has_and_says_it_in_words(self, desk, community, east):
        html = desk.get(page_url(community), {"span": "all"}).content.decode()

        drawings = html.count('<svg class="spread" role="img"')
        rows = html.count('<th scope="row">') - html.count("<tfoot>")
        assert drawings == 2 * rows == 8
        assert html.count(f'aria-label="half {self.words(desk, community, east)}"') == 2
        assert "style=" not in html
        assert "<script" not in html.split("<main")[1].split("</main>")[0]

    @staticmethod
    def words(desk: Client, community: Community, area: Area) -> str:
        page = desk.get(page_url(community), {"span": "all"})
        row = of(page.context["parts"][0]["rows"], area.name)
        days = int(row.most // 24)
        return f"{int(row.half // 24)} days, nine in ten {days} days"

    def test_says_so_where_there_are_too_few(self, desk, community, coordinator):
        make.make_line(community, by=coordinator, at=timezone.now() - DAY)

        html = desk.get(page_url(community)).content.decode()

        assert html.count("too few to say") > 2
        assert "%" not in html.split("<tbody>")[1].split("</table>")[0]

    def test_a_community_without_needs_is_told_so(self, desk, community):
        assert "No need came in within this time." in desk.get(page_url(community)).content.decode()

    @pytest.mark.parametrize(("asked", "used"), [("", "90"), ("30", "30"), ("all", "all"), ("7", "90")])
    def test_an_unknown_span_is_the_usual_one(self, desk, community, asked, used):
        assert desk.get(page_url(community), {"span": asked}).context["span"] == used

    def test_a_switched_off_part_has_no_fairness(self, desk, community):
        community.switched_off = ["needs"]
        community.save()

        assert desk.get(page_url(community)).status_code == 404

    def test_rounds_and_board_lead_there(self, desk, browser_of, community):
        auditor = browser_of(make.make_member(community, "auditor"))
        volunteer = browser_of(make.make_member(community, "volunteer"))
        rounds = reverse("needs:rounds", args=[community.slug])

        for client, address in (
            (desk, reverse("needs:board", args=[community.slug])),
            (desk, rounds),
            (auditor, rounds),
        ):
            assert page_url(community) in client.get(address).content.decode()
        assert page_url(community) not in volunteer.get(rounds).content.decode()


def test_many_lines_take_as_many_queries_as_one(
    community: Community,
    coordinator: Person,
    usual: Area,
    east: Area,
    django_assert_num_queries: Callable[..., object],
) -> None:
    lines(request_in(community, usual), 1, waited=DAY)
    seen(community, coordinator)
    with django_assert_num_queries(3):
        seen(community, coordinator)
    for area in (usual, east, None):
        for category in ("food-parcel", "blankets", "infant-formula", "night"):
            lines(request_in(community, area), 20, waited=DAY, category=category)

    with django_assert_num_queries(3):
        found = seen(community, coordinator)

    assert found.whole.asked == 241
