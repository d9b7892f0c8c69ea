"""T42: whatever people type, the raw stream holds the expected headers and recipients, and shows what was typed."""

import itertools
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest

from comptoir.mail import cleaning, wire
from comptoir.mail.drafts import Desk
from comptoir.mail.models import Message
from tests.factories import NOW
from tests.mail.made import draft, samples, send

pytestmark = [pytest.mark.fault, pytest.mark.django_db]
HEADERS = ["From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
           "Content-Type"]  # fmt: skip
BREAKS = ["\r\n", "\n", "\r", "\x00", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\n ", "\r\n\t", "\r\n\r\n",
          "\r\n.\r\n", "%0d%0a", "=0D=0A", "=?utf-8?q?=0d=0a?=", "=?utf-8?b?DQo=?=", "\ud800", "\u202e"]  # fmt: skip
ORDERS = ["Bcc: pirate@mal.example", "Subject: autre", "<pirate@mal.example>", ", pirate@mal.example", "X-A: b"]
PLACES = ["client", "organisation", "to", "cc", "reply_to"]
PAYLOADS = [
    (place, f"Été{gap}{order}") for place, gap, order in itertools.product(PLACES, BREAKS, ORDERS)
]  # 5 × 20 × 5 = 500


def row_of(organisation, **fields):
    return Desk({organisation.pk: organisation}).row(draft(organisation, **fields), at=NOW)


def queued(organisation, place, payload):
    context = samples("preregistration-organisation")
    fields = {"kind": "preregistration-organisation", "to": ["claire@exemple.fr"], "cc": ["copie@exemple.fr"]}
    if place == "client":
        context["client"] = payload
    elif place == "organisation":
        organisation.name = payload
    elif place == "reply_to":
        fields["reply_to"] = payload
    else:
        fields[place] = [*fields[place], payload]
    return row_of(organisation, context=context, **fields)


def faults(organisation, payloads=tuple(PAYLOADS[::9])):
    """The payloads that got further than being shown: (place, payload, what is wrong)."""
    found = []
    for place, payload in payloads:
        try:
            wrong = _wrong(raw(queued(organisation, place, payload), organisation), place, payload)
        except ValueError as error:
            wrong = f"cannot be written: {error}"
        found += [(place, payload, wrong)] if wrong else []
    return found


def raw(row, organisation):
    return wire.content(row, organisation_name=organisation.name, text=row.text, html=row.html)


def _wrong(content, place, payload):
    head = content.partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0].decode() for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")]
    mail = message_from_bytes(content)
    if names != [one for one in HEADERS if one in names] or "Bcc" in mail:
        return f"headers {names}"
    if (mail["To"], mail["Cc"]) != ("claire@exemple.fr", "copie@exemple.fr"):
        return f"recipients {mail['To']}, {mail['Cc']}"
    if mail["Reply-To"] != "bonjour@loire.example":
        return f"reply to {mail['Reply-To']}"
    shown = {"client": mail["Subject"], "organisation": mail["From"]}.get(place)
    if shown is not None and cleaning.line(payload) not in str(make_header(decode_header(shown))):
        return f"mangled {shown}"
    return ""


def test_500_payloads_change_no_header_and_no_recipient(organisation, smtp_port):
    assert len(PAYLOADS) == 500
    assert faults(organisation, PAYLOADS) == []


def test_a_sample_of_them_through_the_database_and_a_server(organisation, postbox):
    rows = [queued(organisation, place, payload) for place, payload in PAYLOADS[::25] if place != "organisation"]
    Message.objects.bulk_create(rows)
    send()
    assert len(postbox.taken) == len(rows)
    assert {tuple(taken.recipients) for taken in postbox.taken} == {("claire@exemple.fr", "copie@exemple.fr")}


def test_the_check_sees_names_that_are_not_cleaned(organisation, smtp_port, monkeypatch):
    monkeypatch.setattr(cleaning, "line", lambda value: value)
    assert faults(organisation) != []


def test_the_check_sees_encoded_words_that_are_decoded(organisation, smtp_port, monkeypatch):
    monkeypatch.setattr(wire, "POLICY", wire.SMTP)
    assert any("mangled" in wrong for *_, wrong in faults(organisation))


def test_the_check_sees_addresses_that_are_not_checked(organisation, smtp_port, monkeypatch):
    monkeypatch.setattr(cleaning, "is_address", lambda text: True)
    assert faults(organisation) != []


@pytest.mark.parametrize(
    "address",
    ["a@b", "a b@exemple.fr", '"a b"@exemple.fr', "Nom <a@exemple.fr>", "a@exemple.fr,b@exemple.fr", "a@exemple.fr\n",
     "", "é@exemple.fr", "a@[127.0.0.1]\r\nRCPT TO:<x@y.fr>", "a" * 250 + "@exemple.fr"],
)  # fmt: skip
def test_not_an_address(address):
    assert not cleaning.is_address(address)


@pytest.mark.parametrize("address", ["a@exemple.fr", "jean+stage@sous.exemple.fr", "o'neil@exemple.fr", "a@été.fr"])
def test_an_address(address):
    assert cleaning.is_address(address)


def test_a_domain_with_accents_travels_in_ascii(organisation, postbox):
    Message.objects.bulk_create([row_of(organisation, to=["claire@été.example"])])
    send()
    assert postbox.taken[0].recipients == ["claire@xn--t-9fab.example"]
