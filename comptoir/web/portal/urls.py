"""Addresses of the client's and the member's spaces."""

from django.urls import path

from comptoir.web.portal import member, papers, requests

app_name = "portal"
urlpatterns = [
    path("", requests.home, name="home"),
    path("demandes/<str:reference>/", requests.detail, name="request"),
    path("interventions/<str:reference>/", requests.enquiry, name="enquiry"),
    path("reservations/", papers.bookings_of, name="bookings"),
    path("dates/", papers.dates, name="dates"),
    path("recus/", papers.receipts, name="receipts"),
    path("convocations/", papers.invitations, name="invitations"),
    path("convocations/<int:enclosure_id>/", papers.invitation, name="invitation"),
    path("adherent/", member.home, name="member"),
    path("adherent/informations/", member.own_details, name="member-details"),
    path("adherent/courriel/", member.ask_check, name="member-check"),
    path("adherent/carte/", member.card, name="member-card"),
]
