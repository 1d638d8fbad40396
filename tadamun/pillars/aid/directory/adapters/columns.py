"""What tables and columns are called: HSDS 1 to 3, and the flat tables that referral lines keep."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

TABLES: dict[str, str] = {
    name: table
    for table, names in {
        "organization": ("organization", "organizations"),
        "service": ("service", "services"),
        "location": ("location", "locations"),
        "service_at_location": ("service_at_location", "services_at_location", "service_at_locations"),
        "address": ("address", "addresses", "physical_address", "physical_addresses"),
        "phone": ("phone", "phones"),
        "schedule": ("schedule", "schedules", "regular_schedule", "regular_schedules"),
        "eligibility": ("eligibility", "eligibilities"),
        "language": ("language", "languages"),
        "required_document": ("required_document", "required_documents"),
        "cost_option": ("cost_option", "cost_options"),
        "accessibility": ("accessibility", "accessibility_for_disabilities"),
        "taxonomy": ("taxonomy", "taxonomies"),
        "taxonomy_term": ("taxonomy_term", "taxonomy_terms"),
        "service_taxonomy": ("service_taxonomy", "services_taxonomy"),
        "attribute": ("attribute", "attributes"),
    }.items()
    for name in names
}
"""The name of a file, without its ending, and the HSDS 3 table that it is."""

FLAT: dict[str, str] = {
    name: column
    for column, names in {
        "id": ("id", "resourceagencynum", "recordid", "resourceid", "serviceid", "number", "الرقم"),
        "level": ("taxonomylevelname", "level", "recordtype"),
        "organization": (
            "organization",
            "organisation",
            "agency",
            "agencyname",
            "parentagency",
            "provider",
            "organizationname",
            "الجهة",
            "المؤسسة",
        ),
        "organization_id": ("organizationid", "parentagencynum", "agencyid", "parentid"),
        "name": ("name", "publicname", "service", "servicename", "program", "programname", "الخدمة", "الاسم"),
        "alternate_name": ("alternatename", "alternatenames", "officialname", "aka"),
        "description": ("description", "agencydescription", "servicedescription", "الوصف"),
        "url": ("url", "website", "websiteaddress", "web", "الموقعالالكتروني"),
        "email": ("email", "emailaddress", "emailaddressmain", "البريد"),
        "status": ("status", "agencystatus"),
        "street": (
            "address",
            "address1",
            "street",
            "physicaladdress1",
            "physicaladdress",
            "العنوان",
        ),
        "street_2": ("address2", "physicaladdress2"),
        "city": ("city", "town", "physicalcity", "المدينة"),
        "state_province": ("state", "province", "stateprovince", "physicalstateprovince", "المحافظة"),
        "postal_code": ("zip", "postalcode", "zipcode", "physicalpostalcode"),
        "country": ("country", "physicalcountry"),
        "private": ("physicaladdressisprivate", "confidential", "addressisprivate", "سري"),
        "latitude": ("latitude", "lat"),
        "longitude": ("longitude", "lon", "lng", "long"),
        "transportation": ("transportation", "directions", "الوصول"),
        "accessibility": ("accessibility", "disabilitiesaccess"),
        "phone": ("phone", "phone1number", "mainphone", "phonenumber", "telephone", "الهاتف"),
        "phone_2": ("phone2number", "hotline", "phone2"),
        "hours": ("hours", "hoursofoperation", "openinghours", "الدوام", "ساعاتالعمل"),
        "eligibility": ("eligibility", "eligibilityrequirements", "الشروط"),
        "documents": ("documents", "documentationrequired", "requireddocuments", "الوثائق", "الاوراق"),
        "fees": ("fees", "feestructure", "feestructuresource", "cost", "الكلفة", "الرسوم"),
        "application_process": (
            "applicationprocess",
            "intakeprocedure",
            "intakeprocess",
            "howtoapply",
            "التقديم",
        ),
        "languages": ("languages", "languagesoffered", "languagesofferedlist", "اللغات"),
        "terms": ("taxonomycodes", "taxonomycode", "category", "categories", "التصنيف"),
        "term_names": ("taxonomyterms", "taxonomyterm"),
        "assured_date": ("lastverified", "lastverifiedon", "lastconfirmed", "assureddate", "آخرتاكيد"),
    }.items()
    for name in names
}
"""The head of a flat table's column, folded, and what it holds."""

_NOT_A_LETTER = re.compile(r"[\W_]+")
_MARKS = frozenset({"Mn", "Lm"})


def folded(head: str) -> str:
    """A head without case, marks and spaces: «Physical Address 1» and «physicaladdress1» are one."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", head) if unicodedata.category(c) not in _MARKS)
    return _NOT_A_LETTER.sub("", bare.casefold())


def heads_of(cells: Sequence[str]) -> list[str]:
    """The heads of a table, in small letters; spaces are underscores."""
    return ["_".join(cell.replace("\ufeff", "").split()).casefold()[:60] for cell in cells]


_FOLDED_FLAT = {folded(name): column for name, column in FLAT.items()}


def flat_column(head: str) -> str:
    """What a column of a flat table holds; empty where it is not known."""
    return _FOLDED_FLAT.get(folded(head), "")
