"""What is done in circles: opening, joining, meeting, writing, keeping it kind, listening."""

from __future__ import annotations

from tadamun.pillars.support.circles.services.joining import (
    Asking,
    answer_asking,
    ask_to_join,
    leave_circle,
    remove,
    rename,
)
from tadamun.pillars.support.circles.services.listening import (
    ListenerFacts,
    ask_for_listener,
    confirm_training,
    end_talk,
    match_waiting,
    offer_to_listen,
    write_line,
)
from tadamun.pillars.support.circles.services.meeting import (
    answer_session,
    ask_for_debrief,
    mark_attendance,
    mark_debriefed,
)
from tadamun.pillars.support.circles.services.opening import (
    CircleFacts,
    change_circle,
    close_circle,
    open_circle,
)
from tadamun.pillars.support.circles.services.records import forget_person
from tadamun.pillars.support.circles.services.words import (
    add_care_line,
    add_phrase,
    remove_care_line,
    remove_phrase,
)
from tadamun.pillars.support.circles.services.writing import (
    end_hush,
    hide_message,
    hush,
    report_message,
    settle_report,
    write_message,
)

__all__ = [
    "Asking",
    "CircleFacts",
    "ListenerFacts",
    "add_care_line",
    "add_phrase",
    "answer_asking",
    "answer_session",
    "ask_for_debrief",
    "ask_for_listener",
    "ask_to_join",
    "change_circle",
    "close_circle",
    "confirm_training",
    "end_hush",
    "end_talk",
    "forget_person",
    "hide_message",
    "hush",
    "leave_circle",
    "mark_attendance",
    "mark_debriefed",
    "match_waiting",
    "offer_to_listen",
    "open_circle",
    "remove",
    "remove_care_line",
    "remove_phrase",
    "rename",
    "report_message",
    "settle_report",
    "write_line",
    "write_message",
]
