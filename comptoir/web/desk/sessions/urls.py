"""Addresses of sessions at the desk."""

from django.urls import path

from comptoir.web.desk.sessions import (
    add_ons,
    attendance,
    copies,
    detail,
    editing,
    lists,
    moves,
    rates,
    slots,
    timetable,
)

urlpatterns = [
    path("", lists.sessions, name="sessions"),
    path("calendrier/", lists.calendar, name="sessions-calendar"),
    path("nouvelle/", editing.new, name="session-new"),
    path("tarifs/<int:seat_type_id>/", rates.edit, name="seat-type"),
    path("tarifs/<int:seat_type_id>/offre/", rates.offer, name="seat-type-offer"),
    path("<int:session_id>/", detail.session, name="session"),
    path("<int:session_id>/modifier/", editing.edit, name="session-edit"),
    path("<int:session_id>/etat/", moves.state, name="session-state"),
    path("<int:session_id>/publication/", moves.publication, name="session-publication"),
    path("<int:session_id>/annulation/", moves.cancel, name="session-cancel"),
    path("<int:session_id>/seances/", slots.slots, name="session-slots"),
    path("<int:session_id>/seances/regle/", timetable.by_rule, name="session-timetable"),
    path("<int:session_id>/seances/formateurs/", slots.trainers, name="session-trainers"),
    path("<int:session_id>/seances/decalage/", slots.shift, name="session-shift"),
    path("<int:session_id>/tarifs/nouveau/", rates.new, name="seat-type-new"),
    path("extras/<int:add_on_id>/", add_ons.edit, name="add-on"),
    path("extras/<int:add_on_id>/offre/", add_ons.offer, name="add-on-offer"),
    path("<int:session_id>/extras/nouveau/", add_ons.new, name="add-on-new"),
    path("<int:session_id>/emargement.pdf", attendance.sheet, name="session-attendance"),
    path("<int:session_id>/copie/", copies.copy, name="session-copy"),
    path("<int:session_id>/serie/", copies.series, name="session-series"),
]
