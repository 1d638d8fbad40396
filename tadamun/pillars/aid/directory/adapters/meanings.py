"""Which of our categories the terms of other taxonomies mean, and which of them name places that hide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tadamun.pillars.aid.directory.adapters.drafts import TermDraft

OWN = "tadamun"
"""The taxonomy of our own catalogue in files that we write."""
# The 211 taxonomy orders its codes by section; the longest beginning that fits decides.
BY_SECTION: dict[str, str] = {
    "BD": "food",
    "BD-1800.2000": "food-parcel",
    "BD-1875": "food-parcel",
    "BD-5000": "cooked-meal",
    "BD-1800.8200-250": "infant-formula",
    "BH": "shelter",
    "BH-1800": "night",
    "BH-3800": "rent",
    "BH-8600": "room",
    "BM": "household",
    "BM-6500": "clothing",
    "BM-6500.6500": "hygiene",
    "BT": "transport",
    "BV": "money",
    "FP": "legal",
    "FT": "legal",
    "FT-1020": "forms",
    "H": "education",
    "HL-8700": "tutoring",
    "L": "health",
    "LH-5000": "medical-device",
    "LH-6600": "medicine",
    "ND": "education",
    "NL": "forms",
    "NT": "money",
    "PH-1250": "child-minding",
    "PH-1400": "company",
    "PH-1450": "advice",
    "PH-3500": "translation",
    "PN-8100": "listening",
    "R": "listening",
    "TJ": "advice",
}
HIDING = ("BH-1800.1500-100", "BH-1800.1500-308")
HIDING_WORDS = (
    "domestic violence shelter",
    "women's shelter",
    "human trafficking shelter",
    "safe house",
    "ملجأ للنساء",
    "ايواء المعنفات",
)


def category_code(term: TermDraft, *, own: Mapping[str, str]) -> str:
    """The code of the category that a term means, or nothing.

    :param own: our categories' codes by their own code, by the Open Eligibility code and by their folded names.
    """
    if term.taxonomy == OWN or term.code in own:
        return own.get(term.code, "")
    if term.name.casefold() in own:
        return own[term.name.casefold()]
    for length in range(len(term.code), 0, -1):
        found = BY_SECTION.get(term.code[:length])
        if found:
            return own.get(found, "")
    return ""


def hides(terms: Iterable[TermDraft]) -> bool:
    """Whether a service is one whose address is told to nobody: people flee there."""
    return any(
        term.code.startswith(HIDING) or any(word in term.name.casefold() for word in HIDING_WORDS)
        for term in terms
    )
