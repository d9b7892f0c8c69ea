"""What every page's shell needs."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The organisation whose page this is, and the actor when there is one."""
    return {"organisation": getattr(request, "organisation", None), "actor": getattr(request, "actor", None)}
