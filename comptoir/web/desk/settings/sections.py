"""The sections of the settings, in the order of the page: one line each, with what it is for."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

SECTIONS: tuple[tuple[str, str, Any, Any], ...] = (
    ("desk:settings-organisation", "building-office-2", _("Organisme"), _("Nom, couleur, logo, coordonnées, Résa.")),
    (
        "desk:settings-staff",
        "users",
        _("Équipe"),
        _("Qui travaille ici, avec quel rôle\u202f; renvoyer un mot de passe."),
    ),
    ("desk:settings-territories", "map", _("Secteurs"), _("Les secteurs de vos commerciaux.")),
    (
        "desk:settings-levels",
        "check-badge",
        _("Niveaux de confirmation"),
        _("Leurs noms, leur ordre, celui par défaut."),
    ),
    ("desk:settings-terms", "document-text", _("Conditions de vente"), _("La version en vigueur et les précédentes.")),
    ("desk:settings-cards", "credit-card", _("Paiement par carte"), _("Qui encaisse vos cartes, et ses clés.")),
    (
        "desk:members-settings",
        "identification",
        _("Adhérents"),
        _("Ouvrir l’adhésion, le montant de la cotisation, ses rappels."),
    ),
    ("desk:mail-models", "envelope", _("Modèles de mail"), _("Les mots de chaque message envoyé.")),
    ("desk:settings-tokens", "key", _("Jetons d’API"), _("Les accès de vos autres logiciels.")),
    (
        "desk:retention",
        "shield-check",
        _("Données personnelles"),
        _("Ce qui est gardé et combien de temps, les certificats d’effacement."),
    ),
    ("desk:journal", "clock", _("Journal"), _("Qui a fait quoi, et quand.")),
)


@dataclass(frozen=True)
class Section:
    """One line of the settings."""

    url: str
    icon: str
    label: Any
    text: Any
    is_current: bool


def sections(current: str = "") -> list[Section]:
    """The sections whose pages exist; `current` is the address name of the page shown."""
    found = []
    for name, icon, label, text in SECTIONS:
        try:
            found.append(Section(reverse(name), icon, label, text, name == current))
        except NoReverseMatch:  # a page that another part of the desk brings
            continue
    return found
