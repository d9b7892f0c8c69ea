"""schema.org data of the counter: what search engines read of courses, events and their dates (A1)."""

import json
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString, mark_safe

from comptoir.catalogue.showcase import OnShow
from comptoir.catalogue.states import ActivityKind
from comptoir.organisations import addresses
from comptoir.web.public.addresses import absolute, session_address
from comptoir.web.public.sessions import Shown

# As in Django's own json_script: nothing in the data can end the element.
ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
AVAILABILITY = {OnShow.ON_SALE: "InStock", OnShow.OPENS_LATER: "PreOrder", OnShow.CLOSED: "SoldOut"}


def script(data: dict[str, Any]) -> SafeString:
    """The data as the text of a `script` element: a data block, which no policy has to allow and no browser runs."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPED))  # noqa: S308 every character that means something to HTML is escaped


def organisation_data(organisation: Any) -> SafeString:
    """The organisation itself."""
    return script(_provider(organisation))


def activity_data(organisation: Any, activity: Any, sessions: list[Shown]) -> SafeString:
    """A course with its instances, or an event for each date."""
    provider, page = _provider(organisation), absolute(organisation, "activity", slug=activity.slug)
    if activity.kind == ActivityKind.EVENT:
        return script({"@graph": [_event(organisation, activity, one, page, provider) for one in sessions]})
    instances = [_instance(organisation, activity, one, page) for one in sessions]
    offers = [instance["offers"] for instance in instances]
    return script(
        {
            "@type": "Course",
            "@id": page,
            "name": activity.title,
            "description": activity.promise or activity.description or activity.title,
            "url": page,
            "provider": provider,
            **({"courseCode": activity.code} if activity.code else {}),
            **({"coursePrerequisites": activity.prerequisites} if activity.prerequisites else {}),
            **({"about": activity.theme.name} if activity.theme else {}),
            **({"hasCourseInstance": instances, "offers": offers} if instances else {}),
        }
    )


def _provider(organisation: Any) -> dict[str, Any]:
    said = {"telephone": organisation.phone, "email": organisation.contact_email}
    home = addresses.home(organisation)
    return {"@type": "Organization", "name": organisation.name, "url": home, **{k: v for k, v in said.items() if v}}


def _instance(organisation: Any, activity: Any, one: Shown, page: str) -> dict[str, Any]:
    minutes = activity.duration_minutes
    return {
        "@type": "CourseInstance",
        "name": activity.title,
        "courseMode": "Online" if one.session.is_remote else "Onsite",
        **({"courseWorkload": f"PT{minutes // 60}H{minutes % 60}M"} if minutes else {}),
        **_when_and_where(organisation, one, page),
        "offers": _offer(organisation, one, page),
    }


def _event(organisation: Any, activity: Any, one: Shown, page: str, provider: dict[str, Any]) -> dict[str, Any]:
    mode = "Online" if one.session.is_remote else "Offline"
    return {
        "@type": "Event",
        "name": activity.title,
        "description": activity.promise or activity.description or activity.title,
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "organizer": provider,
        **_when_and_where(organisation, one, page),
        "offers": _offer(organisation, one, page),
    }


def _when_and_where(organisation: Any, one: Shown, page: str) -> dict[str, Any]:
    session, zone = one.session, ZoneInfo(one.session.time_zone)
    slots = list(session.slots.all())
    first = slots[0].starts_at.astimezone(zone) if slots else session.starts_on
    last = max(slot.ends_at for slot in slots).astimezone(zone) if slots else session.ends_on
    return {
        "startDate": first.isoformat(),
        "endDate": last.isoformat(),
        "location": _location(organisation, session, page),
    }


def _location(organisation: Any, session: Any, page: str) -> dict[str, Any]:
    if session.is_remote:
        return {"@type": "VirtualLocation", "url": session_address(organisation, session, page)}
    address = {"streetAddress": session.address, "addressLocality": session.city, "addressCountry": "FR"}
    return {
        "@type": "Place",
        "name": session.place or session.city or organisation.name,
        "address": {"@type": "PostalAddress", **{name: value for name, value in address.items() if value}},
    }


def _offer(organisation: Any, one: Shown, page: str) -> dict[str, Any]:
    available = "SoldOut" if one.is_full else AVAILABILITY[one.state]
    gross = one.lowest.gross_cents
    opens = one.session.opens_at
    return {
        "@type": "Offer",
        "category": "Paid" if gross else "Free",
        "price": f"{gross // 100}.{gross % 100:02d}",
        "priceCurrency": "EUR",
        "availability": f"https://schema.org/{available}",
        "url": session_address(organisation, one.session, page),
        **({"validFrom": opens.isoformat()} if opens else {}),
    }
