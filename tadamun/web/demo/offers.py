"""What the neighbourhood gives: once and every week, to share out and whole, goods, hours and a roof."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tadamun.foundation.catalogue.queries import category_of
from tadamun.foundation.people.consents import current_version
from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.vocabulary import Requirement, Rhythm
from tadamun.web.demo.people import house_near

WEEKLY, MONTHLY, ONCE = Rhythm.WEEKLY, Rhythm.MONTHLY, Rhythm.ONCE
FULL_SERVICE = (
    Requirement.BROUGHT_HOME.value,
    Requirement.HALAL.value,
    Requirement.NO_STAIRS.value,
    Requirement.ARABIC.value,
)


@dataclass(frozen=True)
class Given:
    """One offer: by whom, of what, how much, how often, and how many days before now it was made."""

    key: str
    giver: str
    area: str
    category: str
    quantity: int
    rhythm: Rhythm
    days: int
    detail: str = ""
    organisation: str = ""
    reach_km: float = 6.0
    whole: bool = False
    monthly_limit: int | None = None
    good_for_days: int | None = None
    provides: tuple[str, ...] = field(default=FULL_SERVICE)


# fmt: off
GIVEN: tuple[Given, ...] = (
    Given("baskets-sami", "sami", "palms", "food-parcel", 6, WEEKLY, 34, "أرزّ وزيت وعدس وسكّر وشاي"),
    Given("bakery", "", "market", "bread-milk", 40, WEEKLY, 34, "خبز كلّ صباح", "مخبز السنابل"),
    Given("charity", "", "hill", "food-parcel", 30, MONTHLY, 33, "سلّة لأسرة من خمسة", "جمعية التلّة"),
    Given("meals-samar", "samar", "palms", "cooked-meal", 6, WEEKLY, 33, "طبق يوم الجمعة",
          monthly_limit=12),
    Given("meals-rania", "rania", "school", "cooked-meal", 6, WEEKLY, 32, "شوربة وأرزّ"),
    Given("nappies-yazan", "yazan", "hill", "nappies", 6, MONTHLY, 32, "مقاس ٤ و٥"),
    Given("formula-dina", "dina", "hill", "infant-formula", 4, MONTHLY, 31, "للأشهر الستّة الأولى"),
    Given("rides-tareq", "tareq", "valley", "ride", 4, WEEKLY, 31, "سيّارة بأربعة مقاعد"),
    Given("rides-walid", "walid", "palms", "ride", 3, WEEKLY, 30),
    Given("clinic-lubna", "lubna", "market", "clinic-company", 2, WEEKLY, 30, provides=(*FULL_SERVICE,
          "woman")),
    Given("company-amal", "amal", "hill", "company", 3, WEEKLY, 29, provides=(*FULL_SERVICE, "woman")),
    Given("repair-mazen", "mazen", "school", "home-repair", 2, WEEKLY, 29, "كهرباء وسباكة بسيطة"),
    Given("repair-issa", "issa", "valley", "home-repair", 2, MONTHLY, 28, "نجارة"),
    Given("papers-reem", "reem", "school", "forms", 3, WEEKLY, 28),
    Given("legal-kamal", "kamal", "market", "legal", 2, MONTHLY, 27, "عمل وسكن"),
    Given("listen-reem", "reem", "school", "call-to-listen", 3, WEEKLY, 27),
    Given("visit-amal", "amal", "hill", "visit-to-listen", 2, WEEKLY, 26, provides=(*FULL_SERVICE,
          "woman")),
    Given("blankets-nabil", "nabil", "valley", "blankets", 2, ONCE, 3, "بطّانيّتان جديدتان"),
    Given("blankets-lubna", "lubna", "market", "blankets", 5, ONCE, 29),
    Given("coats-dina", "dina", "hill", "winter-clothes", 8, ONCE, 27, "مقاسات أطفال وكبار"),
    Given("shoes-fadi", "fadi", "market", "shoes", 4, ONCE, 24),
    Given("stove-issa", "issa", "valley", "stove", 1, ONCE, 22, "مدفأة غاز بحالة جيّدة"),
    Given("sofa-walid", "walid", "palms", "furniture", 1, ONCE, 20, "طاولة وأربعة كراسٍ", whole=True),
    Given("fridge-mazen", "mazen", "school", "fridge", 1, ONCE, 18, "ثلّاجة صغيرة تعمل جيّدًا", whole=True),
    Given("books-rania", "rania", "school", "school-supplies", 10, ONCE, 24, "دفاتر وحقائب"),
    Given("tutor-nabil", "nabil", "valley", "tutoring", 2, WEEKLY, 17, "رياضيات للصفّ التاسع"),
    Given("laptop-fadi", "fadi", "market", "device", 1, ONCE, 16, "حاسوب مستعمل مع شاحن", whole=True),
    Given("pharmacy", "", "market", "medicine", 12, MONTHLY, 30, "بوصفة طبّية", "صيدلية الشفاء"),
    Given("walker-suad", "suad", "market", "medical-device", 1, ONCE, 15, "مشّاية"),
    Given("hygiene-samar", "samar", "palms", "hygiene", 6, MONTHLY, 20),
    Given("moving-tareq", "tareq", "valley", "moving", 2, MONTHLY, 19, "شاحنة صغيرة"),
    Given("baby-clothes", "dina", "hill", "infant-clothes", 6, ONCE, 15),
    Given("cot-hala", "hala", "market", "infant-gear", 1, ONCE, 14, "سرير طفل", whole=True),
    Given("translate", "kamal", "market", "translation", 2, MONTHLY, 14, "إنجليزية وفرنسية"),
    Given("jam-suad", "suad", "market", "special-diet", 3, ONCE, 2, "خبز بلا غلوتين",
          good_for_days=6, provides=(*FULL_SERVICE, "gluten_free")),
    Given("room-hala", "hala", "market", "night", 3, ONCE, 12, "غرفة بمدخل مستقلّ"),
)
# fmt: on


def give(*, one: Given, community: Any, areas: dict[str, Any], actor: Any, today: date, at: datetime) -> Any:
    """Make one offer through its service."""
    number = GIVEN.index(one)
    good_until = today + timedelta(days=one.good_for_days) if one.good_for_days else None
    shelter = None
    if one.category == "night":
        shelter = services.ShelterOffer(
            beds=3,
            nights_from=today - timedelta(days=12),
            nights_until=today + timedelta(days=60),
            house_rules="الهدوء بعد العاشرة، ولا تدخين",
            about_house="غرفة بسريرين وأريكة، حمّام خاصّ، طابق أرضيّ",
        )
    details = services.OfferDetails(
        category=category_of(community=community, code=one.category),
        quantity=one.quantity,
        divisible=not one.whole,
        rhythm=one.rhythm,
        reach_km=one.reach_km,
        provides=tuple(one.provides),
        detail=one.detail,
        monthly_limit=one.monthly_limit,
        best_before=good_until,
        storage="dry" if good_until else "",
        area=areas[one.area],
        exact=house_near(one.area, number=number + 3),
        giver_name=one.organisation,
        is_organisation=bool(one.organisation),
        phone=f"+9627900003{number + 1:02d}" if one.organisation else "",
        consent_version=current_version(purpose=ConsentPurpose.OFFER),
        shelter=shelter,
    )
    return services.post_offer(community=community, actor=actor, details=details, at=at)
