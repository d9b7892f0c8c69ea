"""What an entry of the journal adds to its act: counts, states and which fields, in words."""

from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from comptoir.base import words
from comptoir.cards.states import Provider
from comptoir.catalogue.states import PayMethod, SessionState
from comptoir.deals.states import Service, Stage
from comptoir.integration.states import Method
from comptoir.organisations.states import Role
from comptoir.retention.states import Kind as Records

# Numbers that only a program follows: the thing is already named beside.
UNSAID = frozenset(
    {
        "id",
        "file",
        "import",
        "seat_type",
        "add_on",
        "mail",
        "contact",
        "place",
        "registrations",
        "add_ons_gone",
        "cents",
    }
)
NAMES = {
    "activities": _("activités"),
    "booking": _("réservation"),
    "changed": _("modifiés"),
    "client": _("client"),
    "count": _("nombre"),
    "created": _("créés"),
    "days": _("décalage en jours"),
    "fields": _("champs"),
    "back_to": _("retour à la version"),
    "from": _("de"),
    "language": _("langue"),
    "mails": _("messages"),
    "entry": _("reçu nº"),
    "method": _("méthode"),
    "people": _("participants"),
    "proposal": _("proposition"),
    "provider": _("prestataire"),
    "records": _("nature"),
    "refused": _("refusés"),
    "request": _("demande"),
    "role": _("rôle"),
    "scopes": _("droits"),
    "service": _("prestation"),
    "sitting": _("séance"),
    "skipped": _("laissés de côté"),
    "slots": _("séances"),
    "stage": _("étape"),
    "territory": _("secteur"),
    "to": _("à"),
    "total": _("demandes"),
    "unchanged": _("inchangés"),
    "version": _("version"),
    "year": _("année"),
}
FIELDS = {
    "about": _("présentation"), "activity_id": _("activité"), "address": _("adresse"), "amount_cents": _("montant"),
    "assistant_id": _("assistant"), "audience": _("public"), "capacity": _("places"), "chance": _("chance"),
    "city": _("ville"), "client_id": _("client"), "client_number": _("numéro client"), "closes_at": _("fermeture"),
    "code": _("code"), "colour": _("couleur"), "contact_email": _("courriel de contact"), "contact_name": _("contact"),
    "contact_phone": _("téléphone du contact"), "default_chance": _("chance à la création"),
    "description": _("description"), "duration_minutes": _("durée"), "email": _("courriel"),
    "enquiry_intro": _("présentation des demandes"), "ends_on": _("fin"),
    "first_name": _("prénom"), "host": _("nom d’hôte"), "is_remote": _("à distance"), "kind": _("nature"),
    "last_name": _("nom"), "legal_name": _("raison sociale"), "legal_notice": _("mentions légales"),
    "logo": _("logo"), "manager_ids": _("gestionnaires"), "message": _("message"), "name": _("nom"),
    "next_step": _("prochaine action"), "next_step_on": _("date de la prochaine action"), "notes": _("notes"),
    "notification_email": _("adresse de notification"), "opens_at": _("ouverture"), "owner_id": _("responsable"),
    "phone": _("téléphone"), "place": _("lieu"), "postcode": _("code postal"), "prerequisites": _("prérequis"),
    "price_cents": _("prix"), "printer": _("imprimante"), "programme": _("programme"), "promise": _("promesse"),
    "asked_from": _("seuil des demandes"), "certain_from": _("seuil des certitudes"),
    "probable_from": _("seuil des doublons probables"), "proposal_reminder_days": _("relance des dates"),
    "prospect_name": _("raison sociale"), "remote_url": _("adresse de connexion"), "siret": _("SIRET"),
    "offering": _("ce qui est proposé"),
    "spool_folder": _("dossier Résa"), "starts_on": _("début"), "tagline": _("phrase d’accueil"),
    "takes_cover": _("demandes de poste de secours"), "takes_courses": _("demandes de formation en interne"),
    "territory_id": _("secteur"), "theme_id": _("thème"), "time_zone": _("fuseau horaire"), "title": _("titre"),
    "trainers": _("formateurs"), "payment_help": _("comment vous payer"), "vat_bp": _("TVA"),
}  # fmt: skip
RECORDS = {kind.value: kind.label for kind in Records}  # whose duration was changed
# Which states a value can be, by the name it goes under.
STATES: dict[str, tuple[type[TextChoices], ...]] = {
    "role": (Role,), "from": (SessionState,), "to": (SessionState,), "stage": (Stage,), "method": (Method, PayMethod),
    "provider": (Provider,), "records": (Records,), "service": (Service,),
}  # fmt: skip


def details(values: dict[str, Any]) -> str:
    """On one line, without what is empty and what only a program reads."""
    order = list(NAMES)  # PostgreSQL keeps no order of its own
    names = sorted(values, key=lambda name: order.index(name) if name in NAMES else len(order))
    said = ((name, values[name]) for name in names if name not in UNSAID and values[name] not in (None, ""))
    return ", ".join(f"{NAMES.get(name, name)} {_plain(name, value)}" for name, value in said)


def _plain(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(str(FIELDS.get(one) or RECORDS.get(one, one)) for one in value))
    if name == "sitting":
        return words.moment_short(datetime.fromisoformat(value))
    known = next((states for states in STATES.get(name, ()) if value in states.values), None)
    return str(known(value).label) if known else str(value)
