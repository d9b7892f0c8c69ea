"""Addresses of the registrations. An act is a noun with its own address."""

from django.urls import path

from comptoir.web.desk.bookings import activities, acts, bulk, contact, detail, lists, money

urlpatterns = [
    path("", lists.registrations, name="bookings"),
    path("activites/", activities.activities, name="bookings-activities"),
    path("choix/", bulk.choose, name="bookings-choose"),
    path("actes/", bulk.act, name="bookings-act"),
    path("paiements/", money.ledger, name="bookings-ledger"),
    path("<str:reference>/", detail.booking, name="booking"),
    path("<str:reference>/contact/", contact.of_one, name="booking-contact"),
    path("<str:reference>/annulation/", acts.cancel, name="booking-cancel"),
    path("<str:reference>/reactivation/", acts.reactivate, name="booking-reactivate"),
    path("<str:reference>/validation/", acts.validate, name="booking-validate"),
    path("<str:reference>/suivi/", acts.mark, name="booking-mark"),
    path("<str:reference>/paiement/", money.payment, name="booking-payment"),
    path("<str:reference>/remboursement/", money.refund, name="booking-refund"),
    path("<str:reference>/inscrits/<int:registration_id>/retrait/", acts.withdraw, name="booking-withdraw"),
]
