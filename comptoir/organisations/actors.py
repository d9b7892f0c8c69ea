"""Actor: who acts, and for which organisation. Plain values, so that every door can make one."""

from dataclasses import dataclass
from datetime import date

from comptoir.organisations.states import (
    CATALOGUE_ROLES,
    INTAKE_ROLES,
    INTAKE_SCOPES,
    PROPOSAL_SCOPES,
    REGISTRATION_SCOPES,
    Role,
)

PLATFORM = "platform"


@dataclass(frozen=True)
class Actor:
    """Who acts (or reads), for whom, and with what role. `staff_id` is None for visitors, tokens and the system."""

    organisation_id: int
    name: str
    user_id: int | None = None
    staff_id: int | None = None
    role: str = ""
    scopes: frozenset[str] = frozenset()
    token_id: int | None = None
    token_used_on: date | None = None
    acting_for: str = ""  # user mode (C10): the registrant on whose page a member of staff acts

    @property
    def is_administrator(self) -> bool:
        """The whole organisation, and its settings."""
        return self.role == Role.ADMINISTRATOR

    @property
    def is_operator(self) -> bool:
        """The platform's operator: creates organisations, names their first administrator, sees no personal data."""
        return PLATFORM in self.scopes

    @property
    def sees_every_session(self) -> bool:
        """Everyone on the desk but managers, whose perimeter is the sessions they manage or the activities they own."""
        everywhere = {Role.ADMINISTRATOR, Role.SALES_REP, Role.ASSISTANT}
        return self.role in everywhere or not (REGISTRATION_SCOPES | PROPOSAL_SCOPES).isdisjoint(self.scopes)

    @property
    def works_intake(self) -> bool:
        """May open the integration assistant and the sales pipeline."""
        return self.role in INTAKE_ROLES or not INTAKE_SCOPES.isdisjoint(self.scopes)

    @property
    def works_catalogue(self) -> bool:
        """May create and change activities and sessions."""
        return self.role in CATALOGUE_ROLES


def visitor(organisation_id: int) -> Actor:
    """Somebody on the public counter, not signed in."""
    return Actor(organisation_id, "visiteur")


def registrant(organisation_id: int) -> Actor:
    """Whoever holds the secret link of a booking."""
    return Actor(organisation_id, "inscrit")


def system(organisation_id: int) -> Actor:
    """The background rounds and the command line: the whole organisation, no person."""
    return Actor(organisation_id, "Comptoir", role=Role.ADMINISTRATOR)


def operator(organisation_id: int = 0, user_id: int | None = None) -> Actor:
    """The platform's operator, at work on one organisation (0: on none yet)."""
    return Actor(organisation_id, "Plateforme", user_id, scopes=frozenset({PLATFORM}))
