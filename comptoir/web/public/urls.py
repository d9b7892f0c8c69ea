"""Addresses of the public counter."""

from django.urls import path

from comptoir.web.public import (
    activity,
    agenda,
    basket,
    booking,
    cards,
    catalogue,
    client,
    confirmation,
    dates,
    door,
    feeds,
    machines,
    people,
    review,
    simulated,
    texts,
)

app_name = "counter"
urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("formations/<slug:slug>/", activity.activity, name="activity"),
    path("formations/<slug:slug>.ics", feeds.activity_calendar, name="activity-calendar"),
    path("catalogue.json", feeds.feed, name="feed"),
    path("catalogue.ics", feeds.calendar, name="calendar"),
    path("embed.js", machines.embed, name="embed"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("conditions/", texts.terms, name="terms"),
    path("conditions/<int:version>/", texts.terms, name="terms-version"),
    path("mentions-legales/", texts.legal, name="legal"),
    path("panier/", basket.basket, name="basket"),
    path("panier/ajouter/", basket.put_in, name="put-in"),
    path("panier/lignes/<int:line_id>/", basket.change, name="line"),
    path("panier/coordonnees/", client.client, name="client"),
    path("panier/participants/", people.people, name="people"),
    path("panier/validation/", review.review, name="review"),
    path("panier/confirmation/", confirmation.confirmation, name="confirmation"),
    path("reservation/<str:reference>/<str:link>/", booking.booking, name="booking"),
    path("reservation/<str:reference>/<str:link>/annulation/", booking.cancel, name="booking-cancel"),
    path("reservation/<str:reference>/<str:link>/accord/", booking.accept, name="booking-accept"),
    path("reservation/<str:reference>/<str:link>/moyen/", booking.method, name="booking-method"),
    path("reservation/<str:reference>/<str:link>/carte/", cards.pay, name="booking-card"),
    path(
        "reservation/<str:reference>/<str:link>/inscrits/<int:registration_id>/extras/",
        booking.extras,
        name="booking-extras",
    ),
    path(
        "reservation/<str:reference>/<str:link>/inscrits/<int:registration_id>/", booking.rename, name="booking-rename"
    ),
    path("reservation/<str:reference>/<str:link>/recus/<int:number>.pdf", booking.receipt, name="booking-receipt"),
    path("reservation/<str:reference>/<str:link>/agenda.ics", agenda.calendar, name="booking-calendar"),
    path("reservation/<str:reference>/<str:link>/code.svg", agenda.picture, name="booking-picture"),
    path("dates/<str:reference>/<str:link>/", dates.dates, name="dates"),
    path("dates/<str:reference>/<str:link>/agenda.ics", dates.calendar, name="dates-calendar"),
    path("carte/<str:key>/", cards.back, name="card"),
    path("carte/<str:key>/etat/", cards.check, name="card-check"),
    path("cartes/<slug:provider>/", cards.hear, name="card-call"),
    path("paiement-simule/<str:ref>/", simulated.page, name="simulated"),
    path("entree/<str:reference>/", door.door, name="door"),
    path("panier/oublier/", confirmation.forget, name="forget"),
]
