"""Pages as they are served, asked for in this process: their server time, and the same rows by plain SQL."""

import gc
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client

from comptoir.accounts import queries as people
from comptoir.administration.commands import staff
from comptoir.cli.benches import measure
from comptoir.cli.benches.crowd import Crowd

LOGIN = "banc.essai"
WARM, TIMES = 5, 60


def signed_in(crowd: Crowd) -> Client:
    """The browser of an administrator of the bench's organisation."""
    staff.add_staff(
        login=LOGIN, email="banc@banc.exemple", role="administrator", password="le-banc-mesure-tout",  # noqa: S106
        by=crowd.by, at=crowd.at,
    )  # fmt: skip
    browser = Client(headers={"host": "127.0.0.1:8000"})
    user = people.called(LOGIN)
    assert user is not None  # noqa: S101  # added a line above
    browser.force_login(user)
    return browser


def _nothing() -> None:
    """Between two looks."""


def page(browser: Client, address: str, *, times: int = TIMES, before: Callable[[], None] = _nothing) -> dict[str, Any]:
    """p50, p95 and p99 of the whole answer, middleware and template included, in milliseconds of this process.

    `statements`: how many reached the database; `raw_ms`: the median of those same statements by the bare driver;
    `ratio`: the page's median for one of the raw. `before`: what happens, untimed, before each answer.
    """
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    for _time in range(WARM):
        _ask(browser, address)
    gc.collect()
    gc.freeze()  # as the server does once it has started (`wsgi.py`): the bench's own data is not looked through again
    before()
    with connection.execute_wrapper(note):
        _ask(browser, address)
    seconds = []
    for _time in range(times):
        before()
        seconds.append(_ask(browser, address))
    figures = measure.percentiles(seconds)
    reads = [one for one in asked if one[0].lstrip().upper().startswith("SELECT")]
    raw = measure.percentiles([_replay(reads) for _time in range(times // 3)])["p50_ms"]
    ratio = round(figures["p50_ms"] / raw, 1) if raw else None
    return figures | {"statements": len(asked), "raw_ms": raw, "ratio": ratio}


def _ask(browser: Client, address: str) -> float:
    began = time.perf_counter()
    answer = browser.get(address)
    took = time.perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    return took


def _replay(reads: list[tuple[str, Any]]) -> float:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        for sql, params in reads:
            cursor.execute(sql, params)
            cursor.fetchall()
    return time.perf_counter() - began
