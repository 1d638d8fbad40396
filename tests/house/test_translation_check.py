"""The check of translations notices what it promises to notice."""

import polib
import pytest

from checks.translations import faults_of_entry, keys

BEDS = {0: "لا أسرّة", 1: "سرير واحد", 2: "سريران", 3: "%(n)s أسرّة", 4: "%(n)s سريرًا", 5: "%(n)s سرير"}


def plural(**changed: object) -> polib.POEntry:
    return polib.POEntry(msgid="%(n)s bed", msgid_plural="%(n)s beds", msgstr_plural=BEDS, **changed)


def test_accepts_all_six_forms_with_the_number_in_the_word():
    assert faults_of_entry(plural(), language="ar") == []


@pytest.mark.parametrize(
    ("forms", "why"),
    [
        ({number: text for number, text in BEDS.items() if number != 5}, "plural forms"),
        (BEDS | {3: ""}, "plural forms"),
        (BEDS | {3: "أسرّة"}, "placeholders"),
        (BEDS | {1: "سرير %(m)s"}, "placeholders"),
    ],
)
def test_notices_a_missing_form_and_a_lost_number(forms, why):
    entry = polib.POEntry(msgid="%(n)s bed", msgid_plural="%(n)s beds", msgstr_plural=forms)

    assert why in faults_of_entry(entry, language="ar")[0]


@pytest.mark.parametrize(
    ("text", "flags", "why"),
    [("", [], "empty"), ("أهلًا {who}", [], "placeholders"), ("أهلًا %(name)s", ["fuzzy"], "fuzzy")],
)
def test_notices_empty_fuzzy_and_other_placeholders(text, flags, why):
    entry = polib.POEntry(msgid="Hello %(name)s", msgstr=text, flags=flags)

    assert why in faults_of_entry(entry, language="ar")[0]


def test_two_messages_with_one_text_differ_by_their_context():
    catalog = polib.POFile()
    catalog.append(polib.POEntry(msgid="May", msgctxt="month"))
    catalog.append(polib.POEntry(msgid="May", msgctxt="permission"))

    assert len(keys(catalog)) == 2
