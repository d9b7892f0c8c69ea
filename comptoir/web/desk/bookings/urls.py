"""Addresses of the registrations. An act is a noun with its own address."""

from django.urls import path

from comptoir.web.desk.bookings import (
    activities,
    acts,
    bulk,
    contact,
    correcting,
    detail,
    lists,
    money,
    searches,
    user_mode,
)

urlpatterns = [
    path("", lists.registrations, name="bookings"),
    path("activites/", activities.activities, name="bookings-activities"),
    path("activites/<int:activity_id>/", activities.dashboard, name="bookings-dashboard"),
    path("recherches/", searches.keep, name="bookings-search-keep"),
    path("recherches/<int:search_id>/oubli/", searches.forget, name="bookings-search-forget"),
    path("choix/", bulk.choose, name="bookings-choose"),
    path("actes/", bulk.act, name="bookings-act"),
    path("paiements/", money.ledger, name="bookings-ledger"),
    path("<str:reference>/", detail.booking, name="booking"),
    path("<str:reference>/contact/", contact.of_one, name="booking-contact"),
    path("<str:reference>/contact/correction/", correcting.contact, name="booking-correct"),
    path(
        "<str:reference>/inscrits/<int:registration_id>/correction/", correcting.person, name="booking-correct-person"
    ),
    path("<str:reference>/delai/", correcting.hold, name="booking-hold"),
    path("<str:reference>/annulation/", acts.cancel, name="booking-cancel"),
    path("<str:reference>/reactivation/", acts.reactivate, name="booking-reactivate"),
    path("<str:reference>/validation/", acts.validate, name="booking-validate"),
    path("<str:reference>/confirmation/", acts.confirm, name="booking-confirm"),
    path("<str:reference>/mode-utilisateur/", user_mode.booking, name="booking-user-mode"),
    path("<str:reference>/mode-utilisateur/annulation/", user_mode.cancel, name="booking-user-cancel"),
    path("<str:reference>/mode-utilisateur/accord/", user_mode.accept, name="booking-user-accept"),
    path("<str:reference>/mode-utilisateur/moyen/", user_mode.method, name="booking-user-method"),
    path(
        "<str:reference>/mode-utilisateur/inscrits/<int:registration_id>/extras/",
        user_mode.extras,
        name="booking-user-extras",
    ),
    path(
        "<str:reference>/mode-utilisateur/inscrits/<int:registration_id>/", user_mode.rename, name="booking-user-rename"
    ),
    path("<str:reference>/effacement/", acts.erase, name="booking-erase"),
    path("<str:reference>/recus/<int:number>.pdf", user_mode.receipt, name="booking-receipt"),
    path("<str:reference>/suivi/", acts.mark, name="booking-mark"),
    path("<str:reference>/paiement/", money.payment, name="booking-payment"),
    path("<str:reference>/remboursement/", money.refund, name="booking-refund"),
    path("<str:reference>/remboursement/carte/", money.refund_by_card, name="booking-card-refund"),
    path("<str:reference>/inscrits/<int:registration_id>/retrait/", acts.withdraw, name="booking-withdraw"),
]
