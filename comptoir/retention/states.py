"""What is kept and how long: the rules, as people read them and as `due` and `applying` apply them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """A kind of record that has a duration of its own, and the erasure of one person, which has none."""

    BOOKINGS = "bookings", _("Réservations et inscrits")
    REQUESTS = "requests", _("Pré-inscriptions")
    REJECTS = "rejects", _("Fichiers de REJETS")
    DEALS = "deals", _("Dossiers commerciaux")
    CONTACTS = "contacts", _("Interlocuteurs des clients")
    PRIVATE = "private", _("Clients particuliers")
    MEMBERS = "members", _("Adhérents")
    MAILS = "mails", _("Courriels et pièces jointes")
    LETTERS = "letters", _("Messages écrits aux inscrits")
    PROPOSALS = "proposals", _("Propositions de dates")
    IMPORTS = "imports", _("Comptes rendus d’import")
    JOURNAL = "journal", _("Journal")
    PERSON = "person", _("Personne, à sa demande")


@dataclass(frozen=True)
class Rule:
    """One duration: from when it counts, what goes then, and between which bounds an organisation may set it."""

    kind: Kind
    since: Any
    gone: Any
    months: int  # the recommended one, in force until somebody decides
    least: int
    most: int
    why: Any


PROSPECT = _("Recommandation de la CNIL\u00a0: trois ans après le dernier contact avec un prospect ou un client.")
PROOF = _("Le temps de répondre d’un envoi contesté\u202f; au-delà, les dates et l’issue suffisent.")

RULES: tuple[Rule, ...] = (
    Rule(
        Kind.BOOKINGS,
        _("le dernier jour de la dernière session"),
        _(
            "Noms, courriels, téléphones, la demande et les messages liés. Rien tant qu’un paiement ou un "
            "remboursement est attendu."
        ),
        36, 1, 120, PROSPECT,
    ),
    Rule(
        Kind.REQUESTS,
        _("le jour où la demande a été traitée"),
        _("Ce qui a été saisi, les fichiers de Résa et d’ARCHIVES, les noms des comptes rendus."),
        36, 1, 60, PROSPECT,
    ),
    Rule(
        Kind.REJECTS,
        _("le jour où le fichier a été mis de côté"),
        _("Le fichier et le motif écrit à côté."),
        12, 1, 36, _("Le temps de comprendre le rejet\u202f; un fichier illisible peut nommer des personnes."),
    ),
    Rule(
        Kind.DEALS,
        _("la clôture du dossier, sinon sa dernière note, sinon sa création"),
        _("Contact, participants, notes, prochaine action et messages liés."),
        36, 6, 60, PROSPECT,
    ),
    Rule(
        Kind.CONTACTS,
        _("la dernière activité du client"),
        _("L’interlocuteur, et son compte s’il ne sert à rien d’autre."),
        36, 6, 60, PROSPECT,
    ),
    Rule(
        Kind.PRIVATE,
        _("la dernière activité du client"),
        _("Nom, adresse, téléphone, courriel et notes. Le numéro reste."),
        36, 6, 60, PROSPECT,
    ),
    Rule(
        Kind.MEMBERS,
        _("la dernière connexion, ou la fin de la dernière année cotisée"),
        _("Le compte et les informations personnelles. Le numéro et les cotisations restent."),
        24, 12, 60, _("Recommandation de la CNIL\u00a0: deux ans sans usage pour un compte."),
    ),
    Rule(
        Kind.MAILS,
        _("l’écriture du courriel"),
        _("Destinataires, texte et pièces jointes. La date et l’issue restent."),
        12, 3, 60, PROOF,
    ),
    Rule(Kind.LETTERS, _("l’envoi"), _("Le texte et les fichiers joints. La date reste."), 12, 3, 60, PROOF),
    Rule(
        Kind.PROPOSALS,
        _("l’envoi"),
        _("Destinataires et commentaires. Les dates proposées et la réponse restent."),
        36, 3, 60, PROOF,
    ),
    Rule(
        Kind.IMPORTS,
        _("l’import du fichier"),
        _("Les lignes citées en erreur. Le fichier lui-même part dès la fin de l’import."),
        3, 1, 12, _("Le temps de corriger le fichier."),
    ),
    Rule(
        Kind.JOURNAL,
        _("l’acte"),
        _("La ligne entière."),
        36, 12, 120,
        _("La CNIL recommande 6 à 12 mois pour des traces techniques, plus pour un contrôle interne qui le justifie."),
    ),
)  # fmt: skip
BY_KIND = {rule.kind: rule for rule in RULES}

# What no organisation sets: the law does, or the product.
FIXED: tuple[tuple[Any, Any, Any], ...] = (
    (
        _("Paiements, remboursements, reçus, cotisations"),
        _("10 ans"),
        _("Pièces comptables (article L123-22 du code de commerce). Elles ne portent plus de nom une fois la "
          "réservation ou l’adhérent effacé."),
    ),
    (
        _("Conditions de vente acceptées, présences pointées"),
        _("Comme la réservation"),
        _("Elles restent comme preuve, sans nom une fois la réservation effacée."),
    ),
    (_("Traces de connexion"), _("6 mois"), _("Navigateur et adresse de la machine de chaque session fermée.")),
    (_("Paniers abandonnés"), _("1 jour"), _("Rien n’a été demandé.")),
    (_("Brouillons de messages et de propositions"), _("30 jours"), _("Après leur dernière modification.")),
    (_("Notes d’une fusion de clients"), _("30 jours"), _("Le temps de l’annuler.")),
    (_("Exports"), _("Jamais gardés"), _("Un fichier exporté n’est pas conservé ici\u202f; il est à vous.")),
    (_("Compteurs d’essais de connexion"), _("1 heure"), _("Ils freinent qui devine des mots de passe.")),
)  # fmt: skip
