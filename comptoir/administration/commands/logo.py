"""The organisation's logo: a picture checked by its content, kept beside the data under the name of its own digest."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from comptoir.administration.pictures import picture
from comptoir.administration.rights import require_administrator
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Organisation


@transaction.atomic
def set_logo(*, content: bytes, by: Actor, at: datetime) -> None:
    """The organisation's pages bear this picture. Refuses: Forbidden, NotAPicture."""
    require_administrator(by)
    found = picture(content)
    name = f"logos/{by.organisation_id}-{hashlib.sha256(content).hexdigest()[:24]}{found.extension}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    _change(name, by, at)


@transaction.atomic
def remove_logo(*, by: Actor, at: datetime) -> None:
    """The pages bear the organisation's name alone."""
    require_administrator(by)
    _change("", by, at)


def _change(name: str, by: Actor, at: datetime) -> None:
    row = Organisation.objects.select_for_update().get(pk=by.organisation_id)
    former, row.logo = row.logo, name
    row.save(update_fields=["logo"])
    if former and former != name:
        transaction.on_commit(lambda: default_storage.delete(former))
    journal.record(what="settings.changed", by=by, at=at, detail={"fields": ["logo"]})
