"""Asking to join, leaving, being removed, being forgotten."""

import pytest

from tadamun.foundation.communities import errors, queries, services
from tadamun.foundation.communities.models import JoinRequest, Membership, RoleGrant
from tadamun.foundation.notices.models import Notice
from tadamun.foundation.trail.services import verify_chains
from tests.foundation.make import NOON, fresh, make_community, make_member, make_person, membership
from tests.foundation.together import together


@pytest.fixture
def here(db):
    return make_community()


@pytest.fixture
def steward(here):
    return make_member(here, "steward")


def ask(here, person, note=""):
    return services.ask_to_join(community=here, person=person, note=note, at=NOON)


class TestJoining:
    def test_tells_each_leader_once(self, here, steward):
        make_member(here, "coordinator")
        make_member(here, "coordinator", "steward")
        make_member(here, "volunteer")

        ask(here, make_person())

        assert Notice.objects.filter(kind="communities.join_asked").count() == 3

    def test_is_asked_once_at_a_time(self, here):
        person = make_person()
        ask(here, person)

        with pytest.raises(errors.AlreadyAsked):
            ask(here, person)

    def test_can_be_asked_again_after_a_no(self, here, steward):
        person = make_person()
        request = ask(here, person)
        services.decline_join(community=here, actor=steward, request_id=request.public_id, at=NOON)

        assert ask(here, person).state == "waiting"

    def test_is_not_for_members_nor_for_closed_communities(self, here, steward):
        with pytest.raises(errors.AlreadyMember):
            ask(here, steward)
        here.open_to_join = False
        with pytest.raises(errors.JoiningClosed):
            ask(here, make_person())

    def test_accepting_makes_a_member_and_tells_them(self, here, steward):
        person = make_person()
        request = ask(here, person, note="جارة أمّ سامي\x00\u202e" + "ا" * 2000)

        services.accept_join(community=here, actor=steward, request_id=request.public_id, at=NOON)

        assert queries.roles_of(person=fresh(person), community=here) == {"member"}
        assert Notice.objects.filter(recipient=person, kind="communities.join_accepted").exists()
        assert len(JoinRequest.objects.get().note) == 500

    def test_is_answered_once(self, here, steward):
        request = ask(here, make_person())
        services.accept_join(community=here, actor=steward, request_id=request.public_id, at=NOON)

        with pytest.raises(errors.AlreadyDecided):
            services.decline_join(community=here, actor=steward, request_id=request.public_id, at=NOON)

    def test_of_another_community_it_does_not_exist(self, here):
        there = make_community()
        other = make_member(there, "steward")
        request = ask(here, make_person())

        with pytest.raises(errors.NoSuchJoinRequest):
            services.accept_join(community=there, actor=other, request_id=request.public_id, at=NOON)

    def test_only_a_steward_takes_back_who_was_removed(self, here, steward):
        coordinator, person = make_member(here, "coordinator"), make_member(here)
        services.remove_member(
            community=here, actor=steward, member_id=membership(person, here).public_id, at=NOON
        )
        request = ask(here, person)

        with pytest.raises(errors.RemovedEarlier):
            services.accept_join(community=here, actor=coordinator, request_id=request.public_id, at=NOON)
        assert JoinRequest.objects.get().state == "waiting"

        services.accept_join(community=here, actor=steward, request_id=request.public_id, at=NOON)
        assert queries.roles_of(person=fresh(person), community=here) == {"member"}


class TestLeaving:
    def test_ends_every_role_in_silence(self, here, steward):
        person = make_member(here, "volunteer", "coordinator")

        services.leave(community=here, person=person, at=NOON)

        assert queries.roles_of(person=person, community=here) == frozenset()
        assert not RoleGrant.objects.filter(membership__person=person, ended_at__isnull=True).exists()
        assert not Notice.objects.exists()

    def test_the_last_steward_stays(self, here, steward):
        with pytest.raises(errors.LastSteward):
            services.leave(community=here, person=steward, at=NOON)
        with pytest.raises(errors.LastSteward):
            services.revoke_role(
                community=here,
                actor=steward,
                member_id=membership(steward, here).public_id,
                role="steward",
                at=NOON,
            )
        with pytest.raises(errors.LastSteward):
            services.remove_member(
                community=here, actor=steward, member_id=membership(steward, here).public_id, at=NOON
            )
        with pytest.raises(errors.LastSteward):
            services.forget_person(person=steward, at=NOON)

        assert "steward" in queries.roles_of(person=fresh(steward), community=here)

    def test_who_does_not_belong_cannot_leave(self, here):
        with pytest.raises(errors.NotAMember):
            services.leave(community=here, person=make_person(), at=NOON)

    def test_a_removed_steward_acts_no_more(self, here, steward):
        other = make_member(here, "steward")
        services.remove_member(
            community=here, actor=steward, member_id=membership(other, here).public_id, at=NOON
        )

        with pytest.raises(errors.NotAMember):
            services.remove_member(
                community=here, actor=fresh(other), member_id=membership(steward, here).public_id, at=NOON
            )


class TestForgetting:
    def test_ends_belonging_everywhere_and_drops_what_was_written(self, here, steward):
        person, there = make_member(here, "volunteer"), make_community()
        asked = ask(there, person, note="أسكن قرب المسجد")
        declined = make_community()
        old = ask(declined, person, note="أنا سلمى")
        judge = make_member(declined, "steward")
        services.decline_join(community=declined, actor=judge, request_id=old.public_id, at=NOON)

        services.forget_person(person=person, at=NOON)

        assert membership(person, here).state == "left"
        assert not JoinRequest.objects.filter(pk=asked.pk).exists()
        assert JoinRequest.objects.get(pk=old.pk).note == ""
        assert all(report.whole for report in verify_chains())

    def test_exports_what_is_kept(self, here, steward):
        records = queries.my_records(person=steward)

        (mine,) = records["memberships"]
        assert mine["community"] == here.name
        assert [role["role"] for role in mine["roles"]] == ["steward"]
        assert set(records) == {"memberships", "join_requests", "invitations_made"}


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_stewards_leaving_at_once_leave_one_behind(self):
        here = make_community()
        both = [make_member(here, "steward") for _ in range(2)]

        outcomes = together(
            [lambda who=who: services.leave(community=here, person=fresh(who), at=NOON) for who in both]
        )

        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LastSteward", "NoneType"]
        assert RoleGrant.objects.filter(role="steward", ended_at__isnull=True).count() == 1

    def test_two_stewards_taking_each_others_role_leave_one(self):
        here = make_community()
        one, two = make_member(here, "steward"), make_member(here, "steward")

        together(
            [
                lambda: services.revoke_role(
                    community=here,
                    actor=fresh(one),
                    member_id=membership(two, here).public_id,
                    role="steward",
                    at=NOON,
                ),
                lambda: services.revoke_role(
                    community=here,
                    actor=fresh(two),
                    member_id=membership(one, here).public_id,
                    role="steward",
                    at=NOON,
                ),
            ]
        )

        assert RoleGrant.objects.filter(role="steward", ended_at__isnull=True).count() == 1

    def test_two_coordinators_answering_at_once_make_one_member(self):
        here = make_community()
        both = [make_member(here, "coordinator") for _ in range(2)]
        person = make_person()
        request = ask(here, person)

        outcomes = together(
            [
                lambda who=who: services.accept_join(
                    community=here, actor=fresh(who), request_id=request.public_id, at=NOON
                )
                for who in both
            ]
        )

        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyDecided", "Membership"]
        assert Membership.objects.filter(person=person).count() == 1

    def test_asking_twice_at_once_asks_once(self):
        here, person = make_community(), make_person()

        outcomes = together([lambda: ask(here, fresh(person))] * 3)

        assert sorted(type(outcome).__name__ for outcome in outcomes) == [
            "AlreadyAsked",
            "AlreadyAsked",
            "JoinRequest",
        ]
