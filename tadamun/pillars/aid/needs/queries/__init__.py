"""What is seen of needs and offers; every query of personal records takes the viewer."""

from __future__ import annotations

from tadamun.pillars.aid.needs.queries.board import figures, handovers, map_marks, queue, waits
from tadamun.pillars.aid.needs.queries.choices import choices_for
from tadamun.pillars.aid.needs.queries.due import due, due_count
from tadamun.pillars.aid.needs.queries.exporting import chat_lines, export_rows, runs_today
from tadamun.pillars.aid.needs.queries.fairness import fairness
from tadamun.pillars.aid.needs.queries.firsts import firsts
from tadamun.pillars.aid.needs.queries.found import found_offers, found_requests
from tadamun.pillars.aid.needs.queries.giving import (
    invitation_card,
    next_invitation,
    offer_card,
    offers,
    own_offers,
    task_card,
    tasks,
)
from tadamun.pillars.aid.needs.queries.importing import (
    columns_of,
    import_card,
    imports,
    reading_of,
    rest_of_import,
)
from tadamun.pillars.aid.needs.queries.public import month_totals, open_like, public_needs
from tadamun.pillars.aid.needs.queries.records import my_records
from tadamun.pillars.aid.needs.queries.referrals import referrals_of
from tadamun.pillars.aid.needs.queries.requests import (
    alike,
    concerns_of,
    contact_log,
    likeness,
    looks_at,
    matches_of,
    matches_of_request,
    one_line,
    request_card,
    thread,
)
from tadamun.pillars.aid.needs.queries.rounds import (
    awaiting_distribution,
    distribution_card,
    distributions,
    last_round,
    policy_of,
    proposals,
    round_card,
    round_file,
    round_running,
    rounds,
    unmatched,
)
from tadamun.pillars.aid.needs.queries.tracking import canonical_request_id, own_requests, track_card

__all__ = [
    "alike",
    "awaiting_distribution",
    "canonical_request_id",
    "chat_lines",
    "choices_for",
    "columns_of",
    "concerns_of",
    "contact_log",
    "distribution_card",
    "distributions",
    "due",
    "due_count",
    "export_rows",
    "fairness",
    "figures",
    "firsts",
    "found_offers",
    "found_requests",
    "handovers",
    "import_card",
    "imports",
    "invitation_card",
    "last_round",
    "likeness",
    "looks_at",
    "map_marks",
    "matches_of",
    "matches_of_request",
    "month_totals",
    "my_records",
    "next_invitation",
    "offer_card",
    "offers",
    "one_line",
    "open_like",
    "own_offers",
    "own_requests",
    "policy_of",
    "proposals",
    "public_needs",
    "queue",
    "reading_of",
    "referrals_of",
    "request_card",
    "rest_of_import",
    "round_card",
    "round_file",
    "round_running",
    "rounds",
    "runs_today",
    "task_card",
    "tasks",
    "thread",
    "track_card",
    "unmatched",
    "waits",
]
