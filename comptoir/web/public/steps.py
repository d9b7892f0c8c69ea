"""The four steps: which are done, which is next, and where somebody who skipped one is led back (A3, T24)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.preregistrations.queries.baskets import Contents
from comptoir.preregistrations.submission import (
    Participant,
    cleaned,
    participant_problems,
    requester_problems,
)
from comptoir.web.shared.links import page

ORDER = ("client", "people", "review", "confirmation")


def labels() -> dict[str, str]:
    """What each step is called."""
    return {
        "client": _("Vos coordonnées"),
        "people": _("Les participants"),
        "review": _("Prix et conditions"),
        "confirmation": _("Confirmation"),
    }


@dataclass(frozen=True)
class Progress:
    """How far a basket is."""

    client_done: bool
    people_done: bool

    @property
    def furthest(self) -> str:
        """The first step that still wants something."""
        if not self.client_done:
            return "client"
        return "review" if self.people_done else "people"

    def lacks(self, step: str) -> bool:
        """Whether this step cannot be shown yet."""
        return ORDER.index(step) > ORDER.index(self.furthest)


def progress(contents: Contents) -> Progress:
    """What is answered, and rightly."""
    client_done = contents.has_client and not requester_problems(cleaned(contents.requester()))
    return Progress(client_done, not any(people_problems(contents).values()))


def people_problems(contents: Contents) -> dict[int, list[Refusal]]:
    """What is wrong with the people of each line; `field` is `participants.<index in the line>.<name>`."""
    found = {}
    for line in contents.lines:
        people = [
            Participant(line.session.reference, one["first_name"], one["last_name"], one["email"])
            for one in contents.people_of(line)
        ]
        found[line.pk] = participant_problems(tuple(people))
    return found


def bar(now: str, reached: Progress | None = None) -> list[dict[str, Any]]:
    """The steps as `_steps.html` shows them; those already open are links."""
    names, here = labels(), ORDER.index(now)
    return [
        {
            "label": names[step],
            "state": "now" if step == now else ("past" if index < here else "next"),
            "url": page(f"counter:{step}") if reached and step in ORDER[:3] and not reached.lacks(step) else "",
        }
        for index, step in enumerate(ORDER)
    ]


def back_to(step: str, **query: str) -> HttpResponse:
    """Show that step again, saying what is to be mended."""
    return redirect(reverse(f"counter:{step}", query=query or None))


def is_checked(query: Mapping[str, str]) -> bool:
    """Whether the visitor has pressed « Continuer » and is to be told what is missing."""
    return "revoir" in query
