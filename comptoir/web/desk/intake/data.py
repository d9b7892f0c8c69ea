"""Step 1, « Données à traiter »: the waiting requests, who each is from, and which are to be integrated (B5–B8)."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from comptoir.integration import queries
from comptoir.integration.commands import drafting
from comptoir.preregistrations.queries import intake
from comptoir.web.desk.intake import filters, shown
from comptoir.web.desk.intake.doors import intake_staff
from comptoir.web.desk.intake.steps import standing_of, step_page
from comptoir.web.shared.lists import chips
from comptoir.web.shared.paging import page_of

NOTICES_SHOWN = 3


@require_safe
@intake_staff
def data(request: HttpRequest) -> HttpResponse:
    """A page of the waiting requests, each with its client."""
    here: Any = request
    form = filters.form_of(request.GET)
    order = filters.order_of(request.GET)
    page = page_of(request, filters.narrowed(here.actor, form, order))
    context = standing_of(here)
    rows = shown.rows(
        list(page.object_list), chosen=context["standing"].request_ids, organisation_id=here.actor.organisation_id
    )
    context |= {
        "form": form,
        "is_narrowed": filters.is_narrowed(form),
        "chips": chips(request, form),
        "order": order,
        "back": filters.kept_query(request.GET),
        "page": page,
        "rows": rows,
        "running": list(queries.in_progress(seen_by=here.actor)[:5]),
        "in_bin": intake.binned(seen_by=here.actor).count(),
    }
    return step_page(here, "data", "desk/intake/data.html", context | _notices(here))


def _notices(request: Any) -> dict[str, Any]:
    found = intake.notices(seen_by=request.actor)
    first = list(found[: NOTICES_SHOWN + 1])
    count = found.count() if len(first) > NOTICES_SHOWN else len(first)
    return {"notices": first[:NOTICES_SHOWN], "notices_count": count}


@require_POST
@intake_staff
def choice(request: HttpRequest) -> HttpResponse:
    """What is ticked is chosen: kept as it changes, or kept and on to the method."""
    here: Any = request
    onwards = request.POST.get("act") == "next"
    if request.POST.get("act") == "all":
        drafting.choose(request_ids=None, by=here.actor, at=here.at)
    elif request.POST.get("all") == "1":
        drafting.choose(request_ids=_every_result(here), onwards=onwards, by=here.actor, at=here.at)
    else:
        keep_ticks(here, onwards=onwards)
    if here.htmx:
        return render(request, "desk/intake/_choice.html", standing_of(here))
    return redirect("desk:intake-method") if onwards else back_to_data(request)


def keep_ticks(request: Any, *, onwards: bool = False) -> None:
    """The boxes of the page that was sent are saved, whatever button sent it."""
    shown_ids, ticked = _numbers(request.POST.getlist("shown")), _numbers(request.POST.getlist("ids"))
    if shown_ids or onwards:
        drafting.keep_selection(
            shown=shown_ids, ticked=ticked & shown_ids, onwards=onwards, by=request.actor, at=request.at
        )


def chosen_ids(request: Any) -> Collection[int]:
    """The requests an act is about: those ticked, or every result of the search."""
    if request.POST.get("all") == "1":
        return _every_result(request) or list(intake.waiting(seen_by=request.actor).values_list("pk", flat=True))
    return _numbers(request.POST.getlist("ids"))


def back_to_data(request: HttpRequest) -> HttpResponse:
    """To the page of the table the person was on."""
    kept = filters.kept_query(QueryDict(request.POST.get("back", "")))
    return redirect(f"{reverse('desk:intake')}?{kept}" if kept else "desk:intake")


def _every_result(request: Any) -> Collection[int] | None:
    """The ids of the search that was shown; None when nothing was left out of it."""
    form = filters.form_of(QueryDict(request.POST.get("back", "")))
    if not filters.is_narrowed(form):
        return None
    return list(filters.narrowed(request.actor, form).values_list("pk", flat=True))


def _numbers(texts: Collection[str]) -> set[int]:
    return {int(text) for text in texts if text.isdecimal() and len(text) < 19}
