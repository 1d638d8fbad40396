"""The plain list of needs: twenty a page in one state, in order, without a gap or a double, for coordinators."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

from django.urls import reverse

from tadamun.pillars.aid.needs.models import NeedLine
from tests.aid import make


def many(community, coordinator, count):
    """So many open lines of one request, each waiting a minute longer than the one before."""
    first = make.make_line(community, by=coordinator)
    NeedLine.objects.bulk_create(
        NeedLine(
            request=first.request,
            community=community,
            category=first.category,
            quantity=1,
            state=first.state,
            tier=number % 3,
            tier_reason="ordinary",
            waiting_since=first.waiting_since - timedelta(minutes=number),
        )
        for number in range(1, count)
    )


def test_pages_of_twenty_follow_each_other_most_severe_first(desk, community, coordinator):
    many(community, coordinator, 45)
    url, seen, sizes = reverse("needs:needs", args=[community.slug]), [], []
    query = "?state=open"
    while query:
        page = desk.get(url + query)
        seen += [card for _, card in page.context["rows"]]
        sizes.append(len(page.context["rows"]))
        onward = page.context["next"]
        query = f"?state=open&after={onward}" if onward else ""
        assert (f'href="{url}{query}"' in unescape(page.content.decode())) == bool(onward)

    assert sizes == [20, 20, 5]
    assert len({card.public_id for card in seen}) == 45
    places = [(card.tier, card.waiting_since) for card in seen]
    assert places == sorted(places)


def test_each_row_leads_to_its_line(desk, community, coordinator):
    line = make.make_line(community, by=coordinator)

    page = desk.get(reverse("needs:needs", args=[community.slug]))

    there = reverse("needs:request", args=[community.slug, line.request.public_id])
    assert f'href="{there}#line-{line.public_id}"' in page.content.decode()


def test_twenty_rows_take_as_many_queries_as_one(desk, community, coordinator, django_assert_max_num_queries):
    many(community, coordinator, 30)

    with django_assert_max_num_queries(8):
        page = desk.get(reverse("needs:needs", args=[community.slug]))
    assert len(page.context["rows"]) == 20


def test_an_unknown_state_shows_what_is_open_and_a_broken_place_is_said_to_be_so(
    desk, community, coordinator
):
    make.make_line(community, by=coordinator)
    url = reverse("needs:needs", args=[community.slug])

    assert desk.get(url, {"state": "'\"<"}).context["state"] == "open"
    assert desk.get(url, {"after": "x"}).status_code == 422
