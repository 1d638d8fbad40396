"""Addresses of asking and following a request."""

from __future__ import annotations

from django.urls import path

from tadamun.pillars.aid.needs.views import asking, changing, checking, following, referring, tracking

urlpatterns = [
    path("ask/", asking.ask, name="ask"),
    path("call-back/", asking.call_back, name="call_back"),
    path("asked/<slug:request_id>/", asking.asked, name="asked"),
    path("requests/new/", asking.ask_by_phone, name="ask_by_phone"),
    path("open-needs/", asking.public, name="public"),
    path("my-requests/", tracking.my_requests, name="my_requests"),
    path("track/", tracking.track_open, name="track_open"),
    path("track/<slug:request_id>/", tracking.track, name="track"),
    path("track/<slug:request_id>/message/", tracking.write, name="track_write"),
    path("track/<slug:request_id>/leave/", tracking.leave, name="track_leave"),
    path("track/<slug:request_id>/change/", changing.change, name="track_change"),
    path("track/<slug:request_id>/add/", changing.add, name="track_add"),
    path("track/<slug:request_id>/withdraw/", changing.withdraw, name="track_withdraw"),
    path(
        "track/<slug:request_id>/referral/<slug:referral_id>/",
        referring.answer,
        name="track_referral",
    ),
    path("track/<slug:request_id>/lines/<slug:line_id>/still/", checking.still, name="track_still"),
    path("track/<slug:request_id>/help/<slug:match_id>/confirm/", following.confirm, name="track_confirm"),
    path("track/<slug:request_id>/help/<slug:match_id>/refuse/", following.refuse, name="track_refuse"),
    path("track/<slug:request_id>/help/<slug:match_id>/thanks/", following.thank, name="track_thank"),
    path("track/<slug:request_id>/help/<slug:match_id>/arrived/", following.arrived, name="track_arrived"),
    path("track/<slug:request_id>/help/<slug:match_id>/left/", following.left, name="track_left"),
    path("track/<slug:request_id>/help/<slug:match_id>/concern/", following.concern, name="track_concern"),
]
