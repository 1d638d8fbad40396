"""The addresses that the design system's own pages need, and no others."""

from django.urls import include, path

urlpatterns = [
    path("design/", include("tadamun.design.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
