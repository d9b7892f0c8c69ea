"""The terms of sale (CGV): a new version each time, none ever edited (A3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Invalid
from comptoir.base.text import clean_text
from comptoir.catalogue.commands.rows import one_at_a_time
from comptoir.catalogue.models import Terms
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor

LONGEST = 200_000


@transaction.atomic
def publish_terms(*, text: str, by: Actor, at: datetime) -> int:
    """A new version is the one clients accept from now on; earlier ones stay readable. Answers the version number.

    The text in force, published again (a double click), is no new version. Refuses: Forbidden; Invalid on `text`.
    """
    if not by.is_administrator:
        raise Forbidden(_("Seuls les administrateurs publient les conditions de vente."))
    text = clean_text(text)
    if not text:
        raise Invalid(_("Écrivez le texte des conditions de vente."), field="text")
    if len(text) > LONGEST:
        raise Invalid(_("C’est trop long : {limit} caractères au plus.").format(limit=LONGEST), field="text")
    one_at_a_time(by.organisation_id)
    current = Terms.objects.filter(organisation_id=by.organisation_id).order_by("-version").first()
    if current is not None and current.text == text:
        return current.version
    version = (current.version if current else 0) + 1
    Terms.objects.create(organisation_id=by.organisation_id, version=version, text=text, published_at=at)
    journal.record(what="terms.published", about=f"v{version}", by=by, at=at)
    return version
