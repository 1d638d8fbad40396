"""Are the translations complete: every message there, every plural form, the same placeholders, nothing left over?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent / "tadamun"
#: English is the language of the message ids and needs no file.
PLURAL_FORMS = {"ar": 6, "fr": 2}
#: In Arabic the forms for none, one and two may say the number in the word itself.
NUMBER_IN_THE_WORD = {"ar": (0, 1, 2), "fr": (0,)}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdif]|\{\w*(?:![rs])?(?::[^{}]*)?\}")

Key = tuple[str | None, str, str | None]


def faults_of_entry(entry: polib.POEntry, *, language: str) -> list[str]:
    """What is wrong with one message, in words."""
    where = f"{language}: “{entry.msgid}”"
    if entry.fuzzy:
        return [f"{where} is fuzzy"]
    if not entry.msgid_plural:
        if not entry.msgstr.strip():
            return [f"{where} is empty"]
        if placeholders(entry.msgstr) != placeholders(entry.msgid):
            return [f"{where} has other placeholders than its translation “{entry.msgstr}”"]
        return []
    forms = entry.msgstr_plural
    if len(forms) != PLURAL_FORMS[language] or not all(text.strip() for text in forms.values()):
        return [f"{where} needs {PLURAL_FORMS[language]} plural forms"]
    wanted = placeholders(entry.msgid_plural)
    faults = []
    for number, text in forms.items():
        missing = len(wanted - placeholders(text))
        may_miss = 1 if int(number) in NUMBER_IN_THE_WORD[language] else 0
        if missing > may_miss or placeholders(text) - wanted - placeholders(entry.msgid):
            faults.append(f"{where} has other placeholders than its form {number} “{text}”")
    return faults


def placeholders(text: str) -> set[str]:
    """The places in a text where the program puts something."""
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def extracted() -> polib.POFile:
    """Every message in code and templates, found by gettext's own tools in a copy of the code."""
    with tempfile.TemporaryDirectory(prefix="tadamun-messages-") as folder:
        copy = Path(folder) / "tadamun"
        shutil.copytree(
            PACKAGE, copy, ignore=shutil.ignore_patterns("static", "locale", "__pycache__", "data")
        )
        (copy / "locale").mkdir()
        arguments = ["makemessages", "--locale", "ar", "--no-location", "--verbosity", "0"]
        subprocess.run(
            [sys.executable, "-m", "django", *arguments],
            cwd=copy,
            env=_environment_without_settings(),
            check=True,
        )
        return polib.pofile(str(copy / "locale" / "ar" / "LC_MESSAGES" / "django.po"), encoding="utf-8")


def _environment_without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}


def keys(catalog: polib.POFile) -> set[Key]:
    """What identifies the messages of a catalogue."""
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural or None) for entry in catalog if not entry.obsolete
    }


def faults() -> list[str]:
    """Everything that is wrong with the translations, in words."""
    if shutil.which("xgettext"):
        wanted: set[Key] | None = keys(extracted())
    else:
        wanted = None
        print(
            "gettext is not installed: whether every message has its translation was not looked at.",
            file=sys.stderr,
        )
    found = []
    for language in PLURAL_FORMS:
        path = PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"
        if not path.exists():
            found.append(f"{language}: there is no {path.relative_to(PACKAGE.parent)}")
            continue
        catalog = polib.pofile(str(path), encoding="utf-8")
        found += [
            fault
            for entry in catalog
            if not entry.obsolete
            for fault in faults_of_entry(entry, language=language)
        ]
        found += [f"{language}: “{entry.msgid}” is obsolete" for entry in catalog.obsolete_entries()]
        if wanted is not None:
            found += [f"{language}: “{key[1]}” is missing" for key in sorted(wanted - keys(catalog), key=str)]
            found += [
                f"{language}: “{key[1]}” is no longer used" for key in sorted(keys(catalog) - wanted, key=str)
            ]
    return found


if __name__ == "__main__":
    wrong = faults()
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)
