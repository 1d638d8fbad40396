"""Telling people, sending what they are told, and what is done with it afterwards."""

from __future__ import annotations

from tadamun.foundation.notices.services.by_hand import drop_text, mark_sent_by_hand, read_ready_text
from tadamun.foundation.notices.services.delivery import anything_due, deliver_due, resolve_unsure
from tadamun.foundation.notices.services.reading import (
    forget_about,
    forget_old_notices,
    forget_person,
    mark_all_read,
    open_notice,
)
from tadamun.foundation.notices.services.telling import tell, tell_guest

__all__ = [
    "anything_due",
    "deliver_due",
    "drop_text",
    "forget_about",
    "forget_old_notices",
    "forget_person",
    "mark_all_read",
    "mark_sent_by_hand",
    "open_notice",
    "read_ready_text",
    "resolve_unsure",
    "tell",
    "tell_guest",
]
