"""The pipeline as a board: one column a stage, the amounts beside, a form in each card for the keyboard."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from comptoir.deals import queries
from comptoir.deals.queries import StageTotal
from comptoir.deals.states import OPEN_STAGES, Stage
from comptoir.web.desk.deals.doors import seller
from comptoir.web.desk.deals.filters import BoardFilter
from comptoir.web.shared.lists import chips

MOST_SHOWN = 25  # cards of a column; the list has them all


@dataclass(frozen=True)
class Column:
    """One stage of the board with its first cards."""

    total: StageTotal
    deals: list[Any]
    percent: int  # of the largest weighted amount, for the chart

    @property
    def more(self) -> int:
        """Cards not shown."""
        return max(0, self.total.count - len(self.deals))


@require_safe
@seller
def board(request: HttpRequest) -> HttpResponse:
    """Open stages as columns, won and lost as figures; filters in the address."""
    here: Any = request
    found = BoardFilter(request.GET, queryset=queries.deals(seen_by=here.actor), request=request)
    rows = found.qs
    totals = {one.stage: one for one in queries.totals(rows)}
    cards = queries.first_of_each_stage(rows, MOST_SHOWN)
    largest = max((totals[stage].weighted_cents for stage in OPEN_STAGES), default=0) or 1
    columns = [
        Column(totals[stage], cards.get(stage, []), 100 * totals[stage].weighted_cents // largest)
        for stage in OPEN_STAGES
    ]
    context = {
        "columns": columns,
        "open_count": sum(totals[stage].count for stage in OPEN_STAGES),
        "weighted": sum(totals[stage].weighted_cents for stage in OPEN_STAGES),
        "amount": sum(totals[stage].amount_cents for stage in OPEN_STAGES),
        "won": totals[Stage.WON],
        "lost": totals[Stage.LOST],
        "stages": [(stage.value, stage.label) for stage in OPEN_STAGES],
        "today": localdate(here.at),
        "form": found.form,
        "chips": chips(request, found.form),
    }
    return render(request, "desk/deals/board.html", context)
