"""Every address of the product, read from the URL table itself, so that a new page is walked without being listed."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

PLATFORM = settings.ROOT_URLCONF
ORGANISATION = settings.ORGANISATION_URLCONF
_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
_NAMED_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True)
class Route:
    """One address: `template` has its arguments as `<name>`."""

    name: str
    template: str
    arguments: tuple[str, ...]

    def path(self, values):
        """The address with these values in it, after the organisation's prefix."""
        return re.sub(r"<(\w+)>", lambda match: str(values[match[1]]), self.template)


def routes(urlconf, under=""):
    """All addresses of a URL table, in its order; those that start with `under` when it is given."""
    found = list(_walk(get_resolver(urlconf).url_patterns, "", ""))
    return [route for route in found if route.template.startswith(under)]


def _walk(patterns, before, spaces):
    for one in patterns:
        template = before + _template(one)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, template, f"{spaces}{one.namespace}:" if one.namespace else spaces)
        elif isinstance(one, URLPattern):
            yield Route(f"{spaces}{one.name or template}", template, tuple(re.findall(r"<(\w+)>", template)))


def _template(one):
    text = str(one.pattern)
    if hasattr(one.pattern, "_route"):
        return _ARGUMENT.sub(r"<\2>", text)
    return _NAMED_GROUP.sub(r"<\1>", text.removeprefix("^").removesuffix("$").removesuffix(r"\Z"))
