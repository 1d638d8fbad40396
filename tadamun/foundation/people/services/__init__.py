"""What is done with people's records."""

from __future__ import annotations

from tadamun.foundation.people.services.accounts import (
    change_language,
    change_profile,
    drop_unproven_claims,
    end_sessions,
    open_account,
    set_phone,
)
from tadamun.foundation.people.services.consenting import record_consent, withdraw_consent
from tadamun.foundation.people.services.entering import (
    drop_old_sign_ins,
    make_sign_in_link,
    use_sign_in_link,
    withdraw_sign_in_links,
)
from tadamun.foundation.people.services.forgetting import forget_person
from tadamun.foundation.people.services.revealing import forget_reasons, log_reveal

__all__ = [
    "change_language",
    "change_profile",
    "drop_old_sign_ins",
    "drop_unproven_claims",
    "end_sessions",
    "forget_person",
    "forget_reasons",
    "log_reveal",
    "make_sign_in_link",
    "open_account",
    "record_consent",
    "set_phone",
    "use_sign_in_link",
    "withdraw_consent",
    "withdraw_sign_in_links",
]
