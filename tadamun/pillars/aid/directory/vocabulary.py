"""Words of the directory: how a service stands, what it costs, and what became of a row that was read."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

NAME_MOST = 200
TEXT_MOST = 6000
SHORT_MOST = 300
LANGUAGES_MOST = 20
DOCUMENTS_MOST = 30
HOURS_MOST = 42
PHONES_MOST = 20
OLDEST = 130
STALE_AFTER = timedelta(days=365)
"""After so long without a word from the service, its page says that it may have changed."""


class ServiceStatus(StrEnum):
    """Whether a service is to be had; the codes are those of HSDS, blanks written as underscores."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily_closed"


LISTED = (ServiceStatus.ACTIVE, ServiceStatus.TEMPORARILY_CLOSED)
"""What the list shows to everybody."""


class Cost(StrEnum):
    """What a service asks of whoever comes."""

    FREE = "free"
    REDUCED = "reduced"
    PAID = "paid"
    UNKNOWN = "unknown"


class Mend(StrEnum):
    """What was set right in a value while it was read."""

    OTHER_ENCODING = "other_encoding"
    LETTERS_RESTORED = "letters_restored"
    LINE_BREAKS_RESTORED = "line_breaks_restored"
    CONTROLS_REMOVED = "controls_removed"
    MARKS_REMOVED = "marks_removed"
    TEXT_SHORTENED = "text_shortened"
    NAME_TAKEN_FROM_ORGANISATION = "name_taken_from_organisation"
    ORGANISATION_TAKEN_FROM_SERVICE = "organisation_taken_from_service"
    STATUS_UNDERSTOOD_AS_ACTIVE = "status_understood_as_active"
    WEB_ADDRESS_COMPLETED = "web_address_completed"
    WEB_ADDRESS_DROPPED = "web_address_dropped"
    EMAIL_DROPPED = "email_dropped"
    PHONE_SPLIT = "phone_split"
    PHONE_KEPT_AS_WRITTEN = "phone_kept_as_written"
    HOURS_UNDERSTOOD = "hours_understood"
    HOURS_KEPT_AS_WORDS = "hours_kept_as_words"
    LANGUAGES_SPLIT = "languages_split"
    LANGUAGE_KEPT_AS_NOTE = "language_kept_as_note"
    COORDINATES_DROPPED = "coordinates_dropped"
    AGES_DROPPED = "ages_dropped"
    DATE_DROPPED = "date_dropped"
    COUNTRY_DROPPED = "country_dropped"
    ADDRESS_JOINED = "address_joined"
    KEPT_CONFIDENTIAL = "kept_confidential"


class Refusal(StrEnum):
    """Why a row was not taken."""

    NO_ID = "no_id"
    NO_NAME = "no_name"
    ID_SEEN_BEFORE = "id_seen_before"
    SAID_BEFORE = "said_before"
    ROW_NOT_READABLE = "row_not_readable"
    NAMES_NO_SERVICE = "names_no_service"
    NAMES_NOTHING_IT_BELONGS_TO = "names_nothing_it_belongs_to"
    UNKNOWN_ORGANISATION = "unknown_organisation"
    UNKNOWN_SERVICE = "unknown_service"
    UNKNOWN_LOCATION = "unknown_location"
    UNKNOWN_TERM = "unknown_term"
    SERVICE_WAS_REFUSED = "service_was_refused"
    LOCATION_WAS_REFUSED = "location_was_refused"
    NOTHING_IN_IT = "nothing_in_it"
    TOO_MANY_FOR_ONE = "too_many_for_one"


class Outcome(StrEnum):
    """What taking a row changed here."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT_OURS = "kept_ours"
    """A coordinator corrected it here: the file does not overwrite that."""


class ReadingState(StrEnum):
    """Where a file that was handed in stands."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


BROKE_OFF = "broke_off"
"""What a reading failed by when nothing of the file kept it out: what it was stands in the log."""
UPLOAD_MOST = 10_000_000
"""Bytes of a file handed in on a page; larger ones are read from the command line."""
AT_ONCE_MOST = 2_000_000
"""Bytes, unpacked, that are read while somebody waits; larger ones are for the worker."""
READING_PATIENCE = timedelta(minutes=10)
"""A reading takes a minute at most; one that waits longer was never taken up."""
READINGS_KEPT = timedelta(days=30)
REPORT_ROWS_MOST = 20_000
"""Rows of each kind that a report keeps."""
CELL_MOST = 200
"""Signs of a cell that a report keeps."""
