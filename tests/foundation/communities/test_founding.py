"""Beginning a community, and its settings."""

import re
from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.urls import URLResolver, get_resolver

from tadamun.foundation.communities import errors, queries, services
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.vocabulary import APPS, RESERVED_SLUGS
from tadamun.foundation.trail.models import TrailEntry
from tadamun.kernel.phones import PhoneNotUnderstood
from tests.foundation.make import NOON, make_community, make_member, make_person, membership

FACTS = {"name": "حيّ الزيتون", "region": "JO", "currency": "JOD", "time_zone": "Asia/Amman"}


def create(**facts):
    return services.create_community(
        **{"slug": "olive", "name": "حيّ الزيتون", "region": "JO", "at": NOON} | facts
    )


def addresses(resolver: Any, before: str = "") -> Iterator[str]:
    """Every address of the site, as it is written in the patterns."""
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, here)
        else:
            yield here


@pytest.mark.django_db
class TestCreate:
    @pytest.mark.parametrize(
        ("region", "currency", "zone"),
        [("JO", "JOD", "Asia/Amman"), ("ma", "MAD", "Africa/Casablanca"), ("SY", "SYP", "Asia/Damascus")],
    )
    def test_takes_currency_and_clock_from_its_region(self, region, currency, zone):
        community = create(region=region)

        assert (community.currency, community.time_zone) == (currency, zone)

    @pytest.mark.parametrize(
        "slug", ["", "Olive", "حي", "a b", "-a", "a-", "a--b", "a/b", "a" * 41, "a\n", "olive\x00"]
    )
    def test_refuses_a_short_name_that_is_no_address(self, slug):
        with pytest.raises(errors.SlugNotValid):
            create(slug=slug)

    def test_refuses_a_short_name_that_is_taken(self):
        create()

        with pytest.raises(errors.NameTaken):
            create(name="Another")

    @pytest.mark.parametrize("slug", ["admin", "c", "api", "static", "me"])
    def test_refuses_a_short_name_that_the_site_uses_itself(self, slug):
        with pytest.raises(errors.SlugReserved):
            create(slug=slug)

    def test_the_first_word_of_every_address_is_reserved(self):
        words = {address.split("/")[0] for address in addresses(get_resolver())}

        assert {word for word in words if re.fullmatch("[a-z-]+", word)} - RESERVED_SLUGS == set()

    @pytest.mark.parametrize("name", ["", "   ", "\u202e\u2066", "\x00"])
    def test_refuses_an_empty_name(self, name):
        with pytest.raises(errors.CommunityNameNeeded):
            create(name=name)

    @pytest.mark.parametrize("region", ["", "XX", "ZZ", "Jordan"])
    def test_refuses_a_region_nobody_knows(self, region):
        with pytest.raises(errors.RegionUnknown):
            create(region=region)

    @pytest.mark.parametrize(
        "middle", [(91.0, 0.0), (0.0, 181.0), (31.0, None), (None, 35.0), (float("nan"), 1.0)]
    )
    def test_refuses_a_middle_that_lies_nowhere(self, middle):
        with pytest.raises(errors.CentreNotOnTheGlobe):
            create(latitude=middle[0], longitude=middle[1])

    def test_stands_on_the_trail_without_its_name(self):
        community = create()

        entry = TrailEntry.objects.get(scope=community.public_id)
        assert (entry.verb, entry.data) == ("community_created", {"region": "JO"})

    def test_its_first_steward_comes_by_one_invitation(self):
        community = create()
        _, token = services.invite_first_steward(community=community, at=NOON)
        first, second = make_person(), make_person()

        services.accept_invitation(community=community, token=token, person=first, at=NOON)

        assert "steward" in queries.roles_of(person=first, community=community)
        with pytest.raises(errors.InvitationNotValid):
            services.accept_invitation(community=community, token=token, person=second, at=NOON)

    def test_the_first_invitation_works_for_a_week(self):
        community = create()
        _, token = services.invite_first_steward(community=community, at=NOON)

        with pytest.raises(errors.InvitationNotValid):
            services.accept_invitation(
                community=community, token=token, person=make_person(), at=NOON + timedelta(days=7)
            )


@pytest.mark.django_db
class TestSettings:
    @pytest.fixture
    def here(self):
        return make_community()

    @pytest.fixture
    def steward(self, here):
        return make_member(here, "steward")

    def change(self, here, steward, **facts):
        return services.change_community(
            community=here, actor=steward, facts=services.CommunityFacts(**FACTS | facts), at=NOON
        )

    def test_changes_what_the_community_says_of_itself(self, here, steward):
        self.change(
            here, steward, name="حيّ النخيل", welcome="أهلًا", region="MA", latitude=33.5, longitude=-7.6
        )

        stored = Community.objects.get(pk=here.pk)
        assert (stored.name, stored.welcome, stored.region, stored.latitude) == (
            "حيّ النخيل",
            "أهلًا",
            "MA",
            33.5,
        )

    def test_writes_which_fields_changed_on_the_trail_never_what_they_say(self, here, steward):
        self.change(here, steward, name="حيّ النخيل", welcome="أهلًا")

        assert TrailEntry.objects.get(verb="settings_changed").data == {"fields": ["name", "welcome"]}

    def test_writes_nothing_when_nothing_changed(self, here, steward):
        self.change(here, steward)

        assert not TrailEntry.objects.filter(verb="settings_changed").exists()

    @pytest.mark.parametrize(
        ("wrong", "error"),
        [
            ({"name": " "}, errors.CommunityNameNeeded),
            ({"region": "XX"}, errors.RegionUnknown),
            ({"currency": "dinar"}, errors.CurrencyUnknown),
            ({"time_zone": "Asia/Nowhere"}, errors.TimeZoneUnknown),
            ({"time_zone": "../../etc/passwd"}, errors.TimeZoneUnknown),
            ({"latitude": 95.0, "longitude": 0.0}, errors.CentreNotOnTheGlobe),
        ],
    )
    def test_refuses_what_makes_no_sense(self, here, steward, wrong, error):
        with pytest.raises(error):
            self.change(here, steward, **wrong)

    def test_cleans_and_cuts_long_text(self, here, steward):
        self.change(here, steward, name="ا" * 100_000, welcome="\u202eأهلًا\x00" * 10_000)

        stored = Community.objects.get(pk=here.pk)
        assert len(stored.name) == 80
        assert "\u202e" not in stored.welcome
        assert len(stored.welcome) <= 300

    def test_reads_the_helpline_in_either_digit_set(self, here, steward):
        facts = services.HelplineFacts(name="هند", phone="٠٧٩ ٠٠٠ ٠٠٠٠", opens=time(9), closes=time(20))

        services.change_helpline(community=here, actor=steward, facts=facts, at=NOON)

        assert Community.objects.get(pk=here.pk).helpline_phone == "+962790000000"

    def test_no_phone_means_no_helpline(self, here, steward):
        services.change_helpline(
            community=here, actor=steward, facts=services.HelplineFacts(name="هند", opens=time(9)), at=NOON
        )

        stored = Community.objects.get(pk=here.pk)
        assert (stored.helpline_name, stored.helpline_opens) == ("", None)

    def test_refuses_a_helpline_nobody_can_call(self, here, steward):
        with pytest.raises(PhoneNotUnderstood):
            services.change_helpline(
                community=here, actor=steward, facts=services.HelplineFacts(phone="12"), at=NOON
            )

    def test_switches_parts_off_and_on(self, here, steward):
        services.switch_apps(community=here, actor=steward, in_use=[], at=NOON)
        assert not here.has_on("needs")

        services.switch_apps(community=here, actor=steward, in_use=list(APPS), at=NOON)
        assert here.has_on("needs")

    def test_refuses_a_part_nobody_knows(self, here, steward):
        with pytest.raises(errors.AppUnknown):
            services.switch_apps(community=here, actor=steward, in_use=["mining"], at=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "gone"},
        {"state": "left"},
        {"ended_at": NOON},
        {"overnight_approved_at": NOON},
    ],
)
def test_the_database_refuses_a_membership_that_contradicts_itself(wrong):
    community = make_community()
    person = make_member(community)

    row = membership(person, community)
    for name, value in wrong.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError):
        row.save()
