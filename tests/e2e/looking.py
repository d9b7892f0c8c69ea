"""Looking at a page as axe, the console and a ruler do."""

from pathlib import Path

import pytest_playwright_axe
from playwright.sync_api import Error

AXE = next((Path(pytest_playwright_axe.__file__).parent / "resources").glob("*.js")).read_text(encoding="utf-8")
# A colour on its way from light to dark is nobody's colour: axe looks once the page has been drawn twice and what moves
# has arrived, or after five seconds (a busy button turns for ever, and must not keep us).
SETTLED = """(async () => {
    const drawn = () => new Promise(resolve => requestAnimationFrame(resolve));
    const late = new Promise(resolve => setTimeout(resolve, 5000));
    const ends = one => one.effect?.getComputedTiming().endTime !== Infinity;
    const still = async () => {
        await drawn(); await drawn();
        await Promise.all(document.getAnimations().filter(ends).map(one => one.finished.catch(() => null)));
        await drawn();
    };
    await Promise.race([still(), late]);
})()"""

LEFT = ("Execution context was destroyed", "reading 'scrollWidth'", "axe is not defined")


def faults_of(page):
    """What axe, the page's width and the console say against a page, once it has landed.

    A press of a link returns before its page has come: what is looked at meanwhile is thrown away with the page that is
    left, and the one that comes is looked at instead.
    """
    for _ in range(5):
        page.wait_for_load_state()  # no script of ours that waits in the page: its policy may refuse it
        try:
            return _faults_now(page)
        except Error as lost:
            if not any(sign in str(lost) for sign in LEFT):
                raise
            page.wait_for_timeout(200)
    raise AssertionError("The page never came to rest.")


def _faults_now(page):
    """What two looks in a row complain of: what passes between them was on its way, what stays is a fault."""
    return _one_look(page) and _one_look(page)


def _one_look(page):
    page.evaluate(SETTLED)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document)")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found] + (
        [f"{wide} px too wide"] if wide else []
    )


def overheard(page):
    """What the console complains of from now on: refused scripts and styles, errors, missing files."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said
