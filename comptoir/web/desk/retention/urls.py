"""Addresses of retention."""

from django.urls import path

from comptoir.web.desk.retention import person, rules

urlpatterns = [
    path("", rules.rules, name="retention"),
    path("appliquer/", rules.run, name="retention-run"),
    path("certificats.csv", rules.certificates, name="retention-certificates"),
    path("personne/", person.person, name="retention-person"),
    path("personne/telecharger/", person.export, name="retention-person-export"),
    path("personne/effacer/", person.erase, name="retention-person-erase"),
]
