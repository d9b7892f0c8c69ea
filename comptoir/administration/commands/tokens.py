"""The keys of programs to the API: issued, shown once, revoked."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.administration.rights import require_administrator
from comptoir.base.errors import Invalid, Missing, Refusal, refuse_all
from comptoir.base.text import clean_line
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import ApiToken
from comptoir.organisations.states import Scope
from comptoir.organisations.tokens import digest_of, new_key


@transaction.atomic
def issue_token(*, name: str, scopes: Iterable[str], by: Actor, at: datetime) -> str:
    """The key itself, which is kept nowhere: only its SHA-256 is. Refuses: Forbidden, Invalid (name, scopes)."""
    require_administrator(by)
    name, chosen = clean_line(name), sorted(set(scopes))
    refusals: list[Refusal] = []
    if not 0 < len(name) <= 80:
        refusals.append(Invalid(_("Le nom d’un jeton a de 1 à 80 caractères."), field="name"))
    if not chosen or not set(chosen) <= set(Scope.values):
        refusals.append(Invalid(_("Choisissez au moins un droit."), field="scopes"))
    refuse_all(refusals)
    key = new_key()
    row = ApiToken.objects.create(
        organisation_id=by.organisation_id,
        name=name,
        digest=digest_of(key),
        scopes=" ".join(chosen),
        created_at=at,
        created_by_id=by.user_id,
    )
    journal.record(what="token.issued", about=f"token {row.pk}", by=by, at=at, detail={"scopes": chosen})
    return key


@transaction.atomic
def revoke_token(*, token_id: int, by: Actor, at: datetime) -> None:
    """The key opens nothing from the next request on; revoked already, nothing changes. Refuses: Forbidden, Missing."""
    require_administrator(by)
    row = ApiToken.objects.select_for_update().filter(pk=token_id, organisation_id=by.organisation_id).first()
    if row is None:
        raise Missing(_("Ce jeton n’existe pas."))
    if row.revoked_at is not None:
        return
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    journal.record(what="token.revoked", about=f"token {row.pk}", by=by, at=at)


def note_use(*, token_id: int, at: datetime) -> None:
    """The day it was last used, written once a day at most."""
    ApiToken.objects.filter(pk=token_id).exclude(last_used_on=at.date()).update(last_used_on=at.date())
