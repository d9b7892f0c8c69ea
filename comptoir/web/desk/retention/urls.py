"""Addresses of retention."""

from django.urls import path

from comptoir.web.desk.retention import certificates, person, rules

urlpatterns = [
    path("", rules.rules, name="retention"),
    path("appliquer/", rules.run, name="retention-run"),
    path("certificats/", certificates.certificates, name="retention-certificates"),
    path("certificats/<str:reference>.pdf", certificates.paper, name="retention-certificate"),
    path("certificats.csv", certificates.sheet, name="retention-certificates-file"),
    path("personne/", person.person, name="retention-person"),
    path("personne/telecharger/", person.export, name="retention-person-export"),
    path("personne/effacer/", person.erase, name="retention-person-erase"),
]
