"""Tokens: made by a person on a page, shown once, never more than the person may, ended at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from tadamun.foundation.communities.errors import NotAMember
from tadamun.foundation.communities.models import Membership, RoleGrant
from tadamun.foundation.tokens import queries, services
from tadamun.foundation.tokens.errors import (
    NoSuchToken,
    RevealNeedsSecondFactor,
    ScopesNeeded,
    TokenDaysOutOfRange,
    TooManyTokens,
)
from tadamun.foundation.tokens.models import Token
from tadamun.foundation.tokens.vocabulary import TOKENS_MOST
from tadamun.foundation.trail.models import TrailEntry
from tadamun.web import middleware, my_data
from tests.doors.world import World

LINES = "/api/v1/communities/hay/lines"
SECRET = "tadamun_for-this-test"  # noqa: S105


def make(world: World, name: str, *scopes: str, **given: Any) -> Token:
    facts = {"name": "جدول", "days": 7, "secret": SECRET, "at": timezone.now(), **given}
    return services.make_token(
        community=world.community, person=world.people[name], scopes=scopes or ("needs:read",), **facts
    )


def program(secret: str = SECRET) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"})


class TestMaking:
    def test_keeps_a_hash_and_never_the_token(self, world: World) -> None:
        token = make(world, "member")

        kept = {str(value) for value in Token.objects.filter(pk=token.pk).values_list()[0]}
        assert not any(SECRET in value for value in kept)

    def test_is_written_on_the_trail_without_its_name(self, world: World) -> None:
        token = make(world, "member", "needs:read", "offers:read")

        entry = TrailEntry.objects.get(verb="token_made", thing_id=token.public_id)
        assert entry.actor == world.people["member"].public_id
        assert entry.data == {"scopes": ["needs:read", "offers:read"]}

    @pytest.mark.parametrize(
        ("given", "error"),
        [
            ({"days": 366}, TokenDaysOutOfRange),
            ({"days": 0}, TokenDaysOutOfRange),
        ],
    )
    def test_works_for_a_year_at_most(self, world: World, given: Any, error: Any) -> None:
        with pytest.raises(error):
            make(world, "member", **given)

    def test_is_made_for_something_known(self, world: World) -> None:
        with pytest.raises(ScopesNeeded):
            make(world, "member", "everything")

    def test_is_made_by_those_who_belong(self, world: World) -> None:
        with pytest.raises(NotAMember):
            make(world, "stranger")

    def test_opens_names_only_for_whoever_has_a_second_factor(self, world: World) -> None:
        with pytest.raises(RevealNeedsSecondFactor):
            make(world, "giver", "people:reveal")

        assert make(world, "coordinator", "people:reveal").scopes == ["people:reveal"]

    def test_somebody_has_so_many_and_no_more(self, world: World) -> None:
        for number in range(TOKENS_MOST):
            make(world, "member", secret=f"{SECRET}{number}")

        with pytest.raises(TooManyTokens):
            make(world, "member")


class TestUsing:
    def test_opens_what_it_was_made_for_and_nothing_else(self, world: World) -> None:
        make(world, "coordinator", "needs:read")

        assert program().get(LINES).status_code == 200
        refused = program().get("/api/v1/communities/hay/offers")
        assert (refused.status_code, refused.json()["code"]) == (403, "scope_needed")
        assert refused.json()["params"] == {"scope": "offers:read"}

    def test_never_opens_more_than_the_person_may_now(self, world: World) -> None:
        make(world, "coordinator", "needs:read")
        assert program().get(LINES).status_code == 200

        RoleGrant.objects.filter(membership__person=world.people["coordinator"]).update(
            ended_at=timezone.now()
        )

        assert program().get(LINES).json()["code"] == "coordinators_only"

    def test_opens_no_other_community(self, world: World) -> None:
        make(world, "member")

        assert program().get("/api/v1/communities/other/requests/mine").json()["code"] == "token_of_elsewhere"

    def test_reaches_nothing_of_another_community_through_this_one(self, world: World) -> None:
        """A coordinator of both places comes with the token of the other one."""
        neighbour = world.people["neighbour"]
        other = Membership.objects.get(person=neighbour).community
        both = Membership.objects.create(
            person=neighbour, community=world.community, joined_at=timezone.now()
        )
        RoleGrant.objects.create(membership=both, role="coordinator", given_at=timezone.now())
        services.make_token(
            community=other,
            person=neighbour,
            name="جدول",
            scopes=["needs:read", "needs:write"],
            days=1,
            secret=SECRET,
            at=timezone.now(),
        )
        line = f"/api/v1/communities/other/lines/{world.keys['line_id']}"

        assert program().post(f"{line}/withdraw").status_code == 404
        assert (
            program().get(f"/api/v1/communities/other/requests/{world.keys['request_id']}").status_code == 404
        )

    def test_ends_on_its_day(self, world: World) -> None:
        make(world, "member", days=1, at=timezone.now() - timedelta(days=2))

        assert program().get("/api/v1/token").status_code == 401

    def test_ends_at_once_when_it_is_withdrawn(self, world: World) -> None:
        token = make(world, "member")
        person = world.people["member"]

        services.withdraw_token(person=person, token_id=token.public_id, at=timezone.now())

        answer = program().get("/api/v1/token")
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")

    def test_nobody_withdraws_anothers(self, world: World) -> None:
        token = make(world, "member")

        with pytest.raises(NoSuchToken):
            services.withdraw_token(person=world.people["giver"], token_id=token.public_id, at=timezone.now())

    def test_ends_with_the_membership(self, world: World) -> None:
        make(world, "member")
        at = timezone.now()
        Membership.objects.filter(person=world.people["member"]).update(state="removed", ended_at=at)

        assert program().get("/api/v1/token").status_code == 401

    def test_rests_while_a_role_that_sees_names_lacks_its_second_factor(self, world: World) -> None:
        make(world, "coordinator", "needs:read")
        Authenticator.objects.filter(user=world.people["coordinator"]).delete()

        assert program().get(LINES).json()["code"] == "second_factor_needed"

    def test_remembers_the_day_it_was_last_used(self, world: World) -> None:
        token = make(world, "member")

        program().get("/api/v1/token")

        token.refresh_from_db()
        assert token.last_used_on == timezone.now().date()

    def test_is_counted_by_itself_and_told_when_to_come_back(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(middleware, "CALLS_MOST", 4)
        monkeypatch.setattr(middleware, "CALLS_BLOCK", 2)
        make(world, "member")

        statuses = [program().get("/api/v1/token").status_code for _ in range(5)]
        answer = program().get("/api/v1/token")

        assert statuses == [200, 200, 200, 200, 429]
        assert answer["Content-Type"] == "application/problem+json"
        assert 0 < int(answer["Retry-After"]) <= 600
        make(world, "giver", secret="tadamun_another")
        assert program("tadamun_another").get("/api/v1/token").status_code == 200


class TestMyData:
    def test_lists_tokens_without_their_hash_and_forgets_them(self, world: World) -> None:
        token = make(world, "member")
        person = world.people["member"]

        records = my_data.records_of(person=person, at=timezone.now())["tokens"]
        my_data.forget(person=person, at=timezone.now())

        assert [one["name"] for one in records["tokens"]] == ["جدول"]
        assert token.token_hash not in str(records)
        assert not Token.objects.filter(person=person).exists()
        assert program().get("/api/v1/token").status_code == 401

    def test_old_ones_are_dropped_a_year_after_they_ended(self, world: World) -> None:
        make(world, "member", days=1)

        dropped = services.drop_old_tokens(at=timezone.now() + timedelta(days=365))
        later = services.drop_old_tokens(at=timezone.now() + timedelta(days=370))

        assert (dropped, later) == (0, 1)


class TestPage:
    def form(self, **given: Any) -> dict[str, Any]:
        typed = {"form_token": "one-form", "name": "جدول الحيّ", "community": "hay"}
        return {**typed, "scopes": ["needs:read"], "days": "30", **given}

    def sign_in(self, world: World, name: str) -> Client:
        client = Client()
        person = world.people[name]
        answer = client.post("/accounts/login/", {"login": person.email, "password": "a short sentence"})
        assert answer.status_code == 302, answer.content.decode()
        return client

    def test_shows_the_token_once_and_a_second_press_makes_no_second_one(self, world: World) -> None:
        client = self.sign_in(world, "member")

        first = client.post("/me/tokens/", self.form()).content.decode()
        again = client.post("/me/tokens/", self.form()).content.decode()
        found = re.search(r"tadamun_[0-9a-f]{64}", first)

        assert found
        assert found[0] in again
        assert program(found[0]).get("/api/v1/token").json()["scopes"] == ["needs:read"]
        assert Token.objects.filter(person=world.people["member"]).count() == 1
        assert found[0] not in client.get("/me/tokens/").content.decode()

    def test_asks_anew_who_one_is(self, world: World) -> None:
        """A session that began by no fresh proof makes no token."""
        answer: Any = world.visitors["member"].post("/me/tokens/", self.form())

        assert answer.status_code == 302
        assert "reauthenticate" in answer["Location"] or "login" in answer["Location"]
        assert not Token.objects.filter(person=world.people["member"]).exists()

    def test_says_what_is_missing(self, world: World) -> None:
        client = self.sign_in(world, "member")

        answer = client.post("/me/tokens/", self.form(scopes=[], name=""))

        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()

    def test_says_that_names_need_a_second_factor(self, world: World) -> None:
        client = self.sign_in(world, "giver")

        answer = client.post("/me/tokens/", self.form(scopes=["people:reveal"]))

        assert answer.status_code == 422
        assert not Token.objects.filter(person=world.people["giver"]).exists()

    def test_stops_one(self, world: World) -> None:
        token = make(world, "member")
        client = self.sign_in(world, "member")

        client.post(f"/me/tokens/{token.public_id}/withdraw/")

        assert not queries.own_tokens(viewer=world.people["member"], at=timezone.now())[0].works

    def test_after_a_fresh_proof_a_refused_form_leads_back_here(self, world: World) -> None:
        """Whoever proved themselves stands on another address: the refused form is sent to this one all the same."""
        client = world.visitors["giver"]
        asked = client.post("/me/tokens/", self.form(scopes=["people:reveal"]))
        refused = client.post(asked["Location"], {"password": "a short sentence"})
        again = re.search(r'<form method="post" action="([^"]+)" novalidate>', refused.content.decode())

        assert refused.status_code == 422
        assert again
        assert "tadamun_" in client.post(again[1], self.form()).content.decode()
