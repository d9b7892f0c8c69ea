"""What is held about a person, as the person reads it: tables for the screen, the file to give (GDPR, 15)."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.base import sheets, words
from comptoir.retention.people import Person

type Row = list[str]


@dataclass(frozen=True)
class Holding:
    """One kind of record that names the person: a code (the file's name), a title, columns, lines."""

    code: str
    title: str
    columns: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class _Shape:
    code: str
    title: Any
    columns: tuple[Any, ...]
    rows: Callable[[Person], Iterable[Iterable[object]]]


L = gettext_lazy
SHAPES = (
    _Shape(
        "reservations", L("Réservations"),
        (L("Référence"), L("Faite le"), L("Contact"), L("Courriel"), L("Téléphone"), L("Client"), L("Dû"), L("Payé")),
        lambda who: (
            [one.reference, one.created_at, one.contact_name, one.contact_email, one.contact_phone,
             one.client.legal_name if one.client else "", words.money(one.owed_cents), words.money(one.paid_cents)]
            for one in who.bookings
        ),
    ),
    _Shape(
        "inscriptions", L("Inscriptions"),
        (L("Réservation"), L("Session"), L("Du"), L("Au"), L("Prénom"), L("Nom"), L("Courriel"), L("État")),
        lambda who: (
            [one.booking.reference, one.session.activity.title, one.session.starts_on, one.session.ends_on,
             one.first_name, one.last_name, one.email, one.get_state_display()]
            for one in who.registrations
        ),
    ),
    _Shape(
        "presences", L("Présences"), (L("Réservation"), L("Séance"), L("Pointée le")),
        lambda who: ([one.registration.booking.reference, one.starts_at, one.marked_at] for one in who.presences),
    ),
    _Shape(
        "demandes", L("Pré-inscriptions"),
        (L("Référence"), L("Déposée le"), L("Prénom"), L("Nom"), L("Courriel"), L("Téléphone"), L("Adresse"),
         L("Raison sociale"), L("Message"), L("État")),
        lambda who: (
            [one.reference, one.recorded_at, one.first_name, one.last_name, one.email, one.phone,
             " ".join(text for text in (one.address, one.postcode, one.city) if text), one.legal_name, one.message,
             one.get_state_display()]
            for one in who.requests
        ),
    ),
    _Shape(
        "dossiers", L("Dossiers commerciaux"),
        (L("Référence"), L("Titre"), L("Ouvert le"), L("Contact"), L("Courriel"), L("Téléphone"), L("Étape")),
        lambda who: (
            [one.reference, one.title, one.created_at, one.contact_name, one.contact_email, one.contact_phone,
             one.get_stage_display()]
            for one in who.deals
        ),
    ),
    _Shape(
        "prestations", L("Demandes d’intervention"),
        (L("Référence"), L("Déposée le"), L("Nature"), L("Prénom"), L("Nom"), L("Courriel"), L("Téléphone"),
         L("Adresse"), L("Raison sociale"), L("Sur place"), L("Message")),
        lambda who: (
            [one.reference, one.recorded_at, one.get_service_display(), one.first_name, one.last_name, one.email,
             one.phone, " ".join(text for text in (one.address, one.postcode, one.city) if text), one.legal_name,
             one.on_site, one.message]
            for one in who.enquiries
        ),
    ),
    _Shape(
        "interlocuteur", L("Interlocuteur de clients"),
        (L("Client"), L("Raison sociale"), L("Prénom"), L("Nom"), L("Courriel"), L("Téléphone")),
        lambda who: (
            [one.client.number, one.client.legal_name, one.first_name, one.last_name, one.email, one.phone]
            for one in who.contacts
        ),
    ),
    _Shape(
        "client", L("Fiche client"),
        (L("Numéro"), L("Nom"), L("Courriel"), L("Téléphone"), L("Adresse"), L("Notes")),
        lambda who: (
            [one.number, one.legal_name, one.email, one.phone,
             " ".join(text for text in (one.address, one.postcode, one.city) if text), one.notes]
            for one in who.clients
        ),
    ),
    _Shape(
        "adherent", L("Adhérent"),
        (L("Numéro"), L("Prénom"), L("Nom"), L("Identifiant"), L("Courriel"), L("Naissance"), L("Téléphone"),
         L("Adresse"), L("État"), L("Cotisations")),
        lambda who: (
            [one.number, one.first_name, one.last_name, one.user.login, one.user.email, one.born_on, one.phone,
             " ".join(text for text in (one.address, one.postcode, one.city) if text), one.get_state_display(),
             ", ".join(str(dues.year) for dues in one.dues.all())]
            for one in who.members
        ),
    ),
    _Shape(
        "courriels", L("Courriels"), (L("Écrit le"), L("Objet"), L("Destinataires"), L("Issue"), L("Texte")),
        lambda who: (
            [one.created_at, one.subject, who.address, one.get_state_display(), one.text] for one in who.mails
        ),
    ),
    _Shape(
        "propositions", L("Propositions de dates"), (L("Référence"), L("Session"), L("Envoyée le"), L("Réponse")),
        lambda who: (
            [one.reference, one.session.activity.title, one.sent_at, one.get_state_display()] for one in who.proposals
        ),
    ),
)  # fmt: skip


def holdings(who: Person) -> list[Holding]:
    """What there is, kind by kind; kinds of which there is nothing are left out."""
    found = []
    for shape in SHAPES:
        rows = [[_said(cell) for cell in row] for row in shape.rows(who)]
        if rows:
            found.append(Holding(shape.code, str(shape.title), [str(one) for one in shape.columns], rows))
    return found


def archive(who: Person, *, organisation: str, at: datetime) -> bytes:
    """A ZIP that a person opens and a program reads: one JSON of everything, one CSV a kind."""
    found = holdings(who)
    whole = {
        _("organisme"): organisation,
        _("personne"): who.address,
        _("extrait le"): at.isoformat(),
        _("données"): {one.title: [dict(zip(one.columns, row, strict=True)) for row in one.rows] for one in found},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("donnees.json", json.dumps(whole, ensure_ascii=False, indent=2))
        for one in found:
            packed.writestr(f"{one.code}.csv", b"".join(sheets.csv_chunks(one.columns, iter(one.rows))))
    return file.getvalue()


def _said(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return words.moment_short(cell)
        case date():
            return words.day_short(cell)
        case _:
            return str(cell)
