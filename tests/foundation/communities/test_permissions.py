"""Who may do what: every deed × every role, at the service itself."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from tadamun.foundation.communities import queries, services
from tadamun.foundation.communities.errors import (
    NotAMember,
    NotOneself,
    NotVerified,
    PasswordNeeded,
    RoleNeeded,
)
from tadamun.foundation.communities.models import Membership, RoleGrant
from tadamun.foundation.people.errors import NoLinkForThisRole
from tadamun.kernel.errors import Refused
from tadamun.kernel.ids import new_token
from tests.foundation.make import NOON, make_community, make_member, make_person, membership

FACTS = services.CommunityFacts(name="حيّ", region="JO", currency="JOD", time_zone="Asia/Amman")
WEEK = timedelta(days=7)


def invite(role):
    return lambda here, actor, member: services.make_invitation(
        community=here, actor=actor, role=role, token=new_token(), most_uses=1, valid_for=WEEK, at=NOON
    )


def on_member(name, **facts):
    return lambda here, actor, member: getattr(services, name)(
        community=here, actor=actor, member_id=member.public_id, at=NOON, **facts
    )


def answer(name):
    def deed(here, actor, member):
        here.open_to_join = True
        request = services.ask_to_join(community=here, person=make_person(), at=NOON)
        getattr(services, name)(community=here, actor=actor, request_id=request.public_id, at=NOON)

    return deed


def look(name, **facts):
    return lambda here, actor, member: getattr(queries, name)(community=here, viewer=actor, **facts)


LEADERS = {"coordinator", "steward"}
TABLE = {
    "sees_members": (look("member_page"), LEADERS),
    "sees_a_member": (
        lambda here, actor, member: queries.member_card(
            community=here, viewer=actor, member_id=member.public_id
        ),
        LEADERS,
    ),
    "sees_invitations": (look("invitations", at=NOON), LEADERS),
    "sees_join_requests": (look("join_requests"), LEADERS),
    "invites_members": (invite("member"), LEADERS),
    "invites_volunteers": (invite("volunteer"), LEADERS),
    "invites_coordinators": (invite("coordinator"), {"steward"}),
    "invites_stewards": (invite("steward"), {"steward"}),
    "accepts_a_request_to_join": (answer("accept_join"), LEADERS),
    "declines_a_request_to_join": (answer("decline_join"), LEADERS),
    "verifies": (on_member("verify_member"), LEADERS),
    "withdraws_a_verification": (on_member("withdraw_verification"), LEADERS),
    "approves_overnight": (on_member("approve_overnight"), {"coordinator"}),
    "withdraws_overnight": (on_member("withdraw_overnight"), LEADERS),
    "gives_a_role": (on_member("grant_role", role="volunteer"), {"steward"}),
    "takes_a_role": (on_member("revoke_role", role="volunteer"), {"steward"}),
    "removes": (on_member("remove_member"), {"steward"}),
    "hands_over_a_sign_in_link": (on_member("hand_over_sign_in_link"), LEADERS),
    "changes_settings": (
        lambda here, actor, member: services.change_community(
            community=here, actor=actor, facts=FACTS, at=NOON
        ),
        {"steward"},
    ),
    "changes_the_helpline": (
        lambda here, actor, member: services.change_helpline(
            community=here, actor=actor, facts=services.HelplineFacts(), at=NOON
        ),
        {"steward"},
    ),
    "switches_parts": (
        lambda here, actor, member: services.switch_apps(community=here, actor=actor, in_use=[], at=NOON),
        {"steward"},
    ),
    "sees_texts": (
        lambda here, actor, member: services.waiting_texts(community=here, viewer=actor),
        {"coordinator"},
    ),
    "sees_broken_sendings": (
        lambda here, actor, member: services.unsure_sendings(community=here, viewer=actor),
        {"coordinator"},
    ),
}
ROLES = ["member", "volunteer", "facilitator", "auditor", "coordinator", "steward"]


@pytest.fixture
def here(db):
    return make_community()


@pytest.fixture
def member(here):
    row = membership(make_member(here, name="سامي"), here)
    Membership.objects.filter(pk=row.pk).update(verified_at=NOON)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("deed", TABLE)
def test_a_role_may_do_exactly_what_the_table_says(here, member, deed, role):
    do, allowed = TABLE[deed]
    actor = make_member(here, role)

    if role in allowed:
        do(here, actor, member)
    else:
        with pytest.raises(RoleNeeded):
            do(here, actor, member)


@pytest.mark.parametrize("deed", TABLE)
def test_a_steward_of_another_community_may_do_nothing(here, member, deed):
    stranger = make_member(make_community(), "steward", "coordinator")

    with pytest.raises(NotAMember):
        TABLE[deed][0](here, stranger, member)


@pytest.mark.parametrize("deed", TABLE)
def test_who_has_left_may_do_nothing(here, member, deed):
    gone = make_member(here, "coordinator")
    services.leave(community=here, person=gone, at=NOON)

    with pytest.raises(NotAMember):
        TABLE[deed][0](here, gone, member)


@pytest.mark.parametrize("deed", TABLE)
def test_a_guest_may_do_nothing(here, member, deed):
    with pytest.raises(Refused):
        TABLE[deed][0](here, AnonymousUser(), member)


@pytest.mark.parametrize("deed", ["verifies", "approves_overnight", "hands_over_a_sign_in_link"])
def test_nobody_vouches_for_themselves(here, deed):
    actor = make_member(here, "coordinator", "steward")

    with pytest.raises(NotOneself):
        TABLE[deed][0](here, actor, membership(actor, here))


class TestVerifying:
    def test_overnight_needs_verification_first(self, here):
        hind, guest = make_member(here, "coordinator"), membership(make_member(here), here)

        with pytest.raises(NotVerified):
            services.approve_overnight(community=here, actor=hind, member_id=guest.public_id, at=NOON)

    def test_withdrawing_verification_ends_hosting_too(self, here, member):
        hind = make_member(here, "coordinator")
        services.approve_overnight(community=here, actor=hind, member_id=member.public_id, at=NOON)

        services.withdraw_verification(community=here, actor=hind, member_id=member.public_id, at=NOON)

        member.refresh_from_db()
        assert (member.verified_at, member.verified_by, member.overnight_approved_at) == (None, None, None)

    def test_says_who_verified_and_when(self, here):
        hind, guest = make_member(here, "coordinator"), membership(make_member(here), here)

        services.verify_member(community=here, actor=hind, member_id=guest.public_id, at=NOON)

        guest.refresh_from_db()
        assert (guest.verified_at, guest.verified_by) == (NOON, hind)


class TestRoles:
    def test_giving_twice_holds_once(self, here, member):
        steward = make_member(here, "steward")

        for _ in range(2):
            services.grant_role(
                community=here, actor=steward, member_id=member.public_id, role="volunteer", at=NOON
            )

        assert RoleGrant.objects.filter(membership=member, ended_at__isnull=True).count() == 1

    def test_a_role_that_sees_names_needs_a_password(self, here):
        steward = make_member(here, "steward")
        without = membership(make_member(here, password=None), here)

        with pytest.raises(PasswordNeeded):
            services.grant_role(
                community=here, actor=steward, member_id=without.public_id, role="coordinator", at=NOON
            )

    def test_takes_effect_for_an_account_already_loaded(self, here, member):
        steward = make_member(here, "steward")
        assert "volunteer" not in queries.roles_of(person=member.person, community=here)

        services.grant_role(
            community=here, actor=steward, member_id=member.public_id, role="volunteer", at=NOON
        )

        again = Membership.objects.get(pk=member.pk).person
        assert "volunteer" in queries.roles_of(person=again, community=here)


@pytest.mark.parametrize("role", ["coordinator", "steward", "auditor"])
def test_no_sign_in_link_for_a_role_that_sees_names_anywhere(here, role):
    hind = make_member(here, "coordinator")
    other = make_member(here)
    elsewhere = make_community()
    services.add_member(community=elsewhere, person=other, roles=(role,), at=NOON)

    with pytest.raises(NoLinkForThisRole):
        services.hand_over_sign_in_link(
            community=here, actor=hind, member_id=membership(other, here).public_id, at=NOON
        )


@pytest.mark.parametrize("power", ["is_staff", "is_superuser"])
def test_no_sign_in_link_opens_the_admin_pages(here, power):
    hind = make_member(here, "coordinator")
    other = make_member(here, **{power: True})

    with pytest.raises(NoLinkForThisRole):
        services.hand_over_sign_in_link(
            community=here, actor=hind, member_id=membership(other, here).public_id, at=NOON
        )


class TestSearch:
    @pytest.mark.parametrize("written", ["احمد", "أحمد", "أَحمَد", "أحـمد", "حمد", "  أحمد "])
    def test_finds_a_name_in_any_spelling(self, here, written):
        hind = make_member(here, "coordinator")
        make_member(here, name="أحمد الهاشمي")

        page = queries.member_page(community=here, viewer=hind, search=written)

        assert [card.name for card in page.object_list] == ["أحمد الهاشمي"]

    def test_lists_by_role(self, here):
        hind = make_member(here, "coordinator")
        make_member(here, "volunteer", name="سامي")

        page = queries.member_page(community=here, viewer=hind, role="volunteer")

        assert [card.name for card in page.object_list] == ["سامي"]

    def test_asks_the_database_as_often_for_many_as_for_few(self, here, django_assert_max_num_queries):
        hind = make_member(here, "coordinator")
        for _ in range(12):
            make_member(here, "volunteer")

        with django_assert_max_num_queries(5):
            queries.member_page(community=here, viewer=hind)
