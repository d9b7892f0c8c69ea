"""What each setting of an organisation may hold. Every value at fault is named at once (E4)."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal, refuse_all
from comptoir.base.text import clean_line, clean_text
from comptoir.organisations.states import Offering

type Value = str | int
LEAST_CERTAIN = 80  # per cent of the score
MOST_DAYS = 30  # before a deadline
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)
_PRINTER = re.compile(r"[!-.0-~]*", re.ASCII)  # CUPS: printable, neither « / » nor « # »; « # » is refused below
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII)


def checked(values: Mapping[str, Value]) -> dict[str, Value]:
    """The same values, tidied. Refuses: Invalid for each at fault; a name that is no setting is a bug."""
    tidy: dict[str, Value] = {}
    refusals: list[Refusal] = []
    for name, value in values.items():
        try:
            tidy[name] = CHECKS[name](value, name)
        except Invalid as refusal:
            refusals.append(refusal)
    refuse_all(refusals)
    return tidy


def _line(longest: int, *, needed: bool = False) -> Callable[[Value, str], str]:
    def check(value: Value, name: str) -> str:
        text = clean_line(str(value))
        if needed and not text:
            raise Invalid(_("Cette réponse est nécessaire."), field=name)
        if len(text) > longest:
            raise Invalid(_("%(most)d caractères au plus.") % {"most": longest}, field=name)
        return text

    return check


def _text(longest: int) -> Callable[[Value, str], str]:
    def check(value: Value, name: str) -> str:
        text = clean_text(str(value))
        if len(text) > longest:
            raise Invalid(_("%(most)d caractères au plus.") % {"most": longest}, field=name)
        return text

    return check


def _email(value: Value, name: str) -> str:
    text = clean_line(str(value))
    try:
        if text:
            validate_email(text)
    except ValidationError as error:
        raise Invalid(_("Cette adresse n’a pas la forme nom@domaine.fr."), field=name) from error
    return text


def _colour(value: Value, name: str) -> str:
    text = str(value).strip().lower()
    if not _COLOUR.fullmatch(text):
        raise Invalid(_("Une couleur s’écrit # suivi de six chiffres ou lettres de a à f, comme #1f5f6b."), field=name)
    return text


def _time_zone(value: Value, name: str) -> str:
    if str(value) not in available_timezones():
        raise Invalid(_("Ce fuseau horaire n’existe pas."), field=name)
    return str(value)


def _days(value: Value, name: str) -> int:
    try:
        days = int(value)
    except ValueError:
        days = -1
    if not 0 <= days <= MOST_DAYS:
        raise Invalid(_("Écrivez un nombre de jours, de 0 à %(most)d.") % {"most": MOST_DAYS}, field=name)
    return days


def _chance(value: Value, name: str) -> int:
    if not isinstance(value, int) or not 0 <= value <= 100:
        raise Invalid(_("Un pourcentage va de 0 à 100."), field=name)
    return value


def _offering(value: Value, name: str) -> str:
    text = str(value)
    if text not in Offering.values:
        raise Invalid(
            _("Dites ce que vous proposez\u00a0: des formations, des évènements, ou des activités."), field=name
        )
    return text


def _yes(value: Value, name: str) -> bool:
    if not isinstance(value, bool):
        raise Invalid(_("Répondez par oui ou par non."), field=name)
    return value


def _printer(value: Value, name: str) -> str:
    text = clean_line(str(value))
    if not _PRINTER.fullmatch(text) or "#" in text or text.startswith("-") or len(text) > 120:
        raise Invalid(
            _("Un nom d’imprimante n’a ni espace, ni accent, ni «\u202f/\u202f», ni «\u202f#\u202f»."), field=name
        )
    return text


def _host(value: Value, name: str) -> str:
    """A name of its own that this server answers to: otherwise the organisation would be nowhere."""
    text = str(value).strip().lower()
    if not text:
        return ""
    if not _HOST.fullmatch(text) or len(text) > 253:
        raise Invalid(_("Un nom d’hôte s’écrit comme inscriptions.exemple.fr."), field=name)
    if text == urlsplit(settings.PUBLIC_URL).hostname:
        raise Invalid(_("Ce nom est celui de la plateforme."), field=name)
    if text not in settings.ALLOWED_HOSTS:
        raise Invalid(_("Ce serveur ne répond pas à ce nom\u00a0: ajoutez-le d’abord à COMPTOIR_HOSTS."), field=name)
    return text


def _percent(value: Value, name: str) -> int:
    number = int(value)
    if not 1 <= number <= 99:
        raise Invalid(_("Indiquez un nombre entre 1 et 99."), field=name)
    return number


def check_scale(*, certain_from: int, probable_from: int, asked_from: int) -> None:
    """A pair is worth a look before a request is taken for a client, and that before certainty, which begins at 80.

    Refuses: Invalid or Several.
    """
    found: list[Refusal] = []
    if certain_from < LEAST_CERTAIN:
        found.append(Invalid(_("En dessous de 80, deux clients seraient tenus pour un seul."), field="certain_from"))
    if asked_from > certain_from:
        found.append(Invalid(_("Ce seuil ne dépasse pas celui des certitudes."), field="asked_from"))
    if probable_from > asked_from:
        found.append(Invalid(_("Ce seuil ne dépasse pas celui des demandes."), field="probable_from"))
    refuse_all(found)


CHECKS: dict[str, Callable[[Value, str], Value]] = {
    "name": _line(120, needed=True),
    "tagline": _line(200),
    "about": _text(4000),
    "offering": _offering,
    "colour": _colour,
    "address": _text(500),
    "phone": _line(30),
    "contact_email": _email,
    "legal_notice": _text(8000),
    "payment_help": _text(1000),
    "notification_email": _email,
    "time_zone": _time_zone,
    "default_chance": _chance,
    "proposal_reminder_days": _days,
    "certain_from": _percent,
    "probable_from": _percent,
    "asked_from": _percent,
    "takes_cover": _yes,
    "takes_courses": _yes,
    "enquiry_intro": _text(2000),
    "printer": _printer,
    "host": _host,
}
