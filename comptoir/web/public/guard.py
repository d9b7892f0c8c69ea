"""Telling people from programs without a puzzle (T65): a trap no person sees, and the time a person takes."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid

TRAP = "site_web"  # what a program fills in; hidden from eyes, from the keyboard and from screen readers
STAMP = "affiche"  # when the page was shown, signed
QUICKEST = timedelta(seconds=2)


class NotAPerson(Invalid):
    """A trap was filled in, or nobody can have read the page in that time; sending again cures it for a person."""

    code = "not-a-person"


def stamp(basket_token: str, *, at: datetime) -> str:
    """The moment this page was shown, bound to this basket."""
    return _signer(basket_token).sign(str(int(at.timestamp() * 1000)))


def check(typed: Mapping[str, str], basket_token: str, *, at: datetime) -> None:
    """Refuses: NotAPerson. What was typed is kept by the caller, so a person only has to press again."""
    if typed.get(TRAP):
        raise NotAPerson(_("Un champ invisible a été rempli, sans doute par un outil : envoyez de nouveau."))
    try:
        shown = int(_signer(basket_token).unsign(typed.get(STAMP, "")))
    except (BadSignature, ValueError) as error:
        raise NotAPerson(_("La page était trop ancienne : vérifiez vos réponses, puis envoyez de nouveau.")) from error
    if at.timestamp() * 1000 - shown < QUICKEST.total_seconds() * 1000:
        raise NotAPerson(_("C’était très rapide : relisez vos réponses, puis envoyez de nouveau."))


def _signer(basket_token: str) -> Signer:
    return Signer(salt=f"counter.guard.{basket_token}")
