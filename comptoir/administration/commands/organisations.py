"""Create an organisation, close it, open it again: the platform operator's acts."""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from comptoir.administration import texts
from comptoir.administration.checks import checked
from comptoir.administration.rights import require_operator
from comptoir.base.errors import Missing, Refusal
from comptoir.base.tokens import new_token
from comptoir.catalogue.commands import terms
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor, system
from comptoir.organisations.models import ConfirmationLevel, Organisation
from comptoir.organisations.slugs import check_slug


class SlugTaken(Refusal):
    """Another organisation has this short name or this host."""

    code = "slug-taken"


@transaction.atomic
def create_organisation(
    *,
    slug: str,
    name: str,
    by: Actor,
    at: datetime,
    terms_text: str = texts.TERMS,
    **settings: str | int,
) -> int:
    """The organisation is served under /slug/ and its id is returned: with a key for its spool files, the levels
    « À confirmer », « Confirmée » and « Convoquée », and a first version of its terms of sale.

    `settings` are those of `change_settings`, host included. Refuses: Forbidden, Invalid, SlugTaken.
    """
    require_operator(by)
    check_slug(slug)
    values = checked({"name": name, **settings})
    try:
        with transaction.atomic():
            made = Organisation.objects.create(slug=slug, spool_key=new_token(), created_at=at, **values)
    except IntegrityError as error:
        sentence = _("Le nom court ou le nom d’hôte est déjà celui d’un autre organisme.")
        raise SlugTaken(sentence, field="slug") from error
    ConfirmationLevel.objects.bulk_create(
        ConfirmationLevel(organisation=made, name=level, rank=rank, is_default=level == texts.DEFAULT_LEVEL)
        for rank, level in enumerate(texts.LEVELS, start=1)
    )
    terms.publish_terms(text=terms_text, by=system(made.pk), at=at)
    journal.record(what="organisation.created", about=slug, by=replace(by, organisation_id=made.pk), at=at)
    return made.pk


@transaction.atomic
def deactivate_organisation(*, organisation_id: int, by: Actor, at: datetime) -> None:
    """Its addresses answer 404 from the next request on; nothing is deleted. Refuses: Forbidden, Missing."""
    _set_active(organisation_id, False, "organisation.deactivated", by, at)


@transaction.atomic
def reactivate_organisation(*, organisation_id: int, by: Actor, at: datetime) -> None:
    """Its addresses answer again. Refuses: Forbidden, Missing."""
    _set_active(organisation_id, True, "organisation.reactivated", by, at)


def _set_active(organisation_id: int, is_active: bool, what: str, by: Actor, at: datetime) -> None:
    require_operator(by)
    if not Organisation.objects.filter(pk=organisation_id).update(is_active=is_active):
        raise Missing(_("Cet organisme n’existe pas."))
    journal.record(what=what, by=replace(by, organisation_id=organisation_id), at=at)
