"""Change what the organisation says of itself and how it works, its folder and its host included."""

from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from comptoir.administration.checks import Value, check_scale, checked
from comptoir.administration.commands.organisations import SlugTaken
from comptoir.administration.folders import check_folder
from comptoir.administration.rights import require_either, require_operator
from comptoir.base.text import clean_line
from comptoir.clients.commands.duplicates import ask_scan
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor, system
from comptoir.organisations.models import Organisation

SCALE = frozenset({"certain_from", "probable_from", "asked_from"})


@transaction.atomic
def change_settings(*, by: Actor, at: datetime, **settings: Value) -> None:
    """The settings given are these, tidied; the others stay. The journal names them and holds no value.

    name, tagline, about, offering, colour, address, phone, contact_email, legal_notice, payment_help,
    notification_email (A8), time_zone, default_chance (B18, per cent), printer (B15), proposal_reminder_days (before a
    deadline; 0: none), certain_from, probable_from and asked_from (per cent of the score, G3, B6; changed, all clients
    are compared again), takes_cover, takes_courses and enquiry_intro (what else may be asked for at the counter).
    Refuses: Forbidden, Invalid or Several, each with its field.
    """
    if "host" in settings:
        raise TypeError("the host is the operator's: change_host")
    require_either(by)
    values = checked(settings)
    rows = Organisation.objects.filter(pk=by.organisation_id)
    if SCALE & values.keys():
        before = rows.values(*SCALE).get()
        check_scale(**before | {name: int(values[name]) for name in SCALE & values.keys()})
        if any(before[name] != value for name, value in values.items() if name in SCALE):
            ask_scan(by=system(by.organisation_id), at=at, whole=True)
    rows.update(**values)
    journal.record(what="settings.changed", by=by, at=at, detail={"fields": sorted(values)})


@transaction.atomic
def change_host(*, host: str, by: Actor, at: datetime) -> None:
    """The organisation is served at its own host name, or under its slug when empty. The operator's act: host names
    belong to the whole deployment. Refuses: Forbidden, Invalid, SlugTaken."""
    require_operator(by)
    values = checked({"host": host})
    try:
        with transaction.atomic():
            Organisation.objects.filter(pk=by.organisation_id).update(**values)
    except IntegrityError as error:
        raise SlugTaken(_("Ce nom d’hôte est déjà celui d’un autre organisme."), field="host") from error
    journal.record(what="settings.changed", by=by, at=at, detail={"fields": ["host"]})


@transaction.atomic
def change_spool(*, folder: str, printer: str, by: Actor, at: datetime) -> None:
    """The `Résa` of the organisation is this folder, made ready (empty: the one in the data folder), and reports are
    printed there (B15; empty: the server's default printer).

    Files already waiting stay where they are, and the ledger says so. Refuses: Forbidden, Invalid (not absolute, not
    writable, not ours to use).
    """
    require_either(by)
    _one_at_a_time()
    values = checked({"printer": printer})
    text = clean_line(folder)
    if text:
        text = str(check_folder(Path(text), organisation_id=by.organisation_id))
    Organisation.objects.filter(pk=by.organisation_id).update(spool_folder=text, **values)
    journal.record(what="settings.changed", by=by, at=at, detail={"fields": ["printer", "spool_folder"]})


def _one_at_a_time() -> None:
    """Two organisations cannot take one folder at once."""
    list(Organisation.objects.select_for_update().order_by("pk").values_list("pk"))
