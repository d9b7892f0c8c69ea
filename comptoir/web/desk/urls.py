"""Addresses of the desk, one list a noun."""

from django.urls import include, path

app_name = "desk"
urlpatterns = [
    path("recherche/", include("comptoir.web.desk.search.urls")),
    path("importation/", include("comptoir.web.desk.intake.urls")),
    path("", include("comptoir.web.desk.home.urls")),
    path("inscriptions/", include("comptoir.web.desk.bookings.urls")),
    path("courriers/", include("comptoir.web.desk.letters.urls")),
    path("clients/", include("comptoir.web.desk.merging.urls")),
    path("clients/", include("comptoir.web.desk.clients.urls")),
    path("sessions/", include("comptoir.web.desk.sessions.urls")),
    path("planning/", include("comptoir.web.desk.planning.urls")),
    path("pointage/", include("comptoir.web.desk.attendance.urls")),
    path("sessions/", include("comptoir.web.desk.proposals.session_urls")),
    path("propositions/", include("comptoir.web.desk.proposals.urls")),
    path("formations/", include("comptoir.web.desk.catalogue.urls")),
    path("dossiers/", include("comptoir.web.desk.deals.urls")),
    path("adherents/", include("comptoir.web.desk.members.urls")),
    path("messages/", include("comptoir.web.desk.mail.urls")),
    path("reglages/conservation/", include("comptoir.web.desk.retention.urls")),
    path("reglages/", include("comptoir.web.desk.settings.urls")),
    path("journal/", include("comptoir.web.desk.journal.urls")),
]
