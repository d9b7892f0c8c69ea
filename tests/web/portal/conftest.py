"""The counter's organisation, session and visitor: the client's space is beside it."""

from tests.web.public.conftest import activity, clock, organisation, session, terms, visitor

__all__ = ["activity", "clock", "organisation", "session", "terms", "visitor"]
