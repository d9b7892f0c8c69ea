"""What a member of staff may be in an organisation (product.md §2)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """One role a person; perimeters of managers and owners come from sessions and activities."""

    ADMINISTRATOR = "administrator", _("Administrateur")
    SALES_REP = "sales_rep", _("Commercial")
    ASSISTANT = "assistant", _("Assistant")
    MANAGER = "manager", _("Gestionnaire")


class Offering(TextChoices):
    """What an organisation calls what it offers: the public pages speak of nothing else."""

    COURSES = "courses", _("Des formations")
    EVENTS = "events", _("Des évènements")
    ACTIVITIES = "activities", _("Des activités, de toute sorte")


# Who opens what on the desk. A manager sees the sessions managed; intake and deals are for sales and administration.
INTAKE_ROLES = frozenset({Role.ADMINISTRATOR, Role.SALES_REP, Role.ASSISTANT})
CATALOGUE_ROLES = frozenset({Role.ADMINISTRATOR, Role.ASSISTANT})


class Scope(TextChoices):
    """What an API token may do."""

    CATALOGUE_READ = "catalogue:read", _("Lire le catalogue")
    PREREGISTRATIONS_WRITE = "preregistrations:write", _("Déposer des pré-inscriptions")
    INTAKE_READ = "intake:read", _("Lire les pré-inscriptions en attente")
    INTAKE_APPLY = "intake:apply", _("Intégrer les pré-inscriptions")
    REGISTRATIONS_READ = "registrations:read", _("Lire les inscriptions")
    REGISTRATIONS_WRITE = "registrations:write", _("Agir sur les inscriptions et les paiements")
    CLIENTS_READ = "clients:read", _("Reconnaître les clients et lire leurs doublons")
    CLIENTS_WRITE = "clients:write", _("Lancer la recherche de doublons")
    PROPOSALS_READ = "proposals:read", _("Lire où en sont les dates proposées")
    PROPOSALS_WRITE = "proposals:write", _("Proposer des dates et les valider")


# A program that may read or apply the intake works it as staff does; each operation still asks for its own scope.
INTAKE_SCOPES = frozenset({Scope.INTAKE_READ, Scope.INTAKE_APPLY})
# The same of registrations: all the organisation's sessions are in such a program's perimeter.
REGISTRATION_SCOPES = frozenset({Scope.REGISTRATIONS_READ, Scope.REGISTRATIONS_WRITE})
# The same of clients; who may look for their duplicates may read them.
CLIENT_SCOPES = frozenset({Scope.CLIENTS_READ, Scope.CLIENTS_WRITE})
# The same of date proposals, which are made to clients, of any session.
PROPOSAL_SCOPES = frozenset({Scope.PROPOSALS_READ, Scope.PROPOSALS_WRITE})
