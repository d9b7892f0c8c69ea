"""Addresses of retention."""

from django.urls import path

from comptoir.web.desk.retention import rules

urlpatterns = [
    path("", rules.rules, name="retention"),
    path("appliquer/", rules.run, name="retention-run"),
    path("certificats.csv", rules.certificates, name="retention-certificates"),
]
