"""Addresses of offering."""

from __future__ import annotations

from django.urls import path

from tadamun.pillars.aid.needs.views import offering

urlpatterns = [
    path("offer/", offering.offer, name="offer"),
    path("offer/<slug:category>/", offering.offer_details, name="offer_details"),
    path("my-offers/", offering.my_offers, name="my_offers"),
    path("offers/<slug:offer_id>/", offering.offer_page, name="offer_page"),
    path("offers/<slug:offer_id>/pause/", offering.pause, name="offer_pause"),
    path("offers/<slug:offer_id>/resume/", offering.resume, name="offer_resume"),
    path("offers/<slug:offer_id>/close/", offering.close, name="offer_close"),
    path("offered/", offering.offered, name="offered"),
]
