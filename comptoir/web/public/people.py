"""Step 2: who comes, one name for each place (A5). Adding or removing somebody changes the places asked for."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from comptoir.base import words
from comptoir.base.errors import Refusal
from comptoir.checkout import queries as checkout
from comptoir.checkout.offers import Offer
from comptoir.preregistrations.commands import baskets
from comptoir.preregistrations.queries.baskets import (
    MOST_PEOPLE,
    PEOPLE_FIELDS,
    PERSON,
    Contents,
    Line,
    Person,
)
from comptoir.web.public.forms import Answer
from comptoir.web.public.pages import shown
from comptoir.web.public.steps import back_to, bar, is_checked, people_problems, progress
from comptoir.web.public.summary import summary
from comptoir.web.public.walk import with_basket
from comptoir.web.shared.extras import ExtraFields
from comptoir.web.shared.questions import unchanging


@unchanging
class PersonForm(ExtraFields):
    """One participant, with the add-ons of the session when it is booked directly."""

    use_required_attribute = False
    first_name = Answer(_("Prénom"), "off")
    last_name = Answer(_("Nom"), "off")
    email = Answer(
        _("Adresse de courriel"),
        "off",
        required=False,
        type="email",
        help_text=_("Si la convocation doit lui parvenir."),
    )


def _offered(offer: Offer) -> list[tuple[Any, int | None]]:
    """The add-ons of a session that is booked directly; a request takes none."""
    extras = offer.add_ons.values() if offer.rules.is_direct else ()
    return [(extra, offer.seats.by_add_on.get(extra.pk)) for extra in extras]


@dataclass(frozen=True)
class Group:
    """One line of the basket with a form for each of its people."""

    line: Line
    forms: list[PersonForm]
    copied_from: str  # the title of the session whose people may be taken over
    can_add: bool


@require_http_methods(["GET", "HEAD", "POST"])
@with_basket("people")
def people(request: Any, contents: Contents) -> HttpResponse:
    """Shown as typed so far; sent, it is kept as typed, then done what the button pressed says."""
    if request.method == "POST":
        return _kept(request, contents)
    review = checkout.review(contents, seen_by=request.actor, at=request.at)
    offers = {one.line.pk: one.offer for one in review.lines}
    groups = _groups(contents, offers, checked=is_checked(request.GET))
    context = {
        "groups": groups,
        "faults": _faults(groups),
        "steps": bar("people", request.reached),
        "review": review,
        "summary": summary(review),
    }
    return shown(request, "counter/people.html", context, contents=contents)


def _faults(groups: list[Group]) -> list[tuple[Any, str]]:
    """Each field at fault and its sentence, which says the session when there are several."""
    found = []
    for group in groups:
        title = group.line.session.activity.title if len(groups) > 1 else ""
        found += [
            (field, words.labelled(title, error) if title else str(error))
            for form in group.forms
            for field in form
            for error in field.errors
        ]
    return found


def _groups(contents: Contents, offers: dict[int, Offer], *, checked: bool) -> list[Group]:
    problems = people_problems(contents) if checked else {}
    first = contents.lines[0]
    return [
        Group(
            line,
            [_form(line, offers[line.pk], n, person, problems) for n, person in enumerate(_people(contents, line))],
            first.session.activity.title if line is not first else "",
            line.quantity < MOST_PEOPLE,
        )
        for line in contents.lines
    ]


def _people(contents: Contents, line: Line) -> list[Person]:
    """Those typed; a private person who comes alone is the one who wrote step 1."""
    listed = contents.people_of(line)
    if line.pk not in contents.people and contents.typed.get("kind") == PERSON and line.quantity == 1:
        return [{name: contents.typed.get(name, "") for name in PEOPLE_FIELDS}]
    return listed


def _form(line: Line, offer: Offer, index: int, person: Person, problems: dict[int, list[Refusal]]) -> PersonForm:
    prefix, offered = f"p{line.pk}-{index}", _offered(offer)
    mine = [one for one in problems.get(line.pk, []) if one.field.startswith(f"participants.{index}.")]
    if not mine:
        return PersonForm(initial=person, prefix=prefix, offered=offered)
    form = PersonForm({f"{prefix}-{name}": value for name, value in person.items()}, prefix=prefix, offered=offered)
    for one in mine:
        form.add_error(one.field.rsplit(".", 1)[1], one.sentence)
    return form


def _kept(request: Any, contents: Contents) -> HttpResponse:
    typed = {line.pk: _typed(request.POST, line) for line in contents.lines}
    place = _changed(typed, request.POST)
    try:
        kept = baskets.keep_people(basket_id=contents.basket_id, people=typed, by=request.actor, at=request.at)
    except Refusal as refusal:
        if refusal.kind == "missing":
            raise
        messages.error(request, refusal.sentence)
        return back_to("people")
    if place:
        return redirect(f"{reverse('counter:people')}#{place}")
    is_done = progress(contents.naming(kept)).people_done
    return redirect("counter:review") if is_done else back_to("people", revoir="1")


def _typed(sent: QueryDict, line: Line) -> list[Person]:
    """The people of one line as the page sent them, in their order; at least the one there always is."""
    extras = [name.removeprefix(f"p{line.pk}-") for name in sent if name.startswith(f"p{line.pk}-")]
    extras = list(dict.fromkeys(name.partition("-")[2] for name in extras if "-extra-" in name))
    found = [
        {name: sent.get(f"p{line.pk}-{index}-{name}", "") for name in (*PEOPLE_FIELDS, *extras)}
        for index in range(MOST_PEOPLE)
        if f"p{line.pk}-{index}-last_name" in sent
    ]
    return found or [dict.fromkeys(PEOPLE_FIELDS, "")]


def _changed(typed: dict[int, list[Person]], sent: QueryDict) -> str:
    """Do what a button other than « Continuer » asks; gives back the place in the page to show then."""
    act, _dash, which = sent.get("faire", "").partition("-")
    line_id, _dash, index = which.partition("-")
    listed = typed.get(int(line_id)) if line_id.isdecimal() and len(line_id) < 18 else None
    if listed is None:
        return ""
    if act == "ajouter" and len(listed) < MOST_PEOPLE:
        listed.append(dict.fromkeys(PEOPLE_FIELDS, ""))
        return f"id_p{line_id}-{len(listed) - 1}-first_name"
    if act == "retirer" and len(listed) > 1 and index.isdecimal() and int(index) < len(listed):
        del listed[int(index)]
    if act == "reprendre":
        listed[:] = [{name: person[name] for name in PEOPLE_FIELDS} for person in next(iter(typed.values()))]
    return f"ligne-{line_id}"
