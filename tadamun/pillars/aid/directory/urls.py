"""Addresses below /c/<community>/directory/."""

from __future__ import annotations

from django.urls import path

from tadamun.pillars.aid.directory.views import files, listing

app_name = "directory"
urlpatterns = [
    path("", listing.services, name="services"),
    path("new/", listing.add_service, name="add_service"),
    path("files/", files.readings, name="readings"),
    path("files/export/", files.export, name="export"),
    path("files/<slug:reading_id>/", files.reading, name="reading"),
    path("files/<slug:reading_id>/rows/", files.rows, name="reading_rows"),
    path("<slug:service_id>/", listing.service, name="service"),
    path("<slug:service_id>/edit/", listing.edit_service, name="edit_service"),
    path("<slug:service_id>/confirm/", listing.confirm_service, name="confirm_service"),
]
