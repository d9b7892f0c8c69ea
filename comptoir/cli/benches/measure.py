"""What every bench measures with: a clock, percentiles, memory, and how an answer is shown."""

import resource
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.utils import timezone

from comptoir.base import planner
from comptoir.freshness.commands import prune


class Clock:
    """Wall seconds of a block."""

    seconds = 0.0


@contextmanager
def clock() -> Iterator[Clock]:
    """`with clock() as took:` then `took.seconds`."""
    took, start = Clock(), time.perf_counter()
    yield took
    took.seconds = time.perf_counter() - start


def settle() -> None:
    """As the database is after the product's rounds, and on PostgreSQL its own."""
    prune(at=timezone.now())
    planner.refresh(at=timezone.now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")


def peak_mib() -> float:
    """The most memory this process ever had, in MiB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return {f"p{n}_ms": round(cuts[n - 1] * 1000, 2) for n in (50, 95, 99)}


def answer(*, size: int, seconds: float, raw_per_second: float | None = None, **more: Any) -> dict[str, Any]:
    """The figures of product.md §5; null where one has no meaning."""
    per_second = round(size / seconds, 1) if seconds else None
    ratio = round(per_second / raw_per_second, 3) if per_second and raw_per_second else None
    none = dict.fromkeys(("p50_ms", "p95_ms", "p99_ms"))
    raw = round(raw_per_second, 1) if raw_per_second else None
    figures = {"size": size, "seconds": round(seconds, 3), "per_second": per_second, **none, "peak_mib": peak_mib()}
    return figures | {"raw_per_second": raw, "ratio": ratio} | more


def database_name() -> str:
    """Which database this is, with its version."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("select sqlite_version()" if is_sqlite else "show server_version")
        return f"{'SQLite' if is_sqlite else 'PostgreSQL'} {cursor.fetchone()[0]}"


def readable(figures: dict[str, Any]) -> str:
    """One figure a line."""
    return "\n".join(f"{name:16} {value}" for name, value in figures.items() if value is not None)
