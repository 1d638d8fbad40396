"""Invitations: counted exactly, never by opening alone, and strict about roles that see names."""

from datetime import timedelta

import pytest

from tadamun.foundation.communities import errors, queries, services
from tadamun.foundation.communities.models import Invitation, Membership
from tadamun.foundation.people.errors import LinkNotValid
from tadamun.foundation.people.services import make_sign_in_link, use_sign_in_link
from tadamun.foundation.trail.models import TrailEntry
from tadamun.kernel.ids import new_token
from tests.foundation.make import NOON, fresh, make_community, make_member, make_person
from tests.foundation.together import together

WEEK = timedelta(days=7)


@pytest.fixture
def here(db):
    return make_community()


@pytest.fixture
def steward(here):
    return make_member(here, "steward")


def invite(here, actor, role="member", *, most_uses=1, valid_for=WEEK, at=NOON):
    token = new_token()
    services.make_invitation(
        community=here, actor=actor, role=role, token=token, most_uses=most_uses, valid_for=valid_for, at=at
    )
    return token


def accept(here, token, person, *, at=NOON):
    return services.accept_invitation(community=here, token=token, person=person, at=at)


class TestMaking:
    def test_keeps_only_the_tokens_hash(self, here, steward):
        token = invite(here, steward)

        stored = Invitation.objects.get()
        assert token not in (stored.token_hash, stored.public_id)

    @pytest.mark.parametrize("role", ["coordinator", "facilitator", "steward", "auditor"])
    def test_coordinators_invite_members_and_volunteers_only(self, here, role):
        coordinator = make_member(here, "coordinator")

        invite(here, coordinator, "volunteer")
        with pytest.raises(errors.RoleNeeded):
            invite(here, coordinator, role)

    def test_refuses_an_unknown_role(self, here, steward):
        with pytest.raises(errors.RoleUnknown):
            invite(here, steward, "emperor")

    @pytest.mark.parametrize(
        ("role", "most_uses", "valid_for"),
        [
            ("member", 0, WEEK),
            ("member", -5, WEEK),
            ("member", 201, WEEK),
            ("member", 1, timedelta(days=91)),
            ("member", 1, timedelta(0)),
            ("coordinator", 2, WEEK),
            ("steward", 1, timedelta(days=8)),
        ],
    )
    def test_refuses_one_that_is_too_wide(self, here, steward, role, most_uses, valid_for):
        with pytest.raises(errors.InvitationTooWide):
            invite(here, steward, role, most_uses=most_uses, valid_for=valid_for)


class TestAccepting:
    def test_opening_alone_does_nothing(self, here, steward):
        token = invite(here, steward)

        for _ in range(3):
            queries.opened_invitation(community=here, token=token, at=NOON)

        assert Invitation.objects.get().uses == 0
        assert Membership.objects.count() == 1

    def test_makes_a_member_with_the_role(self, here, steward):
        person = make_person()

        accept(here, invite(here, steward, "volunteer"), person)

        assert queries.roles_of(person=person, community=here) == {"member", "volunteer"}

    def test_pressing_twice_counts_once(self, here, steward):
        person, token = make_person(), invite(here, steward, most_uses=2)

        accept(here, token, person)
        accept(here, token, person)

        assert Invitation.objects.get().uses == 1

    def test_refuses_what_is_used_up_too_old_withdrawn_or_of_another_community(self, here, steward):
        used, withdrawn, elsewhere = invite(here, steward), invite(here, steward), make_community()
        accept(here, used, make_person())
        services.withdraw_invitation(
            community=here,
            actor=steward,
            invitation_id=queries.opened_invitation(community=here, token=withdrawn, at=NOON).public_id,
            at=NOON,
        )
        old = invite(here, steward)
        tries = [
            (here, used, NOON),
            (here, withdrawn, NOON),
            (here, old, NOON + WEEK),
            (elsewhere, old, NOON),
            (here, "", NOON),
        ]

        for community, token, at in tries:
            with pytest.raises(errors.InvitationNotValid):
                accept(community, token, make_person(), at=at)
            with pytest.raises(errors.InvitationNotValid):
                queries.opened_invitation(community=community, token=token, at=at)

    def test_a_role_that_sees_names_needs_a_password(self, here, steward):
        token = invite(here, steward, "coordinator")

        with pytest.raises(errors.PasswordNeeded):
            accept(here, token, make_person(password=None))
        assert Invitation.objects.get().uses == 0

    def test_a_role_that_sees_names_ends_open_sign_in_links(self, here, steward):
        person = make_person()
        link = make_sign_in_link(person=person, made_by=steward, at=NOON)

        accept(here, invite(here, steward, "coordinator"), person)

        with pytest.raises(LinkNotValid):
            use_sign_in_link(token=link, at=NOON)

    def test_who_was_removed_does_not_come_back_by_a_link(self, here, steward):
        person = make_member(here)
        card = queries.member_page(community=here, viewer=steward, search=person.name).object_list
        member_id = next(one.public_id for one in card if one.person_id == person.public_id)
        services.remove_member(community=here, actor=steward, member_id=member_id, at=NOON)
        token = invite(here, steward, most_uses=5)

        with pytest.raises(errors.RemovedEarlier):
            accept(here, token, person)
        assert Invitation.objects.get().uses == 0

    def test_who_left_comes_back_unverified(self, here, steward):
        person = make_member(here, "volunteer")
        Membership.objects.filter(person=person).update(verified_at=NOON, overnight_approved_at=NOON)
        services.leave(community=here, person=person, at=NOON)

        accept(here, invite(here, steward), person)

        row = Membership.objects.get(person=person)
        assert (row.state, row.verified_at, row.overnight_approved_at) == ("active", None, None)
        assert queries.roles_of(person=person, community=here) == {"member"}

    def test_answers_a_request_to_join_that_waits(self, here, steward):
        person = make_person()
        services.ask_to_join(community=here, person=person, at=NOON)

        accept(here, invite(here, steward), person)

        assert queries.join_requests(community=here, viewer=steward) == []

    def test_stands_on_the_trail(self, here, steward):
        person = make_person()
        accept(here, invite(here, steward, "volunteer"), person)

        entry = TrailEntry.objects.get(verb="invitation_accepted")
        assert entry.actor == person.public_id
        assert entry.data["role"] == "volunteer"


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_the_last_places_go_to_exactly_as_many_as_there_are(self):
        here = make_community()
        token = invite(here, make_member(here, "steward"), "volunteer", most_uses=2)
        people = [make_person() for _ in range(6)]

        outcomes = together([lambda who=who: accept(here, token, fresh(who)) for who in people])

        assert sum(isinstance(outcome, Membership) for outcome in outcomes) == 2
        assert sum(isinstance(outcome, errors.InvitationNotValid) for outcome in outcomes) == 4
        assert Invitation.objects.get().uses == 2
        assert Membership.objects.filter(community=here).count() == 3

    def test_one_person_pressing_in_many_windows_joins_once(self):
        here = make_community()
        steward, person = make_member(here, "steward"), make_person()
        tokens = [invite(here, steward, "volunteer") for _ in range(4)]

        outcomes = together([lambda token=token: accept(here, token, fresh(person)) for token in tokens])

        assert [type(outcome) for outcome in outcomes] == [Membership] * 4
        assert Membership.objects.filter(person=person).count() == 1
        assert queries.roles_of(person=fresh(person), community=here) == {"member", "volunteer"}
