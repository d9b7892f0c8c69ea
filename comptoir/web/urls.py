"""Addresses of one organisation, the same at its own host and under its slug."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("compte/", include("allauth.urls")),
]
handler400 = "comptoir.web.shared.errors.bad_request"
handler403 = "comptoir.web.shared.errors.forbidden"
handler404 = "comptoir.web.shared.errors.not_found"
handler500 = "comptoir.web.shared.errors.broken"
