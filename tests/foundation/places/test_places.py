"""Areas, and places that show less than they know."""

import h3
import pytest
from django.db import IntegrityError, connection, transaction

from tadamun.foundation.communities.errors import NotAMember, RoleNeeded
from tadamun.foundation.places import errors, queries, services
from tadamun.foundation.places.cards import Point
from tadamun.foundation.places.models import Area
from tests.foundation.make import NOON, make_community, make_member
from tests.foundation.together import together

MIDDLE = Point(31.9539, 35.9106)
DOOR = Point(31.955432, 35.912345)


@pytest.fixture
def here(db):
    return make_community()


@pytest.fixture
def steward(here):
    return make_member(here, "steward")


@pytest.fixture
def area(here, steward):
    return keep(here, steward)


def keep(here, steward, **facts):
    return services.keep_area(
        **{"community": here, "actor": steward, "name": "شارع النخيل", "middle": MIDDLE, "at": NOON} | facts
    )


class TestPlaces:
    def test_the_exact_place_is_sealed_and_the_cell_is_wide(self, area):
        place = services.keep_place(area=area, address="شارع النخيل، بناية ٧", exact=DOOR)

        with connection.cursor() as cursor:
            cursor.execute("SELECT address, exact, cell FROM places_place")
            address, exact, cell = cursor.fetchone()
        assert "النخيل" not in address
        assert "31.95" not in exact
        assert h3.get_resolution(cell) == services.SHOWN_RESOLUTION
        assert place.exact == "31.955432,35.912345"

    def test_what_is_shown_is_never_the_door(self, area):
        place = services.keep_place(area=area, exact=DOOR)

        shown = queries.shown_point(cell=place.cell)
        assert shown != DOOR
        assert abs(shown.latitude - DOOR.latitude) < 0.01

    def test_two_doors_of_one_cell_look_the_same(self, area):
        near = Point(DOOR.latitude + 0.00001, DOOR.longitude)

        first, second = (services.keep_place(area=area, exact=point) for point in (DOOR, near))

        assert first.cell == second.cell

    def test_matching_reckons_with_the_best_known(self, here, area):
        exact = services.keep_place(area=area, exact=DOOR)
        of_area = services.keep_place(area=area)
        here.latitude, here.longitude = 31.0, 35.0

        assert queries.matching_point(place=exact, community=here) == DOOR
        assert queries.matching_point(place=of_area, community=here) == Point(
            *h3.cell_to_latlng(of_area.cell)
        )
        assert queries.matching_point(place=None, community=here) == Point(31.0, 35.0)

    def test_a_new_address_drops_the_old_position(self, here, area, steward):
        place = services.keep_place(area=area, address="القديم", exact=DOOR)
        other = keep(here, steward, name="شارع المدرسة", middle=Point(32.0, 36.0))

        services.change_place(place=place, area=other, address="الجديد")

        place.refresh_from_db()
        assert (place.exact, place.address) == ("", "الجديد")
        assert place.cell == h3.latlng_to_cell(32.0, 36.0, services.SHOWN_RESOLUTION)

    def test_forgetting_keeps_the_area_for_the_counts_alone(self, area):
        place = services.keep_place(area=area, address="بناية ٧", exact=DOOR)

        services.forget_place(place=place)

        place.refresh_from_db()
        assert (place.address, place.exact, place.cell, place.area) == ("", "", "", area)


class TestAreas:
    def test_are_kept_in_their_order_and_closed_ones_left_out(self, here, steward, area):
        last = keep(here, steward, name="آخر", position=9)
        first = keep(here, steward, name="وسط", position=0)
        services.close_area(community=here, actor=steward, area_id=area.public_id, at=NOON)

        assert queries.open_areas(community=here) == [first, last]
        assert [card.closed for card in queries.all_areas(community=here)].count(True) == 1
        with pytest.raises(errors.NoSuchArea):
            queries.area_of(community=here, area_id=area.public_id)

        services.reopen_area(community=here, actor=steward, area_id=area.public_id, at=NOON)
        assert queries.area_of(community=here, area_id=area.public_id) == area

    def test_are_corrected(self, here, steward, area):
        keep(here, steward, area_id=area.public_id, name="شارع الزيتون", middle=Point(32.0, 36.0))

        card = queries.area_card(community=here, area_id=area.public_id)
        assert (card.name, card.latitude) == ("شارع الزيتون", 32.0)

    @pytest.mark.parametrize(
        ("facts", "error"),
        [
            ({"name": " \u202e"}, errors.AreaNameNeeded),
            ({"middle": Point(91, 0)}, errors.NotOnTheGlobe),
            ({"middle": Point(0, -181)}, errors.NotOnTheGlobe),
            ({"middle": Point(float("nan"), 0)}, errors.NotOnTheGlobe),
            ({"area_id": "nothing"}, errors.NoSuchArea),
        ],
    )
    def test_refuse_what_makes_no_sense(self, here, steward, facts, error):
        with pytest.raises(error):
            keep(here, steward, **facts)

    def test_names_are_one_a_community(self, here, steward, area):
        with pytest.raises(errors.AreaNameTaken):
            keep(here, steward)
        there = make_community()
        assert keep(there, make_member(there, "steward")).name == area.name

    def test_of_another_community_do_not_exist(self, here, area):
        there = make_community()
        stranger = make_member(there, "steward")

        with pytest.raises(errors.NoSuchArea):
            services.close_area(community=there, actor=stranger, area_id=area.public_id, at=NOON)
        with pytest.raises(NotAMember):
            services.close_area(community=here, actor=stranger, area_id=area.public_id, at=NOON)

    @pytest.mark.parametrize("role", ["", "volunteer", "facilitator", "coordinator", "auditor"])
    def test_only_stewards_keep_them(self, here, area, role):
        actor = make_member(here, *([role] if role else []))

        with pytest.raises(RoleNeeded):
            keep(here, actor, name="جديد")
        for change in (services.close_area, services.reopen_area):
            with pytest.raises(RoleNeeded):
                change(community=here, actor=actor, area_id=area.public_id, at=NOON)

    def test_the_database_refuses_one_off_the_globe(self, area):
        area.latitude = 200

        with pytest.raises(IntegrityError), transaction.atomic():
            area.save()


@pytest.mark.django_db(transaction=True)
def test_two_stewards_adding_one_name_at_once_make_one_area():
    here = make_community()
    both = [make_member(here, "steward") for _ in range(2)]

    outcomes = together([lambda who=who: keep(here, who) for who in both])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Area", "AreaNameTaken"]
    assert Area.objects.count() == 1
