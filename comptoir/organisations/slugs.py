"""The short name of an organisation in addresses, and those the platform keeps for itself."""

import re

from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid

# First parts of the platform's own addresses, what browsers and robots ask for, and room to grow.
RESERVED = frozenset(
    "static media health healthz ready compte langue plateforme styleguide api admin bureau espace accueil aide docs "
    "demo www mail assets files theme logo favicon.ico robots.txt sitemap.xml apple-touch-icon.png .well-known".split()
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def check_slug(slug: str) -> None:
    """Refuses Invalid, in words: letters without accents, digits and single hyphens, 2 to 40, not reserved."""
    if not 2 <= len(slug) <= 40:
        raise Invalid(_("Le nom court a de 2 à 40 caractères."), field="slug")
    if not _SLUG.fullmatch(slug):
        sentence = _("Le nom court n’a que des minuscules sans accent, des chiffres et des tirets (loire-formation).")
        raise Invalid(sentence, field="slug")
    if slug in RESERVED:
        raise Invalid(_("«\u202f%(slug)s\u202f» est réservé à la plateforme.") % {"slug": slug}, field="slug")
