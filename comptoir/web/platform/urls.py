"""Addresses of the platform's operator."""

from django.urls import path

from comptoir.web.platform import organisations

app_name = "platform"
urlpatterns = [
    path("", organisations.organisations, name="organisations"),
    path("nouvel-organisme/", organisations.create, name="create"),
    path("organismes/<slug:slug>/", organisations.organisation, name="organisation"),
    path("organismes/<slug:slug>/hote/", organisations.host, name="host"),
    path("organismes/<slug:slug>/administrateur/", organisations.administrator, name="administrator"),
    path("organismes/<slug:slug>/etat/", organisations.state, name="state"),
]
