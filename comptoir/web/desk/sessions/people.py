"""The people a form offers: who works here now, and whoever is already named."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from comptoir.organisations import queries
from comptoir.organisations.actors import Actor


def people(*, seen_by: Actor, named: Collection[int | None] = ()) -> list[tuple[int, str]]:
    """Staff as choices, by name; one who has left is offered only where already named."""
    return [
        (one.pk, one.user.full_name if one.is_active else _("%(name)s (parti)") % {"name": one.user.full_name})
        for one in queries.staff(seen_by=seen_by)
        if one.is_active or one.pk in named
    ]
