"""What each act of the journal is called (a house test finds those without a name)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from comptoir.organisations.states import Role

FAMILIES = {
    "activity": _("Activités"),
    "booking": _("Réservations"),
    "client": _("Clients"),
    "deal": _("Suivi commercial"),
    "intake": _("Intégration"),
    "level": _("Niveaux de confirmation"),
    "mail": _("Messages"),
    "organisation": _("Organisme"),
    "preregistration": _("Pré-inscriptions"),
    "registration": _("Inscriptions"),
    "seat-type": _("Tarifs"),
    "session": _("Sessions"),
    "settings": _("Réglages"),
    "slot": _("Séances"),
    "spool": _("Dossier Résa"),
    "staff": _("Équipe"),
    "terms": _("Conditions de vente"),
    "territory": _("Secteurs"),
    "theme": _("Thèmes"),
    "token": _("Jetons d’API"),
}
ACTS = {
    "activity.changed": _("Activité modifiée"),
    "activity.created": _("Activité créée"),
    "activity.published": _("Activité publiée"),
    "activity.unpublished": _("Activité retirée du catalogue"),
    "client.access-given": _("Accès à l’espace client ouvert"),
    "client.access-withdrawn": _("Accès à l’espace client fermé"),
    "client.changed": _("Client modifié"),
    "client.contact-added": _("Interlocuteur ajouté"),
    "client.contact-changed": _("Interlocuteur modifié"),
    "client.contact-main": _("Interlocuteur principal choisi"),
    "client.contact-removed": _("Interlocuteur retiré"),
    "client.created": _("Client créé"),
    "client.import-abandoned": _("Import de clients abandonné"),
    "client.import-confirmed": _("Import de clients validé"),
    "client.import-failed": _("Import de clients interrompu"),
    "client.imported": _("Clients importés"),
    "client.match-allowed": _("Rapprochement de nouveau admis"),
    "client.match-refused": _("Rapprochement refusé"),
    "deal.changed": _("Dossier modifié"),
    "deal.moved": _("Dossier changé d’étape"),
    "deal.noted": _("Note ajoutée au dossier"),
    "deal.opened": _("Dossier ouvert"),
    "deal.won": _("Dossier gagné"),
    "intake.report-not-printed": _("Compte rendu non imprimé"),
    "intake.report-printed": _("Compte rendu imprimé"),
    "intake.run-finished": _("Intégration terminée"),
    "intake.run-started": _("Intégration lancée"),
    "level.added": _("Niveau ajouté"),
    "level.deactivated": _("Niveau fermé"),
    "level.made-default": _("Niveau mis par défaut"),
    "level.moved": _("Niveau déplacé"),
    "level.reactivated": _("Niveau rouvert"),
    "level.renamed": _("Niveau renommé"),
    "mail.cancelled": _("Message annulé"),
    "mail.model_changed": _("Modèle de mail changé"),
    "mail.resent": _("Message renvoyé"),
    "organisation.created": _("Organisme créé"),
    "organisation.deactivated": _("Organisme fermé"),
    "organisation.reactivated": _("Organisme rouvert"),
    "preregistration.adopted": _("Fichier repris du dossier Résa"),
    "preregistration.binned": _("Demande mise à la corbeille"),
    "preregistration.client-chosen": _("Client choisi pour une demande"),
    "preregistration.client-refused": _("Client écarté d’une demande"),
    "preregistration.confirmed": _("Demande confirmée"),
    "preregistration.corrected": _("Demande corrigée"),
    "preregistration.integrated": _("Demande intégrée"),
    "preregistration.restored": _("Demande restaurée"),
    "seat-type.activated": _("Tarif rouvert"),
    "seat-type.added": _("Tarif ajouté"),
    "seat-type.changed": _("Tarif modifié"),
    "seat-type.deactivated": _("Tarif fermé"),
    "session.changed": _("Session modifiée"),
    "session.copied": _("Session copiée"),
    "session.created": _("Session créée"),
    "session.moved": _("Session changée d’état"),
    "session.planned": _("Session planifiée"),
    "session.published": _("Session publiée"),
    "session.shifted": _("Session déplacée"),
    "session.unpublished": _("Session retirée du catalogue"),
    "settings.changed": _("Réglages modifiés"),
    "spool.reissued": _("Fichier de Résa écrit de nouveau"),
    "spool.set-aside": _("Fichier mis dans REJETS"),
    "staff.added": _("Personne ajoutée à l’équipe"),
    "staff.address-changed": _("Courriel d’une personne changé"),
    "staff.changed": _("Rôle d’une personne changé"),
    "staff.deactivated": _("Accès d’une personne fermé"),
    "staff.link-sent": _("Lien de mot de passe envoyé"),
    "staff.reactivated": _("Accès d’une personne rouvert"),
    "terms.published": _("Conditions de vente publiées"),
    "territory.added": _("Secteur ajouté"),
    "territory.deactivated": _("Secteur fermé"),
    "territory.reactivated": _("Secteur rouvert"),
    "territory.renamed": _("Secteur renommé"),
    "theme.changed": _("Thème modifié"),
    "theme.created": _("Thème créé"),
    "theme.deleted": _("Thème supprimé"),
    "token.issued": _("Jeton d’API créé"),
    "token.revoked": _("Jeton d’API révoqué"),
}


def label(code: str) -> str:
    """What people call this act; its code when it has no name yet."""
    return str(ACTS.get(code, code))


THINGS = {
    "account": _("compte"),
    "level": _("niveau"),
    "staff": _("personne"),
    "territory": _("secteur"),
    "theme": _("thème"),
    "token": _("jeton"),
}
NAMES = {
    "fields": _("réglages"),
    "role": _("rôle"),
    "scopes": _("droits"),
    "territory": _("secteur"),
    "mail": _("mail"),
}


def thing(about: str) -> str:
    """« personne 12 » for what has no reference of its own; a reference as it is."""
    kind, _space, number = about.partition(" ")
    return f"{THINGS[kind]} {number}" if kind in THINGS else about


def details(values: dict[str, Any]) -> str:
    """Ids, counts and codes on one line, without those that are empty."""
    return ", ".join(f"{NAMES.get(name, name)} {_plain(one)}" for name, one in values.items() if one not in (None, ""))


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(_plain(one) for one in value)
    return str(Role(value).label) if value in Role.values else str(value)
