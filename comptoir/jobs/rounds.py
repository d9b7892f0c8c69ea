"""The background rounds: what each wakes, and how often. A new one is one line here; `cli` can run one by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from comptoir.accounts import traces
from comptoir.base import planner
from comptoir.base.outcome import Outcome
from comptoir.bookings.commands import candidates, changed, holding, reminding, waiting
from comptoir.cards.commands import answering, refunding
from comptoir.clients.commands import duplicates, import_runs
from comptoir.freshness import commands as freshness
from comptoir.integration.commands import reporting, running
from comptoir.letters.commands import drafting as letters
from comptoir.mail import commands as mail
from comptoir.members.commands import renewing
from comptoir.merging.commands import forgetting
from comptoir.preregistrations.commands import archiving, baskets, erasing, ledger, patience, requests
from comptoir.proposals.commands import drafting as proposals
from comptoir.proposals.commands import reminding as proposal_reminders
from comptoir.proposals.commands import withdrawing
from comptoir.retention.commands import applying


@dataclass(frozen=True)
class Round:
    """One command called as `run(at=…, limit=…)` every so often, and again at once while it finds work to do."""

    run: Callable[..., Outcome[Any]]
    every: timedelta
    limit: int = 100


# Each is safe to run in several workers at once, and to kill at any point: the rows are the queue (style R9).
ROUNDS: dict[str, Round] = {
    "mail.send_due": Round(mail.send_due, timedelta(seconds=0.4), limit=50),
    "clients.run_due": Round(import_runs.run_due, timedelta(seconds=1), limit=1),
    "clients.scan_due": Round(duplicates.scan_due, timedelta(seconds=2), limit=1),
    "integration.advance_due": Round(running.advance_due, timedelta(seconds=0.4), limit=1),
    "integration.produce_due": Round(reporting.produce_due, timedelta(seconds=1), limit=10),
    "accounts.forget_traces": Round(traces.forget_traces, timedelta(hours=1), limit=1000),
    "bookings.end_candidates": Round(candidates.end_candidates, timedelta(seconds=30)),
    "bookings.expire_holds": Round(holding.expire_holds, timedelta(seconds=5)),
    "bookings.offer_freed": Round(waiting.offer_freed, timedelta(seconds=5)),
    "bookings.seat_freed": Round(candidates.seat_freed, timedelta(seconds=5)),
    "bookings.tell_changed": Round(changed.tell_changed, timedelta(seconds=30), limit=20),
    "bookings.remind_due": Round(reminding.remind_due, timedelta(minutes=1), limit=20),
    "cards.look_due": Round(answering.look_due, timedelta(seconds=5), limit=50),
    "cards.send_due": Round(refunding.send_due, timedelta(seconds=5), limit=20),
    "database.refresh": Round(planner.refresh, timedelta(hours=1)),
    "freshness.prune": Round(freshness.prune, timedelta(seconds=10), limit=200),
    "letters.forget_old": Round(letters.forget_old, timedelta(hours=1)),
    "members.remind_due": Round(renewing.remind_due, timedelta(minutes=10), limit=50),
    "merging.forget_old": Round(forgetting.forget_old, timedelta(hours=1)),
    "preregistrations.finish_recorded": Round(requests.finish_recorded, timedelta(seconds=5)),
    "preregistrations.scan_all": Round(ledger.scan_all, timedelta(seconds=3), limit=1000),
    "preregistrations.archive_all": Round(archiving.archive_all, timedelta(minutes=1)),
    "preregistrations.erase_due": Round(erasing.erase_due, timedelta(seconds=1)),
    "preregistrations.forget_counts": Round(patience.forget_counts, timedelta(hours=1), limit=5000),
    "preregistrations.forget_old": Round(baskets.forget_old, timedelta(hours=1), limit=500),
    "proposals.forget_old": Round(proposals.forget_old, timedelta(hours=1)),
    "proposals.remind_due": Round(proposal_reminders.remind_due, timedelta(minutes=5), limit=50),
    "proposals.withdraw_due": Round(withdrawing.withdraw_due, timedelta(seconds=30), limit=20),
    "retention.run_due": Round(applying.run_due, timedelta(seconds=15), limit=25),
}
