"""What the neighbourhood asks for: sixty requests, each with how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser

from tadamun.foundation.catalogue.queries import category_of
from tadamun.foundation.people.consents import current_version
from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.vocabulary import ContactWay, Delivery, Origin, Tier, TierReason, When
from tadamun.web.demo.people import STREETS

GUEST = AnonymousUser()
CRITICAL, HIGH, NORMAL = Tier.CRITICAL, Tier.HIGH, Tier.NORMAL
TODAY, WEEK, MONTH, ANY = When.TODAY, When.WEEK, When.MONTH, When.ANY
REASONS = {CRITICAL: TierReason.HUNGER, HIGH: TierReason.DEADLINE, NORMAL: TierReason.ORDINARY}
_BY_CATEGORY = {
    "infant-formula": TierReason.INFANT,
    "nappies": TierReason.INFANT,
    "medicine": TierReason.HEALTH,
    "clinic-company": TierReason.HEALTH,
    "night": TierReason.NO_ROOF,
}


@dataclass(frozen=True)
class Wanted:
    """One request with its one line: how many days ago, what, and what becomes of it (`fate`, see the story)."""

    days: float
    name: str
    category: str
    fate: str
    area: str
    quantity: int = 1
    when: When = WEEK
    tier: Tier = NORMAL
    household: int = 4
    by: str = ""
    """Key of the member who asks; empty for a guest."""
    offer: str = ""
    """Key of the offer it is matched with by hand."""
    phone: int = 0
    """Last digits of the phone; 0 for one of its own."""
    detail: str = ""
    notes: str = ""
    delivery: Delivery = Delivery.EITHER
    requirements: tuple[str, ...] = ()
    way: ContactWay = ContactWay.CALL
    origin: Origin = Origin.WEB
    recipient: str = ""
    public: bool = False

    @property
    def by_when(self) -> When:
        """By when; what waited for the round had a month's time."""
        return MONTH if self.fate == "pool" else self.when

    @property
    def reason(self) -> TierReason:
        """What the coordinator bases the tier on."""
        return (
            _BY_CATEGORY.get(self.category, REASONS[self.tier]) if self.tier < NORMAL else TierReason.ORDINARY
        )


HOME = Delivery.HOME
# fmt: off
WANTED: tuple[Wanted, ...] = (
    # Matched by hand, in the first weeks.
    Wanted(29.6, "أمّ سليم", "food-parcel", "met", "palms", tier=HIGH, household=6,
           offer="baskets-sami", delivery=HOME),
    Wanted(29.2, "أبو رائد", "ride", "met", "valley", when=TODAY, household=2, offer="rides-tareq"),
    Wanted(28.4, "مها العبد", "infant-formula", "met", "hill", 2, tier=CRITICAL, household=4,
           offer="formula-dina"),
    Wanted(27.8, "أمّ عمر", "blankets", "met", "market", 2, household=5, offer="blankets-lubna"),
    Wanted(27.1, "جوزيف خوري", "forms", "met", "school", household=1, offer="papers-reem"),
    Wanted(26.5, "سناء طه", "bread-milk", "met", "market", 5, household=7, offer="bakery"),
    Wanted(25.9, "أبو محمود", "home-repair", "withdrawn", "school", household=3),
    Wanted(25.0, "عبير نصر", "winter-clothes", "met", "hill", 3, household=5, offer="coats-dina"),
    Wanted(24.2, "حسن زيدان", "legal", "referred", "market", household=4, detail="إنذار بإخلاء المنزل",
           tier=HIGH),
    Wanted(23.3, "أمّ جورج", "clinic-company", "met", "market", tier=HIGH, household=1,
           offer="clinic-lubna"),
    Wanted(22.4, "رشا غانم", "school-supplies", "met", "school", 3, household=5, offer="books-rania"),
    Wanted(21.6, "أبو هاني", "medicine", "met_by_others", "valley", 2, tier=HIGH, household=2),
    Wanted(20.8, "لينا مسعود", "call-to-listen", "met", "palms", household=1, offer="listen-reem",
           way=ContactWay.MESSAGE),
    Wanted(19.9, "أمّ يوسف", "cooked-meal", "fell_through", "palms", 2, household=3, offer="meals-samar"),
    Wanted(18.7, "كريم السيّد", "stove", "met", "valley", household=6, offer="stove-issa"),
    Wanted(17.5, "أمّ رامز", "nappies", "met", "hill", 2, tier=HIGH, household=5, offer="nappies-yazan"),
    Wanted(16.8, "غادة فرح", "moving", "expired", "school", household=4, when=WEEK),
    Wanted(16.1, "أبو سعيد", "medicine", "met", "market", 1, tier=HIGH, household=2, offer="pharmacy"),
    Wanted(15.4, "هدى بركات", "device", "not_wanted", "hill", household=5),
    # Open on the day of the round.
    Wanted(14.8, "أمّ زياد", "food-parcel", "pool", "valley", tier=HIGH, household=8, delivery=HOME,
           public=True),
    Wanted(13.9, "سمير عازر", "home-repair", "pool", "school", household=2, public=True),
    Wanted(12.7, "أمّ كريم", "food-parcel", "pool", "palms", tier=CRITICAL, household=6, delivery=HOME),
    Wanted(11.9, "نادين صقر", "tutoring", "pool", "valley", 2, household=5, public=True),
    Wanted(11.2, "أبو طارق", "fridge", "pool", "school", household=6, public=True),
    Wanted(10.5, "أمّ ماهر", "cooked-meal", "pool", "palms", 3, tier=HIGH, household=3),
    Wanted(9.8, "خالد شقير", "ride", "pool", "valley", household=1, public=True),
    Wanted(9.1, "أمّ فارس", "food-parcel", "pool", "school", household=5, public=True),
    Wanted(8.6, "ماري حنّا", "visit-to-listen", "pool", "hill", household=1),
    Wanted(8.0, "أبو نضال", "shoes", "pool", "market", 3, household=5, public=True),
    Wanted(7.4, "سحر قنديل", "infant-clothes", "pool", "hill", 4, household=4, public=True),
    Wanted(6.9, "أمّ عدنان", "infant-formula", "pool", "hill", 1, tier=CRITICAL, household=4),
    Wanted(6.5, "يحيى فهد", "special-diet", "pool", "palms", 2, household=3, requirements=("gluten_free",)),
    Wanted(6.1, "أمّ صالح", "hygiene", "pool", "palms", 2, household=6),
    Wanted(5.8, "رولا نعمة", "translation", "pool", "market", household=2),
    Wanted(5.5, "أبو وسام", "company", "pool", "hill", household=1, requirements=("woman",)),
    Wanted(5.2, "أمّ نور", "food-parcel", "pool", "valley", tier=HIGH, household=7, public=True),
    Wanted(4.9, "عادل مطر", "medical-device", "pool", "market", tier=HIGH, household=2),
    Wanted(4.6, "أمّ حسام", "bread-milk", "pool", "school", 4, household=6, public=True),
    # Since the round.
    Wanted(3.6, "ليلى القاسم", "nappies", "due_today", "palms", 2, tier=HIGH, by="layla",
           offer="nappies-yazan", delivery=HOME),
    Wanted(3.3, "أمّ بشار", "ride", "open", "hill", household=2, public=True),
    Wanted(3.0, "سلوى عنّاب", "food-parcel", "invited", "palms", household=5, offer="baskets-sami",
           tier=HIGH, delivery=HOME),
    Wanted(
        2.6, "أمّ خالد", "food-parcel", "guest", "palms", tier=HIGH, household=5, offer="baskets-sami",
        delivery=HOME,
        notes="الجرس معطّل، طرقتان على الباب", way=ContactWay.MESSAGE, public=True,
    ),
    Wanted(2.5, "أبو ياسر", "winter-clothes", "accepted", "hill", 2, household=4, offer="coats-dina"),
    Wanted(2.4, "أمّ طلال", "cooked-meal", "handed_over", "school", 2, household=2, offer="meals-rania"),
    Wanted(2.3, "هبة وطفلاها", "night", "stay", "market", 2, tier=CRITICAL, household=3,
           offer="room-hala", way=ContactWay.NEITHER),
    Wanted(2.2, "أبو غسّان", "blankets", "accepted", "valley", 4, household=6, offer="blankets-nabil",
           public=True),
    Wanted(2.0, "إلهام سرور", "hygiene", "due_tomorrow", "palms", 1, household=3, offer="hygiene-samar"),
    Wanted(1.9, "أمّ إبراهيم", "clinic-company", "invited", "market", tier=HIGH, household=1,
           offer="clinic-lubna"),
    Wanted(1.7, "دعاء رزق", "infant-formula", "open", "valley", 3, when=TODAY, tier=CRITICAL,
           household=4, public=True),
    Wanted(1.5, "أمّ حمزة", "food-parcel", "triage", "school", household=6, phone=77,
           notes="نفس العنوان منذ الشتاء"),
    Wanted(1.4, "أبو رعد", "furniture", "unreachable", "valley", household=5),
    Wanted(1.2, "منى خضر", "shoes", "withdrawn", "market", 2, household=4),
    Wanted(1.1, "أمّ لؤي", "bill", "money", "hill", 45, tier=HIGH, household=6,
           detail="فاتورة كهرباء متأخّرة"),
    Wanted(0.9, "باسل نمر", "tutoring", "open", "school", household=4, public=True),
    Wanted(0.8, "أمّ هيثم", "school-supplies", "duplicate", "school", 2, household=5, phone=22),
    Wanted(0.7, "أمّ حمزة", "food-parcel", "triage", "school", household=6, phone=77, when=TODAY),
    Wanted(0.4, "جميلة عيسى", "visit-to-listen", "call_later", "hill", household=1, origin=Origin.PHONE),
    Wanted(0.25, "أبو أنس", "medicine", "triage", "valley", 1, household=3, when=TODAY),
    Wanted(0.1, "ليلى القاسم", "home-repair", "triage", "palms", by="layla", household=5,
           detail="صنبور المطبخ يسرّب"),
    Wanted(
        0.08, "سارة نجم", "food-parcel", "triage", "market", when=TODAY, household=7,
        origin=Origin.ON_BEHALF, recipient="جارة مسنّة", delivery=HOME,
    ),
)
# fmt: on


def ask(*, one: Wanted, community: Any, areas: dict[str, Any], people: dict[str, Any], at: datetime) -> Any:
    """Post one request through its service; returns it with its PIN."""
    number = WANTED.index(one) + 1
    actor = people[one.by] if one.by else people["hind"] if one.origin is Origin.PHONE else GUEST
    behalf = one.origin is Origin.ON_BEHALF
    details = services.AskDetails(
        lines=(
            services.LineDetails(
                category=category_of(community=community, code=one.category),
                quantity=one.quantity,
                when=one.by_when,
                detail=one.detail,
            ),
        ),
        origin=one.origin,
        phone=f"+9627900002{one.phone or number:02d}",
        asker_name=one.name,
        recipient_name=one.recipient,
        contact_way=one.way,
        household_size=one.household,
        area=areas[one.area],
        address=f"{STREETS[one.area]}، بناية {one.phone or 3 + number % 40}",
        delivery=one.delivery,
        requirements=one.requirements,
        notes=one.notes,
        shows_in_public=one.public,
        consent_version=current_version(purpose=ConsentPurpose.ON_BEHALF if behalf else ConsentPurpose.HELP),
    )
    return services.post_request(community=community, actor=actor, details=details, at=at)
