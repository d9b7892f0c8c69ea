"""Addresses of one organisation: its pages and its API, the same at its own host and under its slug."""

from django.urls import URLPattern, URLResolver, path

from comptoir.api.urls import api
from comptoir.web import urls as web

urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", api.urls), *web.urlpatterns]
handler400, handler403, handler404, handler500 = web.handler400, web.handler403, web.handler404, web.handler500
