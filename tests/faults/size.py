"""How far a fault test goes: small in the ordinary suite, the figures of docs/faults.md with `make faults`."""

import os

IS_FULL = os.environ.get("COMPTOIR_TEST_FAULTS") == "full"


def of(small, full):
    """The size of this run."""
    return full if IS_FULL else small
