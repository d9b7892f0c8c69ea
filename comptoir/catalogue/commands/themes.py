"""The shelves of the catalogue: create, rename, remove."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.base.errors import Missing, Refusal
from comptoir.base.text import clean_line, folded
from comptoir.catalogue.commands.activities import search_key
from comptoir.catalogue.commands.rows import check_may_write, one_at_a_time
from comptoir.catalogue.faults import Faults
from comptoir.catalogue.models import Activity, Theme
from comptoir.catalogue.slugs import new_slug
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


class ThemeInUse(Refusal):
    """Activities stand on this shelf."""

    code = "theme-in-use"


@transaction.atomic
def create_theme(*, name: str, by: Actor, at: datetime) -> int:
    """The theme exists; answers its id. Refuses: Forbidden; Invalid (name empty, too long or taken)."""
    check_may_write(by)
    one_at_a_time(by.organisation_id)
    name = _checked(name, 0, by=by)
    taken = Theme.objects.filter(organisation_id=by.organisation_id)
    theme = Theme.objects.create(
        organisation_id=by.organisation_id, name=name, slug=new_slug(name, taken, longest=80, otherwise="theme")
    )
    journal.record(what="theme.created", about=theme.slug[:60], by=by, at=at, detail={"id": theme.pk})
    return theme.pk


@transaction.atomic
def change_theme(*, theme_id: int, name: str, by: Actor, at: datetime) -> None:
    """The theme is called so, and its activities are found under that word. Refuses as create_theme, and Missing."""
    check_may_write(by)
    one_at_a_time(by.organisation_id)
    theme = _own(theme_id, by=by)
    theme.name = _checked(name, theme_id, by=by)
    theme.save(update_fields=["name"])
    activities = list(Activity.objects.filter(theme=theme))
    for one in activities:
        one.search_key = search_key(one.title, one.promise, theme.name, one.code)
    Activity.objects.bulk_update(activities, ["search_key"], batch_size=200)
    journal.record(what="theme.changed", about=theme.slug[:60], by=by, at=at, detail={"id": theme.pk})


@transaction.atomic
def delete_theme(*, theme_id: int, by: Actor, at: datetime) -> None:
    """The theme is gone. Refuses: Forbidden, Missing, ThemeInUse."""
    check_may_write(by)
    theme = _own(theme_id, by=by)
    if count := theme.activities.count():
        raise ThemeInUse(
            ngettext(
                "{n} activité porte ce thème : donnez-lui-en un autre d’abord.",
                "{n} activités portent ce thème : donnez-leur-en un autre d’abord.",
                count,
            ).format(n=count)
        )
    journal.record(what="theme.deleted", about=theme.slug[:60], by=by, at=at, detail={"id": theme.pk})
    theme.delete()


def _own(theme_id: int, *, by: Actor) -> Theme:
    theme = Theme.objects.select_for_update().filter(pk=theme_id, organisation_id=by.organisation_id).first()
    if theme is None:
        raise Missing(_("Ce thème n’existe pas."))
    return theme


def _checked(name: str, theme_id: int, *, by: Actor) -> str:
    name = clean_line(name)
    faults = Faults()
    if not name:
        faults.add("name", _("Donnez un nom au thème."))
    faults.lengths(Theme, {"name": name})
    others = Theme.objects.filter(organisation_id=by.organisation_id).exclude(pk=theme_id)
    if folded(name) in {folded(one) for one in others.values_list("name", flat=True)}:
        faults.add("name", _("Ce thème existe déjà."))
    faults.refuse()
    return name
