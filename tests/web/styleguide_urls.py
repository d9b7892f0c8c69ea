"""Addresses for the style guide's tests: the guide and the theme, outside any organisation."""

from django.urls import include, path

from comptoir.web.shared import languages, pages

urlpatterns = [
    path("styleguide/", include("comptoir.web.shared.styleguide_urls")),
    path("langue/", languages.choose, name="language"),
    path("theme.css", pages.theme, name="theme"),
]
