"""Addresses below /c/<community>/areas/."""

from __future__ import annotations

from django.urls import path

from tadamun.foundation.places import views

app_name = "places"
urlpatterns = [
    path("", views.areas, name="areas"),
    path("<slug:area_id>/", views.area, name="area"),
    path("<slug:area_id>/<slug:deed>/", views.area_deed, name="area_deed"),
]
