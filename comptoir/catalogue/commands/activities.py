"""Create, change, publish and withdraw an activity."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.text import clean_line, clean_text, folded
from comptoir.catalogue.commands.rows import check_may_write, locked_activity, one_at_a_time
from comptoir.catalogue.details import ActivityDetails
from comptoir.catalogue.faults import Faults
from comptoir.catalogue.models import Activity, Theme
from comptoir.catalogue.slugs import new_slug
from comptoir.catalogue.states import ActivityKind
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor

LONGEST_DURATION = 5_000 * 60
_LINES = ("code", "title", "promise")
_TEXTS = ("description", "audience", "prerequisites", "programme")


@transaction.atomic
def create_activity(*, details: ActivityDetails, by: Actor, at: datetime) -> int:
    """The activity exists, unpublished, with an address made from its title. Answers its id.

    Refuses: Forbidden; Invalid on each field at fault (title, kind, code, theme, promise, owner, duration).
    """
    check_may_write(by)
    values = _checked(details, by=by)
    one_at_a_time(by.organisation_id)
    slug = new_slug(
        details.title,
        Activity.objects.filter(organisation_id=by.organisation_id),
        longest=120,
        otherwise=str(details.kind),
    )
    made = Activity.objects.create(organisation_id=by.organisation_id, slug=slug, created_at=at, **values)
    _record("activity.created", made, by=by, at=at)
    return made.pk


def check_activity(*, details: ActivityDetails, by: Actor) -> None:
    """Refuses what create_activity would of these details, and writes nothing: for a form that has faults already."""
    _checked(details, by=by)


@transaction.atomic
def change_activity(*, activity_id: int, details: ActivityDetails, by: Actor, at: datetime) -> None:
    """The activity reads as told; its address stays, since people have it. Refuses as create_activity, and Missing."""
    activity = locked_activity(activity_id, by=by)
    values = _checked(details, by=by)
    changed = sorted(name for name, value in values.items() if getattr(activity, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(activity, name, values[name])
    activity.save(update_fields=changed)
    _record("activity.changed", activity, by=by, at=at, fields=changed)


@transaction.atomic
def publish_activity(*, activity_id: int, by: Actor, at: datetime) -> None:
    """The activity has its public page; its published open sessions are on sale (A1). Refuses: Forbidden, Missing."""
    _set_published(activity_id, True, by=by, at=at)


@transaction.atomic
def unpublish_activity(*, activity_id: int, by: Actor, at: datetime) -> None:
    """The activity and all its sessions have left the public counter. Refuses: Forbidden, Missing."""
    _set_published(activity_id, False, by=by, at=at)


def search_key(title: str, promise: str, theme: str, code: str) -> str:
    """What the search reads: folded words of title, promise, theme and code."""
    return folded(f"{title} {promise} {theme} {code}")


def _set_published(activity_id: int, is_published: bool, *, by: Actor, at: datetime) -> None:
    activity = locked_activity(activity_id, by=by)
    if activity.is_published == is_published:
        return
    activity.is_published = is_published
    activity.save(update_fields=["is_published"])
    _record("activity.published" if is_published else "activity.unpublished", activity, by=by, at=at)


def _checked(details: ActivityDetails, *, by: Actor) -> dict[str, object]:
    values: dict[str, object] = asdict(details)
    values |= {name: clean_line(getattr(details, name)) for name in _LINES}
    values |= {name: clean_text(getattr(details, name)) for name in _TEXTS}
    faults = Faults()
    if not values["title"]:
        faults.add("title", _("Donnez un titre : c’est ce que l’on lit dans le catalogue."))
    faults.choice("kind", details.kind, ActivityKind)
    faults.lengths(Activity, {name: value for name, value in values.items() if not name.endswith("_id")})
    if not 0 <= details.duration_minutes <= LONGEST_DURATION:
        faults.add("duration_minutes", _("Indiquez une durée entre 0 et 5 000 heures."))
    if details.owner_id is not None:
        faults.staff("owner", {details.owner_id}, organisation_id=by.organisation_id)
    theme = _theme(details.theme_id, faults, by=by)
    faults.refuse()
    values["search_key"] = search_key(str(values["title"]), str(values["promise"]), theme, str(values["code"]))
    return values


def _theme(theme_id: int | None, faults: Faults, *, by: Actor) -> str:
    if theme_id is None:
        return ""
    theme = Theme.objects.filter(pk=theme_id, organisation_id=by.organisation_id).first()
    if theme is None:
        faults.add("theme", _("Choisissez un thème de la liste."))
        return ""
    return theme.name


def _record(what: str, activity: Activity, *, by: Actor, at: datetime, fields: list[str] | None = None) -> None:
    detail: dict[str, object] = {"id": activity.pk}
    if fields:
        detail["fields"] = [name for name in fields if name != "search_key"]
    journal.record(what=what, about=activity.slug[:60], by=by, at=at, detail=detail)
