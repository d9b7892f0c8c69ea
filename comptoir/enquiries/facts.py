"""What an enquiry asks for, in words: the same lines on the desk, in the client's space and in the mails."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.deals.states import Service
from comptoir.enquiries.models import Enquiry


class Fact(NamedTuple):
    """One line: what was asked, and the answer."""

    label: str
    text: str


def title_of(enquiry: Enquiry) -> str:
    """What it is called where it stands among others."""
    if enquiry.service == Service.COVER:
        return _("Poste de secours\u00a0: %(name)s") % {"name": enquiry.event_name}
    return _("Formation en interne\u00a0: %(theme)s") % {"theme": theme_of(enquiry)}


def theme_of(enquiry: Enquiry) -> str:
    """The activity of the catalogue, else the theme in the requester's own words."""
    return enquiry.activity.title if enquiry.activity else enquiry.theme


def facts(enquiry: Enquiry) -> list[Fact]:
    """What it asks for, without what was left out."""
    found = _cover(enquiry) if enquiry.service == Service.COVER else _course(enquiry)
    return [one for one in found if one.text]


def _cover(one: Enquiry) -> list[Fact]:
    return [
        Fact(_("Évènement"), one.event_name),
        Fact(_("Lieu"), one.place),
        Fact(_("Début"), _moment(one.starts_on, one.starts_at)),
        Fact(_("Fin"), _moment(one.ends_on, one.ends_at)),
        Fact(_("Public attendu"), words.thousands(one.attendance) if one.attendance else ""),
        Fact(_("Contact sur place"), one.on_site),
    ]


def _course(one: Enquiry) -> list[Fact]:
    return [
        Fact(_("Formation"), one.activity.title if one.activity else ""),
        Fact(_("Thème"), one.theme),
        Fact(_("Personnes à former"), words.thousands(one.people) if one.people else ""),
        Fact(_("Dates souhaitées"), one.wished_dates),
        Fact(_("Lieu"), one.place),
    ]


def _moment(day: object, hour: object) -> str:
    from_day = words.day(day) if day else ""  # type: ignore[arg-type]
    return f"{from_day}, {words.hour(hour)}" if hour else from_day  # type: ignore[arg-type]
