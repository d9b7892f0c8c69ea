"""Sabotage for T02: the pages, with the idempotency key forgotten."""

import importlib

from comptoir.base.tokens import new_token

application = importlib.import_module("comptoir.wsgi").application  # first: it makes Django ready
commands = importlib.import_module("comptoir.checkout.commands")
_submit = commands.submit


def _forgetful(*, token, **wanted):
    return _submit(token=new_token(), **wanted)


commands.submit = _forgetful
