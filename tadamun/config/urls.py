"""Every address of the site, app by app."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from tadamun.foundation.people.views.language import language
from tadamun.web.api_root import api
from tadamun.web.views.api_guide import api_guide

urlpatterns = [
    # The name that Django's own templates know; the language form of every page posts to it.
    path("language/", language, name="set_language"),
    path("me/", include("tadamun.web.my_data_urls")),
    path("me/tokens/", include("tadamun.foundation.tokens.urls")),
    path("api/", api_guide, name="api_guide"),
    path("api/v1/", api.urls),
    path("", include("tadamun.web.urls")),
    path("", include("tadamun.foundation.people.urls")),
    path("accounts/2fa/webauthn/", include("tadamun.web.passkey_urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("design/", include("tadamun.design.urls")),
    path("", include("tadamun.foundation.notices.urls")),
    path("c/<slug:community>/", include("tadamun.foundation.communities.urls")),
    path("c/<slug:community>/areas/", include("tadamun.foundation.places.urls")),
    path("c/<slug:community>/catalogue/", include("tadamun.foundation.catalogue.urls")),
    path("c/<slug:community>/directory/", include("tadamun.pillars.aid.directory.urls")),
    path("c/<slug:community>/library/", include("tadamun.pillars.support.library.urls")),
    path("c/<slug:community>/circles/", include("tadamun.pillars.support.circles.urls")),
    path("c/<slug:community>/problems/", include("tadamun.pillars.support.problems.urls")),
    path("c/<slug:community>/", include("tadamun.pillars.aid.needs.urls")),
]

handler400 = "tadamun.web.errors.bad_request"
handler404 = "tadamun.web.errors.not_found"
handler403 = "tadamun.web.errors.forbidden"
handler429 = "tadamun.web.errors.too_many"
handler500 = "tadamun.web.errors.server_error"
