"""Searching a community: everybody finds what they may see, in every form it is written in."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tadamun.cli import search as cli
from tadamun.foundation.communities import services as communities
from tadamun.foundation.communities.models import Community, Membership
from tadamun.foundation.people.models import Person
from tadamun.foundation.people.services import change_profile
from tadamun.foundation.search.models import Entry
from tadamun.foundation.search.queries import entry_count
from tadamun.pillars.aid.needs import services as needs
from tadamun.web import my_data, searching
from tests.aid import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(community: Community) -> Person:
    return make.make_coordinator(community)


def groups(community: Community, viewer: Person, text: str) -> dict[str, list[str]]:
    found = searching.search(community=community, viewer=viewer, text=text)
    return {
        group.code: ["".join(part.text for part in row.title) for row in group.rows] for group in found.groups
    }


def numbers(community: Community, viewer: Person, text: str) -> list[int | None]:
    found = searching.search(community=community, viewer=viewer, text=text)
    return [row.number for group in found.groups if group.code == "requests" for row in group.rows]


def test_a_coordinator_finds_requests_by_thing_number_area_and_phone(
    community: Community, coordinator: Person
) -> None:
    asked = make.make_request(community, phone="+962790000077", categories=("blankets",)).request
    make.make_request(community, phone="+962790000078", categories=("medicine",))

    assert numbers(community, coordinator, "للبطانيه") == [asked.number]
    assert numbers(community, coordinator, "couverture") == [asked.number]
    assert numbers(community, coordinator, str(asked.number)) == [asked.number]
    assert numbers(community, coordinator, "٠٧٩٠٠٠٠٠٧٧") == [asked.number]
    assert numbers(community, coordinator, "07900000") == []


def test_the_newest_request_comes_first(community: Community, coordinator: Person) -> None:
    older = make.make_request(community, at=make.NOON - timedelta(days=2)).request
    newer = make.make_request(community).request

    assert numbers(community, coordinator, "سلة غذائية") == [newer.number, older.number]


def test_members_find_their_own_requests_and_offers_only(
    community: Community, member: Person, coordinator: Person
) -> None:
    own = make.make_request(community, actor=member).request
    make.make_request(community)
    make.make_offer(community, giver=coordinator)

    assert numbers(community, member, "طرد غذائي") == [own.number]
    assert "offers" not in groups(community, member, "طرد غذائي")
    assert "offers" in groups(community, coordinator, "طرد غذائي")


def test_what_is_sealed_is_not_found(community: Community, coordinator: Person) -> None:
    make.make_request(community, notes="حساسية من الفستق", asker_name="زبيدة")

    assert groups(community, coordinator, "الفستق") == {}
    assert groups(community, coordinator, "زبيدة") == {}


def test_leaders_find_people_in_any_spelling_and_members_find_nobody(
    community: Community, member: Person, coordinator: Person
) -> None:
    make.make_member(community, name="أحمد المريمي")

    assert groups(community, coordinator, "احمد") == {"people": ["أحمد المريمي"]}
    assert groups(community, member, "احمد") == {}


def test_a_name_is_found_with_what_is_joined_to_it_and_misspelt_but_no_other_name(
    community: Community, coordinator: Person
) -> None:
    for name in ("ليلى", "ليلة", "عبد الله", "القاسم", "مريم"):
        make.make_member(community, name=name)

    asked = ("ليلى", "ليلا", "ليلة", "للقاسم", "قاسم", "مريام", "لعبد الله", "الله")
    found = {query: groups(community, coordinator, query).get("people", []) for query in asked}
    assert found == {
        "ليلى": ["ليلى"],
        "ليلا": ["ليلى"],
        "ليلة": ["ليلة"],
        "للقاسم": ["القاسم"],
        "قاسم": ["القاسم"],
        "مريام": ["مريم"],
        "لعبد الله": ["عبد الله"],
        "الله": [],
    }


def test_who_changes_their_name_or_leaves_is_found_accordingly(
    community: Community, coordinator: Person
) -> None:
    person = make.make_member(community, name="سعاد")
    change_profile(person=person, name="نجوى", address_form="neutral", language="ar")

    assert groups(community, coordinator, "سعاد") == {}
    assert groups(community, coordinator, "نجوا") == {"people": ["نجوى"]}

    communities.leave(community=community, person=person, at=make.NOON)
    assert groups(community, coordinator, "نجوى") == {}


def test_who_is_forgotten_leaves_nothing_in_the_index(community: Community, coordinator: Person) -> None:
    person = make.make_member(community, name="سعاد")
    make.make_request(community, actor=person)
    make.make_offer(community, giver=person)
    before = entry_count()
    my_data.forget(person=person, at=make.NOON + timedelta(days=1))

    assert entry_count() == before - 3


def test_requests_change_join_and_offers_close_in_the_index_at_once(
    community: Community, coordinator: Person
) -> None:
    first = make.make_request(community, phone="+962790000077").request
    second = make.make_request(community, phone="+962790000077").request
    needs.add_line(
        request_id=first.public_id,
        details=needs.LineDetails(category=make.make_category("blankets")),
        actor=coordinator,
        at=make.NOON,
    )
    assert numbers(community, coordinator, "بطانية") == [first.number]

    needs.merge_requests(keep_id=second.public_id, merge_id=first.public_id, actor=coordinator, at=make.NOON)
    assert numbers(community, coordinator, "بطانية") == [second.number]

    offer = make.make_offer(community, giver=coordinator, category="blankets")
    assert "offers" in groups(community, coordinator, "بطانية")
    needs.close_offer(offer_id=offer.public_id, actor=coordinator, at=make.NOON)
    assert "offers" not in groups(community, coordinator, "بطانية")


def test_an_index_that_lags_shows_nobody_more(community: Community, member: Person) -> None:
    asked = make.make_request(community, actor=member).request
    type(asked).objects.update(asker=None)

    assert numbers(community, member, "طرد غذائي") == []


def test_finds_categories_and_help_in_the_language_of_the_page(community: Community, member: Person) -> None:
    make.make_category("blankets")
    with translation.override("en"):
        found = groups(community, member, "blanket")
        assert any("lanket" in name for name in found["categories"])
        assert "Bring it" in groups(community, member, "handover confirms")["help"]
    with translation.override("ar"):
        assert groups(community, member, "البطانيات")["categories"]


def test_a_rebuilt_index_finds_the_same(community: Community, coordinator: Person, member: Person) -> None:
    make.make_request(community, actor=member)
    make.make_offer(community, giver=member, detail="سلّة كبيرة")
    before = list(Entry.objects.order_by("kind", "about").values_list("kind", "about", "tokens"))
    Entry.objects.all().delete()
    counts = searching.build_all(at=make.NOON)

    assert counts[community.slug] == {"member": 2, "request": 1, "offer": 1}
    assert list(Entry.objects.order_by("kind", "about").values_list("kind", "about", "tokens")) == before


def test_the_page_marks_what_matched(community: Community, member: Person, client: Client) -> None:
    make.make_offer(community, giver=member, detail="أغطية نظيفة <b>")
    client.force_login(member)
    page = client.get(reverse("web:search", args=[community.slug]), {"q": "غطاء"}).content.decode()

    assert "<mark>أغطية</mark> نظيفة &lt;b&gt;" in page
    assert 'role="search"' in page


def test_the_page_says_when_nothing_is_found_and_asks_when_nothing_is_typed(
    community: Community, member: Person, client: Client
) -> None:
    client.force_login(member)
    address = reverse("web:search", args=[community.slug])

    assert client.get(address, {"q": "ظظظظظ"}).context["results"].groups == ()
    assert client.get(address).context["results"] is None
    assert client.get(address, {"q": "\u202e" + "ا" * 500}).status_code == 200


def test_the_header_leads_members_to_the_search_and_nobody_else(
    community: Community, member: Person, client: Client
) -> None:
    address = reverse("web:search", args=[community.slug])
    home = reverse("web:community_home", args=[community.slug])

    assert f'action="{address}"' not in client.get(home).content.decode()
    client.force_login(member)
    assert f'action="{address}"' in client.get(home).content.decode()


def test_a_search_takes_few_queries_however_much_it_finds(
    community: Community, coordinator: Person, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        make.make_request(community, phone=f"+9627900001{number:02}")
    searching.search(community=community, viewer=coordinator, text="طرد غذائي")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        found = searching.search(community=community, viewer=coordinator, text="طرد غذائي")

    assert found.count >= 12


def run(*arguments: str) -> object:
    result = CliRunner().invoke(cli.command, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def _ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tadamun.cli.instance.prepare", lambda: None)


@pytest.mark.usefixtures("_ready")
def test_the_terminal_builds_and_finds(community: Community, coordinator: Person) -> None:
    asked = make.make_request(community).request
    Entry.objects.all().delete()
    built = run("build")
    found = run("السلال", "الغذائية", "--community", community.slug)

    assert built == {"communities": {community.slug: {"member": 1, "request": 1, "offer": 0}}}
    assert isinstance(found, dict)
    (result,) = found["results"]
    assert (result["kind"], result["id"]) == ("request", asked.public_id)
    assert [answer["word"] for answer in result["matched"]] == ["السلال", "الغذائية"]
    assert found["more"] == []


@pytest.mark.usefixtures("_ready")
def test_the_terminal_refuses_a_community_that_is_not_there(db: None) -> None:
    refused = CliRunner().invoke(cli.command, ["بطانية", "--community", "nowhere"])

    assert refused.exit_code == 1
    assert "nowhere" in refused.output
    assert Membership.objects.count() == 0
