"""Addresses of the desk, one list a noun."""

from django.urls import include, path

app_name = "desk"
urlpatterns = [
    path("messages/", include("comptoir.web.desk.mail.urls")),
    path("reglages/", include("comptoir.web.desk.settings.urls")),
    path("journal/", include("comptoir.web.desk.journal.urls")),
]
