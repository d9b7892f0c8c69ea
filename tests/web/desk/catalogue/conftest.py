"""The same people and sessions as the desk's session pages."""

from tests.web.desk.sessions.conftest import activity, organisation, session, signed_in

__all__ = ["activity", "organisation", "session", "signed_in"]
