"""The address of the planning."""

from django.urls import path

from comptoir.web.desk.planning import pages

urlpatterns = [path("", pages.planning, name="planning")]
