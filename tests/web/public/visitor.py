"""A visitor at the counter of the tests: what a person does there, in as few words."""

import re
from datetime import timedelta
from html import unescape

from django.test import Client
from django.urls import reverse, set_script_prefix

from tests.factories import make_registrations

CLIENT = {
    "kind": "firm", "legal_name": "Ateliers du Lac", "siret": "732 829 320 00074", "client_number": "",
    "address": "3 quai Jayr", "postcode": "69009", "city": "Lyon", "first_name": "Claire",
    "last_name": "Perrin", "email": "claire@exemple.fr", "phone": "04 78 00 00 00", "message": "",
}  # fmt: skip


class Visitor:
    """A browser without scripts, on one organisation's counter, at a clock that the test moves."""

    def __init__(self, organisation, clock, **client):
        self.organisation, self.clock = organisation, clock
        self.browser = Client(**client)

    def address(self, name, **parts):
        set_script_prefix(f"/{self.organisation.slug}/")
        try:
            return reverse(f"counter:{name}", "comptoir.web.urls", kwargs=parts)
        finally:
            set_script_prefix("/")

    def get(self, name, query=None, **parts):
        return self.browser.get(self.address(name, **parts), query)

    def post(self, name, data=None, **parts):
        return self.browser.post(self.address(name, **parts), data or {})

    def put_in(self, session, **more):
        return self.post("put-in", {"session": session.pk, **more})

    def hidden(self, name):
        """What the page's form would send along."""
        return self.hidden_of(self.address(name))

    def hidden_of(self, address):
        """The same, of a page by its address."""
        page = words(self.browser.get(address))
        return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))

    def client(self, after=timedelta(seconds=30), **said):
        """Step 1, read and filled in."""
        hidden = self.hidden("client")
        self.clock.shift(after)
        return self.post("client", hidden | CLIENT | said)

    def people(self, *names, **more):
        """Step 2: these names for every line."""
        html = words(self.get("people"))
        said = {}
        for line_id in dict.fromkeys(re.findall(r'name="p(\d+)-0-last_name"', html)):
            for index, name in enumerate(names or ("Aït Ben Haddou",)):
                said |= {f"p{line_id}-{index}-first_name": "Mohamed", f"p{line_id}-{index}-last_name": name}
        return self.post("people", said | more)

    def confirm(self, after=timedelta(seconds=30), **said):
        """Step 3, read and accepted."""
        hidden = self.hidden("review")
        self.clock.shift(after)
        return self.post("review", hidden | {"accepted": "1"} | said)

    def order(self, session, *names):
        """The whole way; gives back the last page."""
        self.put_in(session)
        self.client()
        self.people(*names)
        self.confirm()
        return self.get("confirmation")


def words(response):
    """What the page says, with plain spaces and apostrophes as typed."""
    return unescape(response.content.decode()).replace("\u202f", " ").replace("\u00a0", " ")


def reference(response):
    """The reference the last page gives."""
    found = re.search(r"PR-[0-9A-Z]+", words(response))
    return found and found[0]


def occupy(session, count, rate=None):
    """That many seats are taken."""
    make_registrations(session, count, seat_type=rate, people=[("A", "Secret", "")] * count)
