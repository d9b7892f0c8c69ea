"""`comptoir …`: the same commands as the screens, for automation and recovery (product.md §5).

Exit 0 done, 1 refused with a sentence, 2 usage. What varies by verb is in `verbs`, one file a noun; Django is only
set up once the words on the line are known, because `demo` chooses the environment.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from comptoir.base.errors import Refusal
from comptoir.cli import arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; answers its exit code."""
    args = arguments.parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.settings")
    try:
        return _run(args)
    except Refusal as refusal:
        print(f"comptoir : {refusal.sentence}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0


def _run(args: argparse.Namespace) -> int:
    if args.prepare:
        _function(args.prepare)(args)
    if args.needs_django:
        importlib.import_module("django").setup()
    return int(_function(args.run)(args) or 0)


def _function(where: str):  # type: ignore[no-untyped-def]
    module, name = where.split(":")
    return getattr(importlib.import_module(f"comptoir.cli.verbs.{module}"), name)


if __name__ == "__main__":
    sys.exit(main())
