"""The shared catalogue every community begins with.

`open_eligibility` holds codes of the Open Eligibility taxonomy of human services, so that figures can be compared with
those of other services. The first eight are the tiles of the first page, in their order there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tadamun.foundation.catalogue.vocabulary import SafetyTier, Unit

VISIT, OVERNIGHT = SafetyTier.HOME_VISIT, SafetyTier.OVERNIGHT


@dataclass(frozen=True)
class Seed:
    """One shared category and those below it; `names` are Arabic, English, French."""

    code: str
    names: tuple[str, str, str]
    icon: str
    open_eligibility: str
    unit: Unit = Unit.ITEM
    perishable: bool = False
    sensitive: bool = False
    safety_tier: SafetyTier = SafetyTier.HANDOVER
    whole: bool = False
    is_money: bool = False
    on_first_page: bool = False
    below: tuple[Seed, ...] = field(default=())


FOOD = Seed(
    "food",
    ("طعام", "Food", "Nourriture"),
    "soup",
    "102",
    unit=Unit.PARCEL,
    perishable=True,
    on_first_page=True,
    below=(
        Seed(
            "food-parcel",
            ("سلّة غذائية", "Food parcel", "Colis alimentaire"),
            "basket",
            "102-04",
            unit=Unit.PARCEL,
            perishable=True,
        ),
        Seed(
            "cooked-meal",
            ("وجبة مطبوخة", "Cooked meal", "Repas préparé"),
            "tools-kitchen-2",
            "102-05",
            unit=Unit.MEAL,
            perishable=True,
        ),
        Seed(
            "bread-milk", ("خبز وحليب", "Bread and milk", "Pain et lait"), "apple", "102-02", perishable=True
        ),
        Seed(
            "special-diet",
            ("طعام لحمية خاصّة", "Food for a special diet", "Nourriture pour un régime particulier"),
            "salad",
            "102-07",
            unit=Unit.PARCEL,
            perishable=True,
        ),
    ),
)
SHELTER = Seed(
    "shelter",
    ("سكن وإيجار", "Shelter and rent", "Logement et loyer"),
    "home-2",
    "103",
    unit=Unit.NIGHT,
    sensitive=True,
    safety_tier=OVERNIGHT,
    whole=True,
    on_first_page=True,
    below=(
        Seed(
            "night",
            ("مبيت ليلة أو ليالٍ", "A place for some nights", "Un lit pour quelques nuits"),
            "bed",
            "103-01",
            unit=Unit.NIGHT,
            sensitive=True,
            safety_tier=OVERNIGHT,
            whole=True,
        ),
        Seed(
            "room",
            ("غرفة أو بيت لفترة", "A room or home for a while", "Une chambre ou un logement pour un temps"),
            "door-enter",
            "103-05-04",
            unit=Unit.NIGHT,
            sensitive=True,
            safety_tier=OVERNIGHT,
            whole=True,
        ),
        Seed(
            "rent",
            ("مساعدة في الإيجار", "Help with rent", "Aide au loyer"),
            "home-heart",
            "103-03",
            unit=Unit.MONEY,
            sensitive=True,
            is_money=True,
        ),
    ),
)
HEALTH = Seed(
    "health",
    ("دواء وعلاج", "Medicine and health", "Médicaments et soins"),
    "pill",
    "106",
    sensitive=True,
    on_first_page=True,
    below=(
        Seed(
            "medicine",
            ("دواء", "Medicine", "Médicament"),
            "pill",
            "106-05-06",
            unit=Unit.BOX,
            perishable=True,
            sensitive=True,
        ),
        Seed(
            "medical-device",
            ("جهاز أو مستلزم طبّي", "Medical device or supplies", "Appareil ou matériel médical"),
            "wheelchair",
            "104-04",
            sensitive=True,
        ),
        Seed(
            "clinic-company",
            ("مرافقة إلى العيادة", "Company to the clinic", "Accompagnement à la consultation"),
            "stethoscope",
            "105-02-01",
            unit=Unit.VISIT,
            sensitive=True,
            safety_tier=VISIT,
        ),
    ),
)
INFANTS = Seed(
    "infants",
    ("أطفال ورضّع", "Children and infants", "Enfants et nourrissons"),
    "baby-carriage",
    "104-01",
    on_first_page=True,
    below=(
        Seed(
            "infant-formula",
            ("حليب رضّع", "Infant formula", "Lait infantile"),
            "baby-bottle",
            "104-01-02",
            perishable=True,
        ),
        Seed("nappies", ("حفاضات", "Nappies", "Couches"), "package", "104-01-02", unit=Unit.BOX),
        Seed(
            "infant-clothes",
            ("ملابس أطفال", "Children's clothes", "Vêtements pour enfants"),
            "shirt",
            "104-01-01",
        ),
        Seed(
            "infant-gear",
            ("عربة أو سرير طفل", "Pram or cot", "Poussette ou lit d’enfant"),
            "baby-carriage",
            "104-01",
        ),
        Seed(
            "child-minding",
            ("رعاية طفل لساعات", "Minding a child", "Garde d’enfant"),
            "heart",
            "108-03-03",
            unit=Unit.HOUR,
            sensitive=True,
            safety_tier=VISIT,
        ),
    ),
)
HOUSEHOLD = Seed(
    "household",
    ("أغراض البيت", "Household goods", "Équipement de la maison"),
    "package",
    "104-03",
    on_first_page=True,
    below=(
        Seed(
            "blankets", ("أغطية وفرش", "Blankets and bedding", "Couvertures et literie"), "bed", "104-03-01"
        ),
        Seed("stove", ("مدفأة أو موقد", "Heater or cooker", "Poêle ou cuisinière"), "flame", "104-03"),
        Seed("furniture", ("أثاث", "Furniture", "Meubles"), "sofa", "104-03-03"),
        Seed(
            "fridge",
            ("ثلّاجة أو غسّالة", "Fridge or washing machine", "Réfrigérateur ou lave-linge"),
            "snowflake",
            "104-03",
        ),
        Seed(
            "hygiene",
            ("نظافة وعناية شخصية", "Hygiene and personal care", "Hygiène et soins personnels"),
            "wash",
            "104-03-04",
            unit=Unit.BOX,
            sensitive=True,
        ),
        Seed(
            "home-repair",
            ("إصلاح في البيت", "Repair at home", "Réparation à domicile"),
            "hammer",
            "103-03-05",
            unit=Unit.VISIT,
            safety_tier=VISIT,
        ),
    ),
)
TRANSPORT = Seed(
    "transport",
    ("توصيل ومرافقة", "Transport and company", "Transport et accompagnement"),
    "car",
    "105",
    unit=Unit.RIDE,
    safety_tier=VISIT,
    on_first_page=True,
    below=(
        Seed("ride", ("توصيلة", "A ride", "Un trajet"), "car", "105-02", unit=Unit.RIDE, safety_tier=VISIT),
        Seed(
            "moving",
            ("نقل أغراض", "Moving things", "Transport d’objets"),
            "truck",
            "105",
            unit=Unit.RIDE,
            safety_tier=VISIT,
        ),
        Seed(
            "company",
            ("مرافقة أو مشوار", "Company or an errand", "Accompagnement ou course"),
            "walk",
            "108-07-06",
            unit=Unit.VISIT,
            safety_tier=VISIT,
        ),
    ),
)
LISTENING = Seed(
    "listening",
    ("من يسمعني", "Someone to listen", "Quelqu’un qui m’écoute"),
    "users-group",
    "108-07",
    unit=Unit.HOUR,
    sensitive=True,
    on_first_page=True,
    below=(
        Seed(
            "call-to-listen",
            ("مكالمة إصغاء", "A call to listen", "Un appel d’écoute"),
            "phone-call",
            "108-07-10",
            unit=Unit.HOUR,
            sensitive=True,
        ),
        Seed(
            "visit-to-listen",
            ("زيارة ومؤانسة", "A visit", "Une visite"),
            "ear",
            "108-07-03",
            unit=Unit.VISIT,
            sensitive=True,
            safety_tier=VISIT,
        ),
    ),
)
ADVICE = Seed(
    "advice",
    ("مشورة وأوراق", "Advice and papers", "Conseils et papiers"),
    "lifebuoy",
    "108-05",
    unit=Unit.HOUR,
    sensitive=True,
    on_first_page=True,
    below=(
        Seed(
            "legal",
            ("مشورة قانونية", "Legal advice", "Conseil juridique"),
            "scale",
            "111-01",
            unit=Unit.HOUR,
            sensitive=True,
        ),
        Seed(
            "forms",
            ("تعبئة أوراق ومعاملات", "Forms and paperwork", "Formulaires et démarches"),
            "file-text",
            "108-05-01",
            unit=Unit.HOUR,
            sensitive=True,
        ),
        Seed(
            "translation",
            ("ترجمة", "Translation", "Traduction"),
            "language",
            "111-05",
            unit=Unit.HOUR,
            sensitive=True,
        ),
    ),
)
CLOTHING = Seed(
    "clothing",
    ("ملابس", "Clothing", "Vêtements"),
    "shirt",
    "104-02",
    below=(
        Seed("winter-clothes", ("ملابس شتوية", "Winter clothes", "Vêtements d’hiver"), "snowflake", "104-02"),
        Seed("shoes", ("أحذية", "Shoes", "Chaussures"), "shoe", "104-02"),
        Seed("work-clothes", ("ملابس عمل", "Work clothes", "Vêtements de travail"), "briefcase", "104-02-03"),
    ),
)
EDUCATION = Seed(
    "education",
    ("تعليم", "Education", "Éducation"),
    "school",
    "109",
    below=(
        Seed(
            "school-supplies",
            ("مستلزمات مدرسية", "School supplies", "Fournitures scolaires"),
            "backpack",
            "109-02",
        ),
        Seed(
            "tutoring",
            ("دروس تقوية", "Tutoring", "Soutien scolaire"),
            "book",
            "109-03-10",
            unit=Unit.HOUR,
            safety_tier=VISIT,
        ),
        Seed(
            "device",
            ("حاسوب أو هاتف للدراسة", "Computer or phone for study", "Ordinateur ou téléphone pour étudier"),
            "phone",
            "109-02",
        ),
    ),
)
MONEY = Seed(
    "money",
    ("مال", "Money", "Argent"),
    "coin",
    "107-02",
    unit=Unit.MONEY,
    sensitive=True,
    is_money=True,
    below=tuple(
        Seed(code, names, icon, theirs, unit=Unit.MONEY, sensitive=True, is_money=True)
        for code, names, icon, theirs in (
            (
                "bill",
                ("فاتورة كهرباء أو ماء", "Electricity or water bill", "Facture d’électricité ou d’eau"),
                "file-text",
                "107-02-04-02",
            ),
            (
                "medicine-cost",
                ("ثمن دواء أو علاج", "Cost of medicine or care", "Frais de médicaments ou de soins"),
                "pill",
                "107-02-03",
            ),
            ("school-cost", ("رسوم دراسية", "School fees", "Frais de scolarité"), "school", "107-02-05"),
        )
    ),
)
SHARED = (FOOD, SHELTER, HEALTH, INFANTS, HOUSEHOLD, TRANSPORT, LISTENING, ADVICE, CLOTHING, EDUCATION, MONEY)
