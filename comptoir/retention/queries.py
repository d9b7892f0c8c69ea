"""The rules as they stand, what they would erase today and within a month, and the certificates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Missing
from comptoir.base.sheets import Cell
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Organisation
from comptoir.preregistrations.folder import ready_spool_of
from comptoir.retention.calendar import Cutoff, cutoff
from comptoir.retention.due import ROWS
from comptoir.retention.models import Certificate, Policy
from comptoir.retention.rules import InForce, in_force, policy_of
from comptoir.retention.states import Kind
from comptoir.spool import rejected
from comptoir.spool.folders import SpoolUnavailable

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Preview:
    """One rule, how many it would erase now, and how many by `SOON` if nothing happens meanwhile."""

    held: InForce
    now: int
    soon: int


def require_administrator(by: Actor) -> None:
    """Refuses Forbidden to anybody but an administrator of the organisation."""
    if not by.is_administrator:
        raise Forbidden(_("Les durées de conservation sont tenues par les administrateurs."))


def policy(*, seen_by: Actor) -> Policy:
    """What the reader's organisation decided. Refuses: Forbidden."""
    require_administrator(seen_by)
    return policy_of(seen_by.organisation_id)


def preview(*, seen_by: Actor, at: datetime, proposed: Mapping[Kind, int] | None = None) -> list[Preview]:
    """Each rule and what it would erase, with the months proposed, else those in force. Refuses: Forbidden."""
    require_administrator(seen_by)
    organisation = Organisation.objects.get(pk=seen_by.organisation_id)
    found = []
    for held in in_force(organisation, at=at, proposed=proposed):
        later = cutoff(at + SOON, held.months, organisation.time_zone)
        counts = [count(held.rule.kind, organisation, one) for one in (held.cutoff, later)]
        found.append(Preview(held, *counts))
    return found


def count(kind: Kind, organisation: Organisation, before: Cutoff) -> int:
    """How many records of the kind are older."""
    if kind is Kind.REJECTS:
        return len(old_rejects(organisation, before))
    return ROWS[kind](organisation, before).count()


def old_rejects(organisation: Organisation, before: Cutoff) -> list[str]:
    """What lies in REJETS since before then; none while the folder cannot be read, which its own page says."""
    try:
        return rejected.older(ready_spool_of(organisation), before.moment)
    except SpoolUnavailable:
        return []


def certificates(*, seen_by: Actor) -> QuerySet[Certificate]:
    """What was erased in the reader's organisation, newest first. Refuses: Forbidden."""
    require_administrator(seen_by)
    return Certificate.objects.filter(organisation_id=seen_by.organisation_id).order_by("-pk")


def certificate(reference: str, *, seen_by: Actor) -> Certificate:
    """One certificate of the reader's organisation. Refuses: Forbidden, Missing."""
    row = certificates(seen_by=seen_by).filter(reference=reference).first()
    if row is None:
        raise Missing(_("Ce certificat n’existe pas."))
    return row


def titles() -> list[str]:
    """The columns of the file of certificates."""
    return [
        _("Certificat"), _("Effacé le"), _("Nature"), _("Nombre"), _("Durée en mois"), _("Daté d’avant le"), _("Par"),
    ]  # fmt: skip


def lines(rows: Iterable[Certificate]) -> Iterable[list[Cell]]:
    """Certificates as the lines of a file."""
    for row in rows:
        yield [row.reference, row.at, row.get_kind_display(), row.count, row.months, row.before, row.by_name]
