"""Addresses of the client's space."""

from django.urls import path

from comptoir.web.portal import requests

app_name = "portal"
urlpatterns = [
    path("", requests.home, name="home"),
    path("demandes/<str:reference>/", requests.detail, name="request"),
]
