"""The words that stewards add to search: they hold at once, in their community alone, and stand on the trail."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tadamun.foundation.communities.errors import NotAMember, RoleNeeded
from tadamun.foundation.search.errors import NoSuchWords, TooManyWordGroups, WordsNotAGroup
from tadamun.foundation.search.models import WordGroup
from tadamun.foundation.trail.models import TrailEntry
from tadamun.kernel.arabic import LexiconNotUnderstood
from tadamun.web import searching
from tests.aid import make
from tests.doors.world import World, make_world

PAGE = "/c/hay/search/words/"


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def add(world: World, line: str, *, who: str = "steward") -> str:
    return searching.add_words(
        community=world.community, actor=world.people[who], line=line, at=timezone.now()
    )


def found(world: World, text: str, *, who: str = "coordinator") -> set[str]:
    results = searching.search(community=world.community, viewer=world.people[who], text=text)
    return {row.url.rstrip("/").rpartition("/")[2] for group in results.groups for row in group.rows}


class TestFinding:
    def test_one_word_of_a_group_finds_what_was_written_with_another_before(self, world: World) -> None:
        """Blankets are offered under their usual name; here people say «دفاية نوم»."""
        before = found(world, "زقلوط")
        add(world, "زقلوط، بطانية، لحاف صوف")

        assert before == set()
        assert found(world, "زقلوط") == found(world, "بطانية") != set()
        assert found(world, "والزقلوط") == found(world, "بطانية")

    def test_a_phrase_needs_all_its_words(self, world: World) -> None:
        add(world, "زقلوط، سلة الزيتون")
        both = found(world, "سلة الزيتون")

        assert found(world, "زقلوط") == both != set()
        assert both <= found(world, "سلة")

    def test_a_phrase_finds_a_word_too(self, world: World) -> None:
        add(world, "بطانية، زقلوط الشتا")

        assert found(world, "زقلوط الشتا") >= found(world, "بطانية") != set()

    def test_a_category_is_found_by_the_word_of_the_community(self, world: World) -> None:
        add(world, "زقلوط، بطانيات")
        results = searching.search(community=world.community, viewer=world.people["member"], text="زقلوط")

        assert "categories" in {group.code for group in results.groups}

    def test_holds_in_its_own_community_alone(self, world: World) -> None:
        other = make.make_community(slug="third", name="حيّ")
        steward = make.make_member(other, "steward", name="سمر")
        searching.add_words(community=other, actor=steward, line="زقلوط، بطانية", at=timezone.now())

        assert found(world, "زقلوط") == set()

    def test_is_over_once_it_is_taken_out(self, world: World) -> None:
        group = add(world, "زقلوط، بطانية")
        searching.remove_words(
            community=world.community, actor=world.people["steward"], group_id=group, at=timezone.now()
        )

        assert found(world, "زقلوط") == set()


class TestRules:
    @pytest.mark.parametrize("who", ["guest", "member", "coordinator", "auditor", "neighbour"])
    def test_only_stewards_look_add_and_take_out(self, world: World, who: str) -> None:
        person: Any = make.GUEST if who == "guest" else world.people[who]
        at, here = timezone.now(), world.community

        with pytest.raises((RoleNeeded, NotAMember)):
            searching.words_of(community=here, viewer=person)
        with pytest.raises((RoleNeeded, NotAMember)):
            searching.add_words(community=here, actor=person, line="أ، ب", at=at)
        with pytest.raises((RoleNeeded, NotAMember)):
            searching.remove_words(community=here, actor=person, group_id="x", at=at)

    @pytest.mark.parametrize(
        ("line", "error"),
        [
            ("بطانية", WordsNotAGroup),
            ("بطانية، بطانية", WordsNotAGroup),
            ("بطانية، " + "ك" * 61, WordsNotAGroup),
            ("، ".join(f"كلمة{n}" for n in range(13)), WordsNotAGroup),
            ("بطانية، !!", LexiconNotUnderstood),
            ("،،", WordsNotAGroup),
        ],
    )
    def test_takes_no_line_that_is_no_group(self, world: World, line: str, error: type[Exception]) -> None:
        with pytest.raises(error):
            add(world, line)

    def test_a_community_has_so_many_groups_and_no_more(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from tadamun.foundation.search import services

        monkeypatch.setattr(services, "GROUPS_MOST", WordGroup.objects.count())

        with pytest.raises(TooManyWordGroups):
            add(world, "زقلوط، بطانية")

    def test_another_communitys_words_are_not_taken_out(self, world: World) -> None:
        other = make.make_community(slug="third", name="حيّ")
        steward = make.make_member(other, "steward", name="سمر")

        with pytest.raises(NoSuchWords):
            searching.remove_words(
                community=other, actor=steward, group_id=world.keys["group_id"], at=timezone.now()
            )

    def test_the_trail_says_which_group_and_never_a_word(self, world: World) -> None:
        group = add(world, "زقلوط، بطانية")
        entry = TrailEntry.objects.get(verb="search_words_added", thing_id=group)

        assert entry.actor == world.people["steward"].public_id
        assert "زقلوط" not in str(entry.data)


class TestPage:
    def test_adds_once_however_often_it_is_sent_and_takes_out(self, world: World) -> None:
        client: Client = world.visitors["steward"]
        said = {"form_token": "one", "words": "زقلوط، بطانية"}
        had = WordGroup.objects.count()

        first = client.post(PAGE, said)
        client.post(PAGE, said)
        page = client.get(PAGE).content.decode()
        group = WordGroup.objects.latest("pk")

        assert first.status_code == 302
        assert WordGroup.objects.count() == had + 1
        assert "زقلوط" in page
        client.post(f"{PAGE}{group.public_id}/remove/")
        assert WordGroup.objects.count() == had

    def test_says_what_is_wrong_beside_the_field(self, world: World) -> None:
        answer = world.visitors["steward"].post(PAGE, {"form_token": "one", "words": "بطانية"})

        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
