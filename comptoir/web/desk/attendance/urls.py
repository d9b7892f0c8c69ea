"""Addresses of the check-in; the code on a registrant's page leads to the one of the booking."""

from django.urls import path

from comptoir.web.desk.attendance import booking, session

urlpatterns = [
    path("sessions/<int:session_id>/", session.session, name="check-in"),
    path("sessions/<int:session_id>/inscrits/<int:registration_id>/", session.mark, name="check-in-mark"),
    path("<str:reference>/", booking.booking, name="check-in-booking"),
    path("<str:reference>/inscrits/<int:registration_id>/", booking.mark, name="check-in-booking-mark"),
    path("<str:reference>/sessions/<int:session_id>/", booking.mark_all, name="check-in-booking-all"),
]
