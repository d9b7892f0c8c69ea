"""The links at the foot of public pages: the client's space, and the organisation's legal texts."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def legal_links(organisation: Any) -> list[dict[str, str]]:
    """What `_colophon.html` shows."""
    links = [
        {"url": reverse("portal:home"), "label": _("Espace client")},
        {"url": reverse("counter:terms"), "label": _("Conditions générales de vente")},
    ]
    if organisation.takes_cover or organisation.takes_courses:
        links.insert(0, {"url": reverse("counter:enquiry"), "label": _("Demander une intervention")})
    if organisation.legal_notice:
        links.append({"url": reverse("counter:legal"), "label": _("Mentions légales")})
    return links
