"""The line written for each request, and what every other line written meanwhile says of it."""

from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware
from structlog.contextvars import bind_contextvars


class RequestLogMiddleware(RequestMiddleware):
    """The library's, less what most requests have no use for: a line when they begin, and who a stranger is."""

    def prepare(self, request: HttpRequest) -> None:
        """Every line says which request it is of: a number of ours, since a visitor could choose theirs."""
        bind_contextvars(request_id=str(uuid4()))
        self.bind_user_id(request)

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """And whose it is, for whoever has a session, or was given one meanwhile."""
        session = getattr(request, "session", None)  # none yet when what comes before sessions is broken
        if settings.SESSION_COOKIE_NAME in request.COOKIES or (session is not None and session.accessed):
            RequestMiddleware.bind_user_id(request)
