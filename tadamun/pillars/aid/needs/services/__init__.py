"""What is done with needs and offers: one transaction a verb."""

from __future__ import annotations

from tadamun.pillars.aid.needs.services.asking import Asked, post_request
from tadamun.pillars.aid.needs.services.calling import ask_for_call
from tadamun.pillars.aid.needs.services.changing import change_request
from tadamun.pillars.aid.needs.services.checking import ask_still_needed, say_still_needed
from tadamun.pillars.aid.needs.services.comparing import judge_alike
from tadamun.pillars.aid.needs.services.completing import complete_request
from tadamun.pillars.aid.needs.services.details import (
    AskDetails,
    Completion,
    LineDetails,
    OfferDetails,
    ShelterOffer,
)
from tadamun.pillars.aid.needs.services.distributing import (
    check_off,
    close_distribution,
    open_distribution,
)
from tadamun.pillars.aid.needs.services.expiring import expire_invitations
from tadamun.pillars.aid.needs.services.exporting import export_with_names, open_run_sheet
from tadamun.pillars.aid.needs.services.finding import findable
from tadamun.pillars.aid.needs.services.handing_over import (
    cancel_match,
    confirm_by_code,
    confirm_receipt,
    did_not_happen,
    mark_handed_over,
    move_to_now,
    say_thanks,
    schedule,
)
from tadamun.pillars.aid.needs.services.importing import (
    choose_columns,
    choose_order,
    close_import,
    leave_out,
    mend_row,
    start_import,
    start_import_as_operator,
    take_in,
    take_in_as_operator,
)
from tadamun.pillars.aid.needs.services.inviting import (
    accept,
    accept_for,
    decline,
    invite,
    refuse_help,
    withdraw_invitation,
)
from tadamun.pillars.aid.needs.services.keeping_up import (
    bring_up_to_date,
    queue_what_has_changed,
    something_has_changed,
)
from tadamun.pillars.aid.needs.services.lines import add_line, change_line, withdraw_line
from tadamun.pillars.aid.needs.services.offering import (
    close_offer,
    pause_offer,
    post_offer,
    take_on_offer,
)
from tadamun.pillars.aid.needs.services.proofs import verify_round
from tadamun.pillars.aid.needs.services.records import forget_person
from tadamun.pillars.aid.needs.services.referring import (
    answer_referral,
    ask_about_referrals,
    refer_to_service,
)
from tadamun.pillars.aid.needs.services.revealing import reveal_place_to_giver, reveal_request
from tadamun.pillars.aid.needs.services.rounds import ask_for_round, change_policy, reckon_round
from tadamun.pillars.aid.needs.services.sheltering import check_in, check_out, handle_concern, raise_concern
from tadamun.pillars.aid.needs.services.talking import open_with_pin, write_message
from tadamun.pillars.aid.needs.services.triage import (
    end_line,
    link_requests,
    log_contact,
    merge_requests,
    refer_line,
    reopen_line,
    take_if_free,
    take_over,
    triage_line,
)

__all__ = [
    "AskDetails",
    "Asked",
    "Completion",
    "LineDetails",
    "OfferDetails",
    "ShelterOffer",
    "accept",
    "accept_for",
    "add_line",
    "answer_referral",
    "ask_about_referrals",
    "ask_for_call",
    "ask_for_round",
    "ask_still_needed",
    "bring_up_to_date",
    "cancel_match",
    "change_line",
    "change_policy",
    "change_request",
    "check_in",
    "check_off",
    "check_out",
    "choose_columns",
    "choose_order",
    "close_distribution",
    "close_import",
    "close_offer",
    "complete_request",
    "confirm_by_code",
    "confirm_receipt",
    "decline",
    "did_not_happen",
    "end_line",
    "expire_invitations",
    "export_with_names",
    "findable",
    "forget_person",
    "handle_concern",
    "invite",
    "judge_alike",
    "leave_out",
    "link_requests",
    "log_contact",
    "mark_handed_over",
    "mend_row",
    "merge_requests",
    "move_to_now",
    "open_distribution",
    "open_run_sheet",
    "open_with_pin",
    "pause_offer",
    "post_offer",
    "post_request",
    "queue_what_has_changed",
    "raise_concern",
    "reckon_round",
    "refer_line",
    "refer_to_service",
    "refuse_help",
    "reopen_line",
    "reveal_place_to_giver",
    "reveal_request",
    "say_still_needed",
    "say_thanks",
    "schedule",
    "something_has_changed",
    "start_import",
    "start_import_as_operator",
    "take_if_free",
    "take_in",
    "take_in_as_operator",
    "take_on_offer",
    "take_over",
    "triage_line",
    "verify_round",
    "withdraw_invitation",
    "withdraw_line",
    "write_message",
]
