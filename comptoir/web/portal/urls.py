"""Addresses of the client's and the member's spaces."""

from django.urls import path

from comptoir.web.portal import member, requests

app_name = "portal"
urlpatterns = [
    path("", requests.home, name="home"),
    path("demandes/<str:reference>/", requests.detail, name="request"),
    path("adherent/", member.home, name="member"),
    path("adherent/informations/", member.own_details, name="member-details"),
    path("adherent/courriel/", member.ask_check, name="member-check"),
    path("adherent/carte/", member.card, name="member-card"),
]
