"""Step 3, « Options »: sales rep and territory, or level; who is told; whether it is printed (B12–B16)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from comptoir.integration.commands import drafting
from comptoir.integration.drafts import Standing
from comptoir.organisations import queries as organisations
from comptoir.organisations.states import INTAKE_ROLES, Role
from comptoir.web.desk.intake.doors import intake_staff
from comptoir.web.desk.intake.forms import OptionsForm
from comptoir.web.desk.intake.steps import standing_of, step_page


@require_http_methods(["GET", "HEAD", "POST"])
@intake_staff
def options(request: HttpRequest) -> HttpResponse:
    """Only what applies to the method."""
    here: Any = request
    context = standing_of(here)
    form = _form(here, context["standing"])
    if request.method == "POST" and form.is_valid():
        drafting.keep_options(options=form.options(), by=here.actor, at=here.at)
        return redirect("desk:intake-validation")
    context |= {
        "form": form,
        "choices": [form[name] for name in ("sales_rep", "territory", "level") if name in form.fields],
        "mails": [form[name] for name in ("mail_owner", "mail_assistant", "mail_sales_rep")],
    }
    return step_page(here, "options", "desk/intake/options.html", context, status=422 if form.errors else 200)


def _form(request: Any, standing: Standing) -> OptionsForm:
    staff = organisations.staff(seen_by=request.actor).filter(is_active=True, role__in=INTAKE_ROLES)
    levels = list(organisations.levels(seen_by=request.actor).filter(is_active=True))
    kept = standing.options
    usual = next((level.pk for level in levels if level.is_default), None)
    initial = {
        "sales_rep": kept.sales_rep_id, "territory": kept.territory_id, "level": kept.level_id or usual,
        "mail_owner": kept.mail_owner, "mail_assistant": kept.mail_assistant, "mail_sales_rep": kept.mail_sales_rep,
        "print_report": kept.print_report,
    }  # fmt: skip
    return OptionsForm(
        request.POST or None, initial=initial, method=standing.method,
        reps=sorted(staff, key=lambda one: one.role != Role.SALES_REP),
        territories=list(organisations.territories(seen_by=request.actor).filter(is_active=True)), levels=levels,
    )  # fmt: skip
