"""Addresses of the tab « Client » of a session."""

from django.urls import path

from comptoir.web.desk.proposals import clients

urlpatterns = [
    path("<int:session_id>/clients/", clients.tab, name="session-clients"),
    path("<int:session_id>/clients/ajout/", clients.add, name="session-client-add"),
    path("<int:session_id>/clients/proposition/", clients.propose, name="session-propose"),
    path("<int:session_id>/clients/nouvelles-dates/", clients.propose_again, name="session-propose-again"),
    path("<int:session_id>/clients/<int:client_id>/retrait/", clients.remove, name="session-client-remove"),
    path("<int:session_id>/clients/<int:client_id>/validation/", clients.validation, name="session-client-validation"),
]
