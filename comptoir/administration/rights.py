"""Who may change an organisation: asked again by every command, whatever door it came through."""

from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden
from comptoir.organisations.actors import Actor


def require_administrator(by: Actor) -> None:
    """Refuses Forbidden to anybody but an administrator of the organisation."""
    if not by.is_administrator:
        raise Forbidden(_("Seul un administrateur de l’organisme peut changer ses réglages."))


def require_operator(by: Actor) -> None:
    """Refuses Forbidden to anybody but the platform's operator."""
    if not by.is_operator:
        raise Forbidden(_("Seul l’exploitant de la plateforme peut le faire."))


def require_either(by: Actor) -> None:
    """Refuses Forbidden to anybody but an administrator of the organisation or the platform's operator."""
    if not by.is_operator:
        require_administrator(by)
