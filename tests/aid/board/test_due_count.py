"""The number of the list of the day is that of its rows; its parts are read page by page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import CoordinatorsOnly
from tadamun.pillars.aid.needs.models import NeedLine, Offer, Request
from tadamun.pillars.aid.needs.views.due import A_PAGE, FIRST_OF_EACH
from tadamun.pillars.aid.needs.vocabulary import ContactOutcome, ContactWay, Tier
from tests.aid import make
from tests.aid.make import NOON

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MOMENTS = [NOON + HOUR * hours for hours in (0, 1, 23, 25, 47, 49, 71, 73, 24 * 7, 24 * 15, 24 * 31)]


def agree(community, viewer, at):
    """The number of rows, by which the number alone has to stand."""
    rows = len(queries.due(community=community, viewer=viewer, at=at))
    assert queries.due_count(community=community, viewer=viewer, at=at) == rows, at
    return rows


def calls(community, coordinator):
    """Calls of every kind: promised, tried today, tried in vain, put off, called off."""
    lines = [make.make_line(community, by=coordinator, phone=f"+96279000000{n}") for n in range(6)]
    silent, later = ContactOutcome.NO_ANSWER, ContactOutcome.CALL_LATER
    tries = {1: [(silent, None)], 2: [(silent, None)] * 3, 3: [(later, date(2026, 3, 4))]}
    for place, outcomes in tries.items():
        for outcome, on in outcomes:
            services.log_contact(
                request_id=lines[place].request.public_id,
                outcome=outcome,
                actor=coordinator,
                at=NOON + HOUR,
                follow_up_on=on,
            )
    Request.objects.filter(pk=lines[4].request_id).update(forgotten_at=NOON)
    Request.objects.filter(pk=lines[5].request_id).update(merged_into=lines[0].request_id)


def silences(community, coordinator):
    """Lines that were asked about, by each way and with each sign of life."""
    for number, (way, heard, line_heard) in enumerate(
        (way, heard, line_heard)
        for way in ContactWay
        for heard in (None, NOON + DAY, NOON + 3 * DAY)
        for line_heard in (None, NOON + 3 * DAY)
    ):
        line = make.make_line(community, by=coordinator, phone=f"+9627910000{number:02d}")
        Request.objects.filter(pk=line.request_id).update(
            contact_way=way,
            heard_at=heard,
            call_by=None,
            **({"phone": None, "phone_hash": None} if number % 2 else {}),
        )
        NeedLine.objects.filter(pk=line.pk).update(still_asked_at=NOON + 2 * DAY, heard_at=line_heard)
    two = make.make_request(
        community, categories=("food-parcel", "cooked-meal"), phone="+962792000000"
    ).request
    Request.objects.filter(pk=two.pk).update(call_by=None)
    first, second = two.lines.order_by("pk")
    NeedLine.objects.filter(pk=first.pk).update(still_asked_at=NOON + DAY)
    NeedLine.objects.filter(pk=second.pk).update(still_asked_at=NOON + 10 * DAY)


def promises(community, coordinator):
    """An invitation, a promise, a time that is over, something handed over, and nights."""
    for step in range(2):
        line = make.make_line(community, by=coordinator, phone=f"+96279300000{step}")
        offer = make.make_offer(community)
        if step == 0:
            make.invited_match(line, offer, by=coordinator)
        else:
            match = make.accepted_match(line, offer, by=coordinator)
    for hours in (2, 30):
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
        match = make.scheduled_match(line, offer, by=coordinator, hours=hours)
    services.mark_handed_over(match_id=match.public_id, actor=offer.giver, at=NOON + 31 * HOUR)
    line = make.make_line(community, by=coordinator, category="night", quantity=3)
    host = make.make_shelter_offer(community)
    match = make.accepted_match(line, host, by=coordinator)
    for actor in (host.giver, coordinator):
        services.check_in(match_id=match.public_id, actor=actor, at=NOON)
    make.make_offer(community, category="cooked-meal", best_before=date(2026, 3, 2))
    spent = make.make_offer(community, category="cooked-meal", best_before=date(2026, 3, 2))
    Offer.objects.filter(pk=spent.pk).update(paused_until=date(2026, 3, 9))


@pytest.mark.parametrize("told", [calls, silences, promises])
def test_the_number_is_that_of_the_rows_at_every_moment(community, coordinator, told):
    told(community, coordinator)
    assert any([agree(community, coordinator, at) for at in MOMENTS])


def test_money_counts_once_it_has_waited_long(community, coordinator):
    line = make.make_request(community, categories=("money",)).request.lines.get()
    make.triage(line, by=coordinator, tier=Tier.HIGH)
    Request.objects.filter(pk=line.request_id).update(call_by=None)
    assert [agree(community, coordinator, NOON + days * DAY) for days in (13, 15)] == [0, 1]


def test_the_number_is_for_coordinators(community, volunteer):
    with pytest.raises(CoordinatorsOnly):
        queries.due_count(community=community, viewer=volunteer, at=NOON)


@pytest.mark.parametrize("ask", [queries.due_count, queries.figures, queries.waits])
def test_asks_the_database_equally_often_however_many_there_are(community, coordinator, ask):
    asked = []
    for more in (1, 6):
        for number in range(more):
            make.make_line(community, by=coordinator, phone=f"+9627940000{more}{number}")
        ask(community=community, viewer=coordinator, at=NOON + 2 * DAY)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            ask(community=community, viewer=coordinator, at=NOON + 2 * DAY)
        asked.append(len(seen))
    assert asked[0] == asked[1]


class TestThePages:
    @pytest.fixture
    def many(self, community, coordinator):
        asked = make.make_request(community, at=timezone.now() - 3 * DAY).request
        Request.objects.bulk_create(
            Request(
                community=community,
                number=asked.number + place,
                place=asked.place,
                pin_hash=asked.pin_hash,
                asked_at=asked.asked_at,
                call_by=asked.asked_at,
            )
            for place in range(1, A_PAGE + 5)
        )
        line = asked.lines.get()
        fresh = {
            "community": community,
            "category": line.category,
            "quantity": 1,
            "waiting_since": asked.asked_at,
        }
        NeedLine.objects.bulk_create(
            NeedLine(request=request, **fresh) for request in Request.objects.exclude(pk=asked.pk)
        )
        return A_PAGE + 5

    def rows_of(self, page):
        return page.content.decode().count('class="btn btn-s"')

    def test_shows_the_first_of_each_part_and_leads_to_all(self, desk, community, many):
        url = reverse("needs:due", args=[community.slug])

        page = desk.get(url)

        (group,) = page.context["groups"]
        assert (len(group.rows), group.count, page.context["rows"]) == (FIRST_OF_EACH, many, many)
        assert f'href="{url}?part={group.code}"' in page.content.decode()

    def test_every_row_stands_on_one_page_of_its_part(self, desk, community, many):
        url = reverse("needs:due", args=[community.slug])
        seen = []
        for number in (1, 2):
            page = desk.get(url, {"part": "overdue", "page": number})
            (group,) = page.context["groups"]
            seen += [row.card.request_id for row in group.rows]
        assert len(seen) == len(set(seen)) == many

    def test_an_unknown_or_empty_part_shows_the_whole_list(self, desk, community, many):
        for part in ("soon", "nonsense"):
            page = desk.get(reverse("needs:due", args=[community.slug]), {"part": part})
            assert [group.code for group in page.context["groups"]] == ["overdue"]
