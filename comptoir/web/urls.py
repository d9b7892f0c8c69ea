"""Addresses of one organisation, the same at its own host and under its slug."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from comptoir.web.shared import languages, pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("compte/", include("comptoir.web.signin.urls")),
    path("langue/", languages.choose, name="language"),
    path("theme.css", pages.theme, name="theme"),
    path("logo", pages.logo, name="logo"),
    path("bureau/", include("comptoir.web.desk.urls")),
    path("espace/", include("comptoir.web.portal.urls")),
    path("", include("comptoir.web.public.urls")),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns += [path("styleguide/", include("comptoir.web.shared.styleguide_urls"))]
handler400 = "comptoir.web.shared.errors.bad_request"
handler403 = "comptoir.web.shared.errors.forbidden"
handler404 = "comptoir.web.shared.errors.not_found"
handler500 = "comptoir.web.shared.errors.broken"
