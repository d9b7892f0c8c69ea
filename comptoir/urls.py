"""Addresses of the platform itself; an organisation's own are in `web.urls`, under its slug or its host."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("compte/", include("comptoir.web.signin.urls")),
]
handler400 = "comptoir.web.shared.errors.bad_request"
handler403 = "comptoir.web.shared.errors.forbidden"
handler404 = "comptoir.web.shared.errors.not_found"
handler500 = "comptoir.web.shared.errors.broken"
