"""One cell at a time: made safe to keep, set right where it is clear how, and written down when it was."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from tadamun.kernel.digits import to_latin
from tadamun.kernel.phones import PhoneNotUnderstood, read_phone
from tadamun.kernel.text import clean_line, clean_text
from tadamun.pillars.aid.directory.adapters.drafts import Ledger, PhoneDraft, Row
from tadamun.pillars.aid.directory.adapters.letters import restored, with_breaks, without_marks
from tadamun.pillars.aid.directory.vocabulary import NAME_MOST, TEXT_MOST, Mend

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:[/?#]\S*)?", re.UNICODE)
_IN_ADDRESSES = ":/?#@!$&'()*+,;=%"
_EMAIL = re.compile(r"[^@\s<>,;]{1,64}@[\w-]+(?:\.[\w-]+)+")
_EXTENSION = re.compile(
    r"^(.*?\d)[\s,]*(?:x|ext\.?|extension|تحويلة|poste)\s*\.?:?\s*([\w*#]{1,10})\s*$", re.IGNORECASE
)
_FREE = re.compile(r"\b(?:free|no (?:fee|cost|charge)s?|none|gratuite?|gratis)\b|مجان", re.IGNORECASE)
_REDUCED = re.compile(
    r"\b(?:sliding|reduced|low[- ]cost|donation|ability to pay)\b|رمزي|مخفّ?ض", re.IGNORECASE
)
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Desk:
    """A row on the desk: reads its cells and writes into the ledger what was set right."""

    ledger: Ledger
    table: str
    row: Row
    region: str

    def mend(self, column: str, code: Mend) -> None:
        """Write down that a value of this row was set right."""
        self.ledger.mend(self.table, self.row, column, code)

    def raw(self, column: str) -> str:
        """What stands in the cell."""
        return self.row.cells.get(column, "").strip()

    def line(self, column: str, *, most: int = NAME_MOST) -> str:
        """One line of words."""
        return self._shortened(clean_line(self._set_right(column)), column, most)

    def text(self, column: str, *, most: int = TEXT_MOST) -> str:
        """Several lines of words."""
        return self._shortened(clean_text(self._set_right(column)), column, most)

    def key(self, column: str) -> str:
        """The id of another row."""
        return clean_line(self.raw(column))[:100]

    def website(self, column: str) -> str:
        """A web address with its scheme; nothing for what leads nowhere."""
        text = clean_line(self.raw(column)).replace("\\\\", "/").replace("\\", "/")
        if not text:
            return ""
        scheme, _, rest = text.rpartition("://")
        found = _HOST.match(rest)
        if scheme.casefold() not in {"", "http", "https"} or not found or len(found[0]) > 280:  # noqa: PLR2004
            self.mend(column, Mend.WEB_ADDRESS_DROPPED)
            return ""
        address = f"{scheme.casefold() or 'https'}://{quote(found[0], safe=_IN_ADDRESSES)}"
        if address != self.raw(column):
            self.mend(column, Mend.WEB_ADDRESS_COMPLETED)
        return address

    def email(self, column: str) -> str:
        """An e-mail address; nothing for what is none."""
        text = clean_line(self.raw(column))
        if text and (not _EMAIL.fullmatch(text) or len(text) > 254):  # noqa: PLR2004
            self.mend(column, Mend.EMAIL_DROPPED)
            return ""
        return text

    def phone(self, column: str) -> PhoneDraft | None:
        """A number in E.164 with its extension; as it was written where nobody could dial it; None for none."""
        text, extension = self.line(column, most=80), self.line("extension", most=12)
        draft = phone_of(
            text, extension=extension, words=self.line("description", most=120), region=self.region
        )
        if draft is None:
            return None
        if draft.extension != extension:
            self.mend(column, Mend.PHONE_SPLIT)
        if not draft.number.startswith("+"):
            self.mend(column, Mend.PHONE_KEPT_AS_WRITTEN)
        return draft

    def point(self) -> tuple[float | None, float | None]:
        """Latitude and longitude; nothing where they lie nowhere, or at zero, which a machine wrote."""
        given = to_latin(self.raw("latitude")), to_latin(self.raw("longitude"))
        if not any(given):
            return None, None
        try:
            latitude, longitude = float(given[0]), float(given[1])
        except ValueError:
            latitude = longitude = 0.0
        # Written so that what is no number fails too.
        if not (abs(latitude) <= 90 and abs(longitude) <= 180) or (latitude, longitude) == (0.0, 0.0):  # noqa: PLR2004
            self.mend("latitude", Mend.COORDINATES_DROPPED)
            return None, None
        return latitude, longitude

    def age(self, column: str) -> int | None:
        """An age in years."""
        text = to_latin(self.raw(column))
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,3})(?:\.\d+)?", text)
        if not found or int(found[1]) > 130:  # noqa: PLR2004
            self.mend(column, Mend.AGES_DROPPED)
            return None
        return int(found[1])

    def day(self, column: str, *, latest: date) -> date | None:
        """A date as the standard writes it, not later than the reading."""
        text = to_latin(self.raw(column))
        if not text:
            return None
        found = _DATE.match(text)
        try:
            day = date(int(found[1]), int(found[2]), int(found[3])) if found else None
        except ValueError:
            day = None
        if day is None or day > latest:
            self.mend(column, Mend.DATE_DROPPED)
            return None
        return day

    def country(self, column: str) -> str:
        """A two-letter code."""
        text = clean_line(self.raw(column)).upper()
        if text and not re.fullmatch(r"[A-Z]{2}", text):
            self.mend(column, Mend.COUNTRY_DROPPED)
            return ""
        return text

    def _set_right(self, column: str) -> str:
        given = self.raw(column)
        if not given:
            return ""
        text = restored(given)
        if text != given:
            self.mend(column, Mend.LETTERS_RESTORED)
        for change, code in ((without_marks, Mend.MARKS_REMOVED), (with_breaks, Mend.LINE_BREAKS_RESTORED)):
            changed = change(text)
            if changed != text:
                self.mend(column, code)
                text = changed
        if _CONTROLS.search(text):
            self.mend(column, Mend.CONTROLS_REMOVED)
        return unicodedata.normalize("NFC", text)

    def _shortened(self, text: str, column: str, most: int) -> str:
        if len(text) <= most:
            return text
        self.mend(column, Mend.TEXT_SHORTENED)
        return text[: most - 1].rstrip() + "…"


def phone_of(text: str, *, extension: str = "", words: str = "", region: str) -> PhoneDraft | None:
    """A number as somebody wrote it, read to E.164 where it can be; None where there are no three digits."""
    plain = to_latin(clean_line(text))
    if not re.search(r"\d{3}", re.sub(r"[^\d]", "", plain)):
        return None
    split = _EXTENSION.match(plain)
    if split and not extension:
        plain, extension = split[1], split[2]
    try:
        return PhoneDraft(read_phone(plain, region=region), extension, words)
    except PhoneNotUnderstood:
        return PhoneDraft(plain[:40], extension, words)


def cost_named(text: str) -> str:
    """The code of the cost that words speak of: free, reduced, paid; nothing where they do not say."""
    if not text.strip():
        return ""
    if _REDUCED.search(text):
        return "reduced"
    if _FREE.search(text):
        return "free"
    return "paid" if re.search(r"\d", text) else ""
