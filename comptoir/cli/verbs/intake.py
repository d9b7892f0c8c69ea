"""`comptoir intake …`: what waits, where it would go, and sending it there (B9–B17)."""

import argparse
import sys
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.base.tokens import new_token
from comptoir.cli.answers import note, show, table
from comptoir.integration import queries
from comptoir.integration.commands import options, reporting, running, starting
from comptoir.integration.commands.starting import Options
from comptoir.organisations import queries as organisations
from comptoir.organisations.actors import Actor, system
from comptoir.preregistrations.commands import ledger
from comptoir.preregistrations.queries import intake


def listing(args: argparse.Namespace) -> int:
    """Each waiting request with its client."""
    by = _by(args)
    waiting = intake.waiting(seen_by=by)
    if args.json:
        print("[", end="")
    else:
        print("reference\treceived\tclient\temail\tmatch")
    comma = ""
    chunk: list[Any] = []
    for request in waiting.iterator(chunk_size=500):
        chunk.append(request)
        if len(chunk) == 500:
            comma = _listed(chunk, by, args, comma)
            chunk = []
    _listed(chunk, by, args, comma)
    if args.json:
        print("]")
    return 0


def _listed(chunk: list[Any], by: Actor, args: argparse.Namespace, comma: str) -> str:
    for row in queries.rows(chunk, organisation_id=by.organisation_id):
        values = {
            "reference": row.request.reference, "received": row.request.confirmed_at, "client": row.request.legal_name,
            "email": row.request.email, "match": row.client.number, "certainty": row.client.certainty,
            "reason": row.client.reason,
        }  # fmt: skip
        if args.json:
            print(comma, end="")
            show(values, as_json=True)
            comma = ","
        else:
            print("\t".join(str(value) for value in list(values.values())[:5]))
    return comma


def plan(args: argparse.Namespace) -> int:
    """The dry run, line by line; nothing is written."""
    by, counted = _by(args), dict.fromkeys(("session", "deal", "both", "skipped"), 0)
    head = ("reference", "client", "place", "reason", "match")
    if not args.json:
        print("\t".join(head))
    for row in queries.dry_run(method=args.method, seen_by=by, at=timezone.now()):
        where = row.destination
        counted[where.place] += 1
        values = (row.request.reference, row.request.legal_name, where.place, where.reason, row.client.reason)
        if args.json:
            show(dict(zip(head, values, strict=True)), as_json=True)
        else:
            print("\t".join(" ".join(str(value).split()) for value in values))
    note(", ".join(f"{place}: {count}" for place, count in counted.items()))
    return 0


def apply(args: argparse.Namespace) -> int:
    """The run, to its end, with its report; progress goes to the error stream."""
    by, at = _by(args), timezone.now()
    started = starting.start(ticket=new_token(), method=args.method, options=_options(args, by), by=by, at=at)
    run = queries.run(started.reference, seen_by=by)
    running.work(run.pk, clock=timezone.now, on_batch=lambda: _progress(started.reference, by))
    reporting.produce_due(at=timezone.now())
    run = queries.run(started.reference, seen_by=by)
    reached = queries.progress(run)
    answer = {
        "run": run.reference, "total": reached.total, "done": reached.done, "skipped": reached.skipped,
        "places": reached.by_place, "report": run.report_name,
    }  # fmt: skip
    line = _("%(run)s\u00a0: %(done)d traitées, %(skipped)d non traitées, compte rendu %(report)s") % answer
    show(answer, as_json=args.json, line=line)
    return 0


def scan(args: argparse.Namespace) -> int:
    """The folder against the ledger: what is missing, back, set aside, adopted."""
    findings = ledger.scan(_by(args).organisation_id, at=timezone.now())
    table(("what", "file"), ((what, name) for what, names in vars(findings).items() for name in names))
    return 0


def _by(args: argparse.Namespace) -> Actor:
    return system(organisations.named(args.organisation).pk)


def _progress(reference: str, by: Actor) -> None:
    reached = queries.progress(queries.run(reference, seen_by=by))
    print(f"\r{reached.percent:3} %  {reached.done + reached.skipped}/{reached.total}", end="", file=sys.stderr)
    if not reached.left:
        print(file=sys.stderr)


def _options(args: argparse.Namespace, by: Actor) -> Options:
    silent = [part.strip() for part in args.no_mail.split(",") if part.strip()]
    return options.named(
        sales_rep=args.sales_rep,
        territory=args.territory,
        level=args.level,
        no_mail=silent,
        print_report=args.print,
        by=by,
    )
