"""The address of an organisation's pages. Built from settings only, never from a request's Host (T43)."""

from urllib.parse import urlsplit

from django.conf import settings

from comptoir.organisations.models import Organisation


def home(organisation: Organisation) -> str:
    """Absolute address of the organisation's counter, ending with a slash: its own host, else under its slug."""
    if organisation.host:
        return f"{urlsplit(settings.PUBLIC_URL).scheme}://{organisation.host}/"
    return f"{settings.PUBLIC_URL}/{organisation.slug}/"


def page(organisation: Organisation, path: str) -> str:
    """Absolute address of one page, given its path inside the organisation (no leading slash)."""
    return home(organisation) + path
