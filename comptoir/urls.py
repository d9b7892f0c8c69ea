"""Addresses of the platform itself; an organisation's own are in `web.urls`, under its slug or its host."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from comptoir.web.platform.health import health
from comptoir.web.platform.home import home
from comptoir.web.shared import languages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="platform-home"),
    path("health", health, name="health"),
    path("langue/", languages.choose, name="language"),
    path("compte/", include("comptoir.web.signin.urls")),
    path("plateforme/", include("comptoir.web.platform.urls")),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns += [path("styleguide/", include("comptoir.web.shared.styleguide_urls"))]
handler400 = "comptoir.web.shared.errors.bad_request"
handler403 = "comptoir.web.shared.errors.forbidden"
handler404 = "comptoir.web.shared.errors.not_found"
handler500 = "comptoir.web.shared.errors.broken"
