"""Translations are compiled without gettext's tools, and only when they changed."""

import gettext
import os

from tadamun.cli import translations

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Thanks"
msgstr "Merci"

msgid "%(n)s bed"
msgid_plural "%(n)s beds"
msgstr[0] "%(n)s lit"
msgstr[1] "%(n)s lits"
"""


def catalog(folder):
    source = folder / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO, encoding="utf-8")
    return source


def test_what_is_compiled_can_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    source = catalog(tmp_path)

    assert translations.compile_catalogs() == [source.with_suffix(".mo")]
    with source.with_suffix(".mo").open("rb") as file:
        french = gettext.GNUTranslations(file)
    assert french.gettext("Thanks") == "Merci"
    assert french.ngettext("%(n)s bed", "%(n)s beds", 2) == "%(n)s lits"


def test_nothing_is_written_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    source = catalog(tmp_path)
    translations.compile_catalogs()

    assert translations.compile_catalogs() == []
    later = source.with_suffix(".mo").stat().st_mtime + 5
    os.utime(source, (later, later))
    assert len(translations.compile_catalogs()) == 1
