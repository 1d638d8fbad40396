"""Addresses below /c/<community>/catalogue/."""

from __future__ import annotations

from django.urls import path

from tadamun.foundation.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.categories, name="categories"),
    path("new/", views.add_category, name="add_category"),
    path("<slug:code>/", views.category, name="category"),
    path("<slug:code>/<slug:deed>/", views.category_deed, name="category_deed"),
]
