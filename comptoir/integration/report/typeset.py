"""Typesets the report in a process of its own: ten thousand lines take memory that the worker gets back at once.

Run as `python -m comptoir.integration.report.typeset < data.json > report.pdf`.
"""

import sys
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("report.typ")


def pdf(data: str) -> bytes:
    """A tagged PDF of the data (JSON). Fonts are the engine's own, so that every machine gives the same pages."""
    return typst.compile(TEMPLATE, sys_inputs={"data": data}, ignore_system_fonts=True)


if __name__ == "__main__":
    sys.stdout.buffer.write(pdf(sys.stdin.read()))
