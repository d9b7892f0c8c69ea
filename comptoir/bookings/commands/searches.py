"""Keep a search under a name, or let it go: each person has one's own (C3)."""

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Invalid, Missing
from comptoir.base.text import clean_line
from comptoir.bookings.models import SavedSearch
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Staff

MOST = 30
LONGEST_NAME, LONGEST_QUERY = 60, 500


@transaction.atomic
def keep_search(*, name: str, query: str, by: Actor) -> None:
    """The person has this search under this name; one of the same name is replaced. Refuses: Forbidden, Invalid."""
    if by.staff_id is None:
        raise Forbidden(_("Une recherche se garde à son nom\u00a0: identifiez-vous."))
    said = clean_line(name)
    if not 0 < len(said) <= LONGEST_NAME:
        raise Invalid(_("Donnez un nom à cette recherche, en 60 caractères au plus."), field="name")
    if len(query) > LONGEST_QUERY:
        raise Invalid(_("Cette recherche est trop longue pour être gardée."), field="name")
    Staff.objects.select_for_update().get(pk=by.staff_id)  # two at once count the same searches
    own = SavedSearch.objects.filter(staff=by.staff_id)
    if own.exclude(name=said).count() >= MOST:
        raise Invalid(_("Vous avez déjà 30 recherches\u00a0: oubliez-en une."), field="name")
    SavedSearch.objects.update_or_create(staff_id=by.staff_id, name=said, defaults={"query": query})


def forget_search(*, search_id: int, by: Actor) -> None:
    """The person does not have this search any more. Refuses: Missing."""
    if not SavedSearch.objects.filter(pk=search_id, staff=by.staff_id or 0).delete()[0]:
        raise Missing(_("Cette recherche n’existe pas."))
