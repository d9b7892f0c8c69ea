"""The assistant's run on a batch: files read, clients recognised, rows, journal, mails and archive moves included."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from comptoir.base.tokens import new_token
from comptoir.cli.benches import measure
from comptoir.cli.benches.crowd import Crowd
from comptoir.integration import queries
from comptoir.integration.commands import reporting, running, starting
from comptoir.integration.commands.starting import Options

SIZE = 10_000
PER_METHOD = ("deals", "identified")


def run(size: int) -> dict[str, Any]:
    """Methods 1 and 2, one after the other, on batches of `size`; the slower of the two is the figure."""
    crowd = Crowd.make(sessions=max(10, size // 20), clients=1000)
    found: dict[str, Any] = {}
    for method in PER_METHOD:
        crowd.ask(size)
        found[method] = _measured(crowd, method)
    slowest = min(found.values(), key=lambda one: one["per_second"])
    raw = _raw(size)
    return measure.answer(
        size=size, seconds=size / slowest["per_second"], raw_per_second=raw, peak_mib=slowest["peak_mib"], methods=found
    )


def _measured(crowd: Crowd, method: str) -> dict[str, Any]:
    by = crowd.by
    seen: list[int] = []
    with measure.clock() as planned:
        lines = sum(1 for _row in queries.dry_run(method=method, seen_by=by, at=timezone.now()))
    with measure.clock() as took:
        started = starting.start(ticket=new_token(), method=method, options=Options(), by=by, at=timezone.now())
        running.work(started.run_id, clock=timezone.now, on_batch=lambda: seen.append(1))
    peak = measure.peak_mib()
    reached = queries.progress(queries.run(started.reference, seen_by=by))
    with measure.clock() as reported:
        reporting.produce_due(at=timezone.now())
    return {
        "per_second": round(started.total / took.seconds, 1), "seconds": round(took.seconds, 2),
        "plan_per_second": round(lines / planned.seconds, 1), "report_seconds": round(reported.seconds, 2),
        "progress_steps": len(seen), "places": reached.by_place, "peak_mib": peak,
    }  # fmt: skip


def _raw(size: int) -> float:
    """The same kinds of rows by plain SQL: a deal, its line, a run line, a journal entry, and two updates."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("create table bench_raw (id integer primary key, a varchar(200), b varchar(200), c integer)")
        rows = [(number, "Ateliers du Lac", "Claire Lefèvre, même SIRET", number) for number in range(size * 4)]
        with measure.clock() as took:
            for start in range(0, len(rows), 1000):
                cursor.executemany("insert into bench_raw values (%s, %s, %s, %s)", rows[start : start + 1000])
            for _time in range(2):
                cursor.execute("update bench_raw set c = c + 1 where id < %s", [size])
        cursor.execute("drop table bench_raw")
    return size / took.seconds
