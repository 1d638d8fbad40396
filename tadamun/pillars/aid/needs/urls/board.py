"""Addresses of the coordinator's pages, of rounds and of distribution days."""

from __future__ import annotations

from django.urls import path

from tadamun.pillars.aid.needs.views import (
    board,
    completing,
    distributions,
    due,
    fairness,
    listing,
    matching,
    referring,
    requests,
    rounds,
    triaging,
)

LINE = "requests/<slug:request_id>/lines/<slug:line_id>"
MATCH = "requests/<slug:request_id>/matches/<slug:match_id>"
DAY = "distributions/<slug:distribution_id>"

urlpatterns = [
    path("board/", board.board, name="board"),
    path("needs/", listing.needs, name="needs"),
    path("fairness/", fairness.fairness, name="fairness"),
    path("due/", due.due, name="due"),
    path("due/requests/<slug:request_id>/take/", due.take, name="due_take"),
    path("due/offers/<slug:offer_id>/take/", due.take_offer, name="due_take_offer"),
    path("offers/", board.offers, name="offers"),
    path("requests/<slug:request_id>/", requests.request_page, name="request"),
    path("requests/<slug:request_id>/details/", completing.complete, name="request_details"),
    path("requests/<slug:request_id>/reveal/", requests.reveal, name="reveal"),
    path("requests/<slug:request_id>/contact/", requests.log_contact, name="log_contact"),
    path("requests/<slug:request_id>/message/", requests.answer, name="answer"),
    path("requests/<slug:request_id>/take-over/", requests.take_over, name="take_over"),
    path("requests/<slug:request_id>/compare/<slug:other_id>/", requests.compare, name="compare"),
    path(
        "requests/<slug:request_id>/concerns/<int:concern_id>/",
        requests.handle_concern,
        name="handle_concern",
    ),
    path(f"{LINE}/triage/", triaging.triage, name="triage"),
    path(f"{LINE}/invite/", triaging.invite, name="invite"),
    path(f"{LINE}/close/", triaging.close, name="close_line"),
    path(f"{LINE}/refer/", referring.refer, name="refer_line"),
    path(f"{LINE}/reopen/", triaging.reopen, name="reopen_line"),
    path(f"{MATCH}/time/", matching.set_time, name="match_time"),
    path(f"{MATCH}/confirm/", matching.confirm, name="match_confirm"),
    path(f"{MATCH}/fell-through/", matching.fell_through, name="match_fell_through"),
    path(f"{MATCH}/<slug:verb>/", matching.settle_match, name="settle_match"),
    path("matching/", rounds.policy, name="policy"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/start/", rounds.start, name="round_start"),
    path("rounds/<slug:round_id>/", rounds.round_page, name="round"),
    path("rounds/<slug:round_id>/verify/", rounds.verify, name="round_verify"),
    path("rounds/<slug:round_id>/invite/", rounds.invite_all, name="round_invite_all"),
    path("rounds/<slug:round_id>/invite/<slug:match_id>/", rounds.invite_one, name="round_invite"),
    path("rounds/<slug:round_id>/files/<str:name>", rounds.file, name="round_file"),
    path("distributions/", distributions.distributions, name="distributions"),
    path("distributions/new/<slug:offer_id>/", distributions.open_day, name="distribution_new"),
    path(f"{DAY}/", distributions.distribution, name="distribution"),
    path(f"{DAY}/print/", distributions.print_list, name="distribution_print"),
    path(f"{DAY}/check/", distributions.check_off, name="distribution_check"),
    path(f"{DAY}/close/", distributions.close_day, name="distribution_close"),
]
