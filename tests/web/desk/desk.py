"""A member of staff at the desk of the tests: what a person does there, in as few words."""

from html import unescape

from django.test import Client
from django.urls import reverse, set_script_prefix


class Desk:
    """A browser without scripts, signed in as one person of one organisation."""

    def __init__(self, staff):
        self.staff = staff
        self.browser = Client()
        self.browser.force_login(staff.user)

    def address(self, name, *args):
        set_script_prefix(f"/{self.staff.organisation.slug}/")
        try:
            return reverse(f"desk:{name}", "comptoir.web.urls", args=args)
        finally:
            set_script_prefix("/")

    def get(self, name, *args, query=None, **extra):
        return self.browser.get(self.address(name, *args), query, **extra)

    def post(self, name, *args, data=None, follow=False, **extra):
        return self.browser.post(self.address(name, *args), data or {}, follow=follow, **extra)

    def htmx(self, name, *args, data=None):
        """The same from a page with scripts."""
        return self.post(name, *args, data=data, headers={"HX-Request": "true"})


def words(response):
    """What the page says, with plain spaces and on one line."""
    text = unescape(response.content.decode()).replace("\u202f", " ").replace("\u00a0", " ")
    return " ".join(text.split())


def said(response):
    """What the page after a POST says was done."""
    return [str(message).replace("\u202f", " ").replace("\u00a0", " ") for message in response.context["messages"]]
