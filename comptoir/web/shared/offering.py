"""What an organisation offers, in the words of its public pages: courses, events, or activities of any kind."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comptoir.organisations.states import Offering


@dataclass(frozen=True)
class OfferWords:
    """One sentence for each place that names what is offered."""

    ours: Any  # the title of the catalogue, and the way to it
    search: Any
    none: Any  # nothing answers
    all: Any  # the way back to all of it
    about: Any  # over the description of one
    comes_back: Any  # one that has no date
    of: Any  # « … de %(name)s »
    kind: str

    def counted(self, number: int) -> str:
        """How many have dates."""
        said = {
            Offering.COURSES: ngettext(
                "%(n)d formation a des dates ouvertes.", "%(n)d formations ont des dates ouvertes.", number
            ),
            Offering.EVENTS: ngettext(
                "%(n)d évènement a des dates ouvertes.", "%(n)d évènements ont des dates ouvertes.", number
            ),
            Offering.ACTIVITIES: ngettext(
                "%(n)d activité a des dates ouvertes.", "%(n)d activités ont des dates ouvertes.", number
            ),
        }
        return said[Offering(self.kind)] % {"n": number}


_WORDS = {
    Offering.COURSES: OfferWords(
        _("Nos formations"), _("Chercher une formation"), _("Aucune formation ne correspond"),
        _("Voir toutes les formations"), _("La formation"),
        _("Cette formation revient régulièrement. Dites-nous quand elle vous conviendrait."),
        _("Les formations de %(name)s"), Offering.COURSES,
    ),
    Offering.EVENTS: OfferWords(
        _("Nos évènements"), _("Chercher un évènement"), _("Aucun évènement ne correspond"),
        _("Voir tous les évènements"), _("L’évènement"),
        _("D’autres dates viendront peut-être. Dites-nous quand il vous conviendrait."),
        _("Les évènements de %(name)s"), Offering.EVENTS,
    ),
    Offering.ACTIVITIES: OfferWords(
        _("Nos activités"), _("Chercher une activité"), _("Aucune activité ne correspond"),
        _("Voir toutes les activités"), _("L’activité"),
        _("D’autres dates viendront peut-être. Dites-nous quand elle vous conviendrait."),
        _("Les activités de %(name)s"), Offering.ACTIVITIES,
    ),
}  # fmt: skip


def words_of(organisation: Any) -> OfferWords:
    """The organisation's own words; those of courses where there is no organisation."""
    return _WORDS[Offering(organisation.offering) if organisation else Offering.COURSES]
