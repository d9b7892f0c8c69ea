"""The options of a run by their names, as the command line and the API give them (B12–B16)."""

from collections.abc import Collection

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid
from comptoir.base.text import login_key
from comptoir.integration.commands.starting import Options
from comptoir.integration.states import Method
from comptoir.organisations import queries as organisations
from comptoir.organisations.actors import Actor

MAILS = ("owner", "assistant", "sales-rep")


def method(name: str) -> Method:
    """The method of that name. Refuses: Invalid."""
    if name not in Method.values:
        raise Invalid(_("La méthode est deals, identified ou authenticated."), field="method")
    return Method(name)


def named(
    *, sales_rep: str = "", territory: str = "", level: str = "", no_mail: Collection[str] = (),
    print_report: bool = False, by: Actor,
) -> Options:  # fmt: skip
    """The options with these names, each found in the actor's organisation; '' = none. Refuses: Invalid."""
    if unknown := set(no_mail) - set(MAILS):
        sentence = _("«\u202f%(word)s\u202f» n’est ni owner, ni assistant, ni sales-rep.") % {"word": min(unknown)}
        raise Invalid(sentence, field="no_mail")
    reps = organisations.staff(seen_by=by).filter(user__username=login_key(sales_rep))
    return Options(
        sales_rep_id=_found(sales_rep, reps, "sales_rep"),
        territory_id=_found(territory, organisations.territories(seen_by=by).filter(name=territory), "territory"),
        level_id=_found(level, organisations.levels(seen_by=by).filter(name=level), "level"),
        mail_owner="owner" not in no_mail,
        mail_assistant="assistant" not in no_mail,
        mail_sales_rep="sales-rep" not in no_mail,
        print_report=print_report,
    )


def _found[M: Model](name: str, rows: QuerySet[M], field: str) -> int | None:
    if not name:
        return None
    found: int | None = rows.values_list("pk", flat=True).first()
    if found is None:
        raise Invalid(_("«\u202f%(name)s\u202f» n’existe pas dans cet organisme.") % {"name": name}, field=field)
    return found
