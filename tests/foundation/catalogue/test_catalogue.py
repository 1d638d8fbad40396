"""The shared catalogue, and what a community makes of it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tadamun.design.icons import icon_names
from tadamun.foundation.catalogue import errors, queries, services
from tadamun.foundation.catalogue.forms import ICONS
from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.catalogue.seed import SHARED
from tadamun.foundation.catalogue.vocabulary import SafetyTier, Unit
from tadamun.foundation.communities.errors import NotAMember, RoleNeeded
from tests.foundation.make import NOON, make_community, make_member

TILES = ["food", "shelter", "health", "infants", "household", "transport", "listening", "advice"]


@pytest.fixture(autouse=True)
def catalogue(db):
    services.load_catalogue()


@pytest.fixture
def here():
    return make_community()


@pytest.fixture
def steward(here):
    return make_member(here, "steward")


def every_seed():
    for root in SHARED:
        yield root
        yield from root.below


def add(here, steward, parent_code="", **facts):
    return services.add_category(
        community=here,
        actor=steward,
        facts=services.CategoryFacts(**{"name_ar": "أدوات"} | facts),
        parent_code=parent_code,
        at=NOON,
    )


class TestShared:
    def test_the_first_page_has_its_eight_tiles_in_order(self, here):
        with translation.override("ar"):
            tiles = queries.tiles(community=here)

        assert [card.code for card in tiles] == TILES
        assert [card.name for card in tiles] == [
            "طعام",
            "سكن وإيجار",
            "دواء وعلاج",
            "أطفال ورضّع",
            "أغراض البيت",
            "توصيل ومرافقة",
            "من يسمعني",
            "مشورة وأوراق",
        ]

    def test_every_category_has_three_names_and_an_icon_of_the_sprite(self):
        known = icon_names()

        for seed in every_seed():
            assert all(seed.names), seed.code
            assert seed.icon in known, seed.code
            assert seed.open_eligibility, seed.code

    def test_codes_are_unlike(self):
        codes = [seed.code for seed in every_seed()]

        assert len(codes) == len(set(codes))

    def test_names_are_unlike_within_a_language_at_one_place(self):
        for root in SHARED:
            for language in range(3):
                names = [seed.names[language] for seed in root.below]
                assert len(names) == len(set(names)), root.code

    def test_shelter_goes_whole_and_asks_for_approved_hosts(self, here):
        for code in ("shelter", "night", "room"):
            card = queries.category_card(community=here, code=code)
            assert (card.whole, card.safety_tier, card.unit) == (True, SafetyTier.OVERNIGHT, Unit.NIGHT)

    def test_all_food_perishes_and_all_money_is_marked(self, here):
        food = queries.category_card(community=here, code="food")
        money = queries.category_card(community=here, code="money")

        assert all(card.perishable for card in (food, *food.below))
        assert all(card.is_money and card.unit is Unit.MONEY for card in (money, *money.below))
        assert queries.category_card(community=here, code="rent").is_money

    def test_loading_again_adds_nothing_and_keeps_what_was_edited(self):
        Category.objects.filter(code="food").update(name_en="Groceries")

        assert services.load_catalogue() == 0
        assert Category.objects.get(code="food").name_en == "Groceries"

    @pytest.mark.parametrize(
        ("language", "name"), [("ar", "طعام"), ("en", "Food"), ("fr", "Nourriture"), ("en-gb", "Food")]
    )
    def test_names_follow_the_language(self, here, language, name):
        with translation.override(language):
            assert queries.category_card(community=here, code="food").name == name

    def test_a_tree_takes_two_questions_however_large(self, here, django_assert_num_queries):
        with django_assert_num_queries(2):
            queries.open_categories(community=here)


class TestHiding:
    def test_leaves_it_out_here_with_all_below_it_and_nowhere_else(self, here, steward):
        services.hide_category(community=here, actor=steward, code="shelter", at=NOON)

        assert "shelter" not in [card.code for card in queries.tiles(community=here)]
        for code in ("shelter", "night"):
            with pytest.raises(errors.NoSuchCategory):
                queries.category_of(community=here, code=code)
            with pytest.raises(errors.NoSuchCategory):
                queries.category_card(community=here, code=code)
        assert queries.category_card(community=make_community(), code="night").code == "night"

    def test_can_be_undone_and_done_twice(self, here, steward):
        for _ in range(2):
            services.hide_category(community=here, actor=steward, code="food", at=NOON)
        for _ in range(2):
            services.show_category(community=here, actor=steward, code="food", at=NOON)

        assert queries.category_card(community=here, code="food").hidden is False

    def test_keeps_its_name_for_what_was_asked_before(self, here, steward):
        row = queries.category_of(community=here, code="night")
        services.hide_category(community=here, actor=steward, code="night", at=NOON)

        assert queries.cards_by_id(ids=[row.pk])[row.pk].root_code == "shelter"


class TestOwn:
    def test_stands_in_its_own_community_only(self, here, steward):
        row = add(here, steward, parent_code="household", name_ar="عدّة كهرباء", icon="tools", unit=Unit.ITEM)

        household = queries.category_card(community=here, code="household")
        assert row.code in [card.code for card in household.below]
        with pytest.raises(errors.NoSuchCategory):
            queries.category_of(community=make_community(), code=row.code)

    def test_falls_back_to_the_name_it_has(self, here, steward):
        row = add(here, steward, name_ar="عدّة كهرباء")

        with translation.override("fr"):
            assert queries.name_of(category=row) == "عدّة كهرباء"

    def test_under_money_it_is_money(self, here, steward):
        row = add(here, steward, parent_code="money", unit=Unit.ITEM)
        services.change_category(
            community=here,
            actor=steward,
            code=row.code,
            facts=services.CategoryFacts(name_ar="رسوم", unit=Unit.BOX),
            at=NOON,
        )

        row.refresh_from_db()
        assert (row.is_money, row.unit, row.sensitive) == (True, "money", True)

    def test_is_closed_and_used_again(self, here, steward):
        row = add(here, steward)
        services.close_category(community=here, actor=steward, code=row.code, at=NOON)
        with pytest.raises(errors.NoSuchCategory):
            queries.category_of(community=here, code=row.code)

        services.reopen_category(community=here, actor=steward, code=row.code, at=NOON)
        assert queries.category_of(community=here, code=row.code) == row

    @pytest.mark.parametrize("names", [{}, {"name_ar": "  "}, {"name_ar": "\u202e\x00"}])
    def test_needs_a_name(self, here, steward, names):
        with pytest.raises(errors.CategoryNameNeeded):
            add(here, steward, **({"name_ar": ""} | names))

    def test_refuses_a_name_that_stands_beside_it(self, here, steward):
        add(here, steward)

        with pytest.raises(errors.CategoryNameTaken):
            add(here, steward)
        with pytest.raises(errors.CategoryNameTaken):
            add(here, steward, name_ar="طعام")
        assert add(here, steward, parent_code="food").name_ar == "أدوات"

    def test_goes_no_deeper_than_two(self, here, steward):
        with pytest.raises(errors.CategoryBelowItself):
            add(here, steward, parent_code="night")

    def test_cuts_a_name_that_is_too_long(self, here, steward):
        assert len(add(here, steward, name_ar="ا" * 100_000).name_ar) == 60

    def test_another_communitys_can_be_neither_parent_nor_changed(self, here, steward):
        there = make_community()
        theirs = add(there, make_member(there, "steward"), name_ar="خاصّ")

        with pytest.raises(errors.NoSuchCategory):
            add(here, steward, parent_code=theirs.code)
        with pytest.raises(errors.NoSuchCategory):
            services.close_category(community=here, actor=steward, code=theirs.code, at=NOON)

    def test_a_shared_one_is_not_changed_by_one_community(self, here, steward):
        for change in (services.close_category, services.reopen_category):
            with pytest.raises(errors.CategoryNotYours):
                change(community=here, actor=steward, code="food", at=NOON)

    def test_offers_icons_of_the_sprite(self):
        assert set(ICONS) <= icon_names()


@pytest.mark.parametrize("role", ["", "volunteer", "facilitator", "coordinator", "auditor"])
def test_only_stewards_keep_the_catalogue(here, role):
    actor = make_member(here, *([role] if role else []))

    with pytest.raises(RoleNeeded):
        add(here, actor)
    for change in (
        services.hide_category,
        services.show_category,
        services.close_category,
        services.reopen_category,
    ):
        with pytest.raises(RoleNeeded):
            change(community=here, actor=actor, code="food", at=NOON)


def test_a_steward_of_another_community_keeps_nothing_here(here):
    with pytest.raises(NotAMember):
        add(here, make_member(make_community(), "steward"))


@pytest.mark.parametrize(
    "wrong",
    [{"unit": "ton"}, {"safety_tier": 7}, {"name_ar": "", "name_en": "", "name_fr": ""}, {"code": "shelter"}],
)
def test_the_database_refuses_a_category_that_makes_no_sense(wrong):
    row = Category.objects.get(code="food")
    for name, value in wrong.items():
        setattr(row, name, value)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
