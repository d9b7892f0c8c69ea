"""`comptoir organisation …` and `comptoir user …`: opening the doors of an organisation."""

import argparse
import sys

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.accounts import commands as accounts
from comptoir.accounts import links
from comptoir.accounts import queries as people
from comptoir.administration.commands import organisations, staff
from comptoir.base.errors import Invalid, Missing
from comptoir.cli.answers import show, table
from comptoir.organisations import queries
from comptoir.organisations.actors import operator, system


def create(args: argparse.Namespace) -> int:
    """One organisation, with its key, its levels and its first terms of sale."""
    made = organisations.create_organisation(
        slug=args.slug, name=args.name, host=args.host, by=operator(), at=timezone.now()
    )
    show({"id": made, "slug": args.slug}, as_json=args.json, line=_("Organisme «\u202f%s\u202f» créé.") % args.slug)
    return 0


def listing(args: argparse.Namespace) -> int:
    """The organisations."""
    rows = [(one.slug, one.name, one.host) for one in queries.all_active()]
    if args.json:
        show([dict(zip(("slug", "name", "host"), row, strict=True)) for row in rows], as_json=True)
    else:
        table(("slug", "name", "host"), rows)
    return 0


def create_user(args: argparse.Namespace) -> int:
    """An account, with its password from standard input or a single-use link by mail."""
    password = sys.stdin.readline().rstrip("\n") if args.password_stdin else ""
    at = timezone.now()
    names = {"first_name": args.first_name, "last_name": args.last_name}
    if args.operator:
        accounts.open_account(login=args.login, email=args.email, password=password, is_operator=True, at=at, **names)
    elif not args.organisation:
        raise Invalid(_("Dites pour quel organisme\u00a0: --organisation SLUG, ou --operator."))
    else:
        organisation = queries.named(args.organisation)
        if password and not args.email:
            raise Invalid(_("Donnez aussi --email\u00a0: c’est par elle que le compte est reconnu."))
        with transaction.atomic():  # both or neither
            if password:
                accounts.open_account(login=args.login, email=args.email, password=password, at=at, **names)
            by = system(organisation.pk)
            staff.add_staff(login=args.login, email=args.email, role=args.role, by=by, at=at, **names)
    print(_("Compte «\u202f%s\u202f» ouvert.") % args.login)
    return 0


def link(args: argparse.Namespace) -> int:
    """A single-use link of 24 hours for an operator, who belongs to no organisation that could send it by mail."""
    found = people.called(args.login)
    if found is None or not found.is_operator:
        raise Missing(
            _("Aucun exploitant «\u202f%s\u202f»\u00a0: les autres reçoivent leur lien par courriel.") % args.login
        )
    print(f"{settings.PUBLIC_URL}/{links.path(found, links.FROM_STAFF)}")
    return 0
