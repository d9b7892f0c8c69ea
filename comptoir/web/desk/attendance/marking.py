"""What both pages of the check-in do when somebody presses: present, or not after all."""

from typing import Any

from django.http import Http404, HttpRequest

from comptoir.attendance import commands
from comptoir.attendance.rules import moment_named
from comptoir.base.errors import Refusal, attempt

SITTING = "seance"  # in the address, as `Sitting.key`


def marked(request: HttpRequest, registration_id: int) -> Refusal | None:
    """The person is marked at the sitting of the address, or unmarked; the refusal, if there is one."""
    here: Any = request
    starts_at = moment_named(request.GET.get(SITTING, ""))
    command = commands.mark_present if request.POST.get("present") else commands.mark_absent
    refusal = attempt(command, registration_id=registration_id, starts_at=starts_at, by=here.actor, at=here.at)
    if refusal and refusal.kind == "missing":
        raise Http404
    return refusal
