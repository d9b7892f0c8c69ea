"""Requests for a service in the demonstration: one by a client signed in, one by a town hall nobody knows yet."""

from datetime import datetime, time, timedelta

from comptoir.base.tokens import new_token
from comptoir.clients import queries as clients
from comptoir.deals.states import Service
from comptoir.enquiries.commands.asking import ask
from comptoir.enquiries.wishes import Wish
from comptoir.organisations.actors import Actor, visitor
from comptoir.preregistrations.submission import Requester

INTRO = (
    "Décrivez votre besoin en quelques minutes. Nous vous répondons sous deux jours ouvrés, avec une proposition"
    " chiffrée.\n\nPour un poste de secours, écrivez-nous au moins quatre semaines avant l’évènement."
)


def ask_course(by: Actor, *, at: datetime) -> None:
    """The client with an account asks for a course, from its own space."""
    reader = clients.readers(organisation_id=by.organisation_id).first()
    if reader is None:
        return
    client = reader.client
    who = Requester(
        client.legal_name, reader.first_name, reader.last_name, reader.email, kind=client.kind, siret=client.siret,
        client_number=client.number, postcode=client.postcode, city=client.city,
    )  # fmt: skip
    wish = Wish(
        Service.COURSE, who, theme="Extincteurs et évacuation", people=14, place="Dans nos ateliers",
        wished_dates="Un lundi ou un mardi, hors vacances scolaires",
    )  # fmt: skip
    told = Actor(by.organisation_id, str(reader), reader.user_id)
    ask(wish=wish, token=new_token(), client_id=client.pk, by=told, at=at - timedelta(minutes=50))


def ask_cover(by: Actor, *, at: datetime) -> None:
    """A town hall that nobody knows yet asks for cover of its run."""
    who = Requester(
        "Mairie de Bouguenais-sur-Loire", "Odile", "Brossard", "o.brossard@bouguenais-sur-loire.exemple",
        kind="public", address="1 place de la Mairie", postcode="44340", city="Bouguenais", phone="02 40 00 44 34",
        message="Deux accès pour les véhicules\u202f; le parcours passe sous le pont.",
    )  # fmt: skip
    day = at.date() + timedelta(days=75)
    wish = Wish(
        Service.COVER, who, event_name="Foulées de la Loire", place="Quai de Sèvres, Bouguenais", starts_on=day,
        starts_at=time(8), ends_on=day, ends_at=time(18), attendance=1200, on_site="M. Hervé, 06 00 00 12 34",
    )  # fmt: skip
    ask(wish=wish, token=new_token(), client_id=None, by=visitor(by.organisation_id), at=at - timedelta(minutes=50))
