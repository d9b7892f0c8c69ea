"""Typesets a template of ours in a process of its own: a long one takes memory that the caller gets back at once.

Run as `python -m comptoir.base.typeset TEMPLATE < data.json > file.pdf`.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

SECONDS = 120


class NotTypeset(Exception):
    """The typesetter gave no PDF."""


def typeset(template: Path, data: Mapping[str, object]) -> bytes:
    """The tagged PDF of the data. Fonts are the engine's own, so that every machine gives the same pages."""
    command = [sys.executable, "-m", "comptoir.base.typeset", str(template)]
    try:
        done = subprocess.run(  # noqa: S603  # our own module and template, no shell
            command, input=json.dumps(data).encode(), capture_output=True, timeout=SECONDS, check=True
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise NotTypeset from error
    return done.stdout


if __name__ == "__main__":
    import typst

    pdf = typst.compile(Path(sys.argv[1]), sys_inputs={"data": sys.stdin.read()}, ignore_system_fonts=True)
    sys.stdout.buffer.write(pdf)
