"""The report of a finished run is written in `Résa`, and printed when asked (B15); each step is safe to repeat."""

from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base import typeset as typesetting
from comptoir.base.errors import Refusal
from comptoir.base.outcome import Outcome
from comptoir.base.speaking import in_house
from comptoir.integration.models import Run
from comptoir.integration.report.content import TEMPLATE, content
from comptoir.integration.states import ReportState, RunState
from comptoir.journal import commands as journal
from comptoir.organisations.actors import system
from comptoir.preregistrations.folder import ready_spool_of
from comptoir.spool import printer, writer


class ReportFailed(Refusal):
    """The typesetter gave no PDF; the run itself is done, and the report is tried again."""

    code = "report-failed"
    kind = "unavailable"


def produce_due(*, at: datetime, limit: int = 10) -> Outcome[str]:
    """Every report owed is written, every printing asked for is sent (a round)."""
    outcome: Outcome[str] = Outcome()
    owed = Run.objects.filter(state=RunState.FINISHED, report_state=ReportState.OWED)
    to_print = Run.objects.filter(state=RunState.FINISHED, report_state=ReportState.WRITTEN, print_report=True)
    for step, rows in ((produce, owed), (print_report, to_print)):
        for run_id, reference in list(rows.order_by("pk").values_list("pk", "reference")[:limit]):
            try:
                step(run_id, at=at)
                outcome.done.append(reference)
            except Refusal as refusal:
                outcome.skip(reference, refusal)
    return outcome


@in_house
def produce(run_id: int, *, at: datetime) -> str:  # noqa: ARG001  # every step of the round takes it
    """The report lies whole in `Résa`; answers its name. Refuses: ReportFailed, SpoolUnavailable.

    The file first, then the row: cut in between, the same name and the same bytes are written again.
    """
    run = Run.objects.select_related("organisation", "sales_rep__user", "territory", "level").get(pk=run_id)
    name = f"CR-{run.reference}.pdf"
    writer.write_over(ready_spool_of(run.organisation), name, typeset(content(run)))
    written = Run.objects.filter(pk=run.pk, report_state=ReportState.OWED)
    written.update(report_state=ReportState.WRITTEN, report_name=name)
    return name


def typeset(data: dict[str, object]) -> bytes:
    """The PDF of a report's data. Refuses: ReportFailed."""
    try:
        return typesetting.typeset(TEMPLATE, data)
    except typesetting.NotTypeset as error:
        raise ReportFailed(
            _("Le compte rendu n’a pas pu être mis en page\u202f; il le sera au prochain passage.")
        ) from error


def print_report(run_id: int, *, at: datetime) -> None:
    """The report was handed to the printer, or the run says why not; the PDF stays in `Résa` either way."""
    run = Run.objects.select_related("organisation").get(pk=run_id)
    by = system(run.organisation_id)
    try:
        printer.send(
            ready_spool_of(run.organisation).inbox / run.report_name, run.organisation.printer, title=run.reference
        )
    except Refusal as refusal:
        Run.objects.filter(pk=run_id).update(report_state=ReportState.PRINT_FAILED, print_error=refusal.sentence[:300])
        journal.record(what="intake.report-not-printed", about=run.reference, by=by, at=at)
        return
    Run.objects.filter(pk=run_id).update(report_state=ReportState.PRINTED, print_error="")
    journal.record(what="intake.report-printed", about=run.reference, by=by, at=at)
