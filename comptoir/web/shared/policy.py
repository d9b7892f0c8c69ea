"""The content policy of pages that use no nonce is the same each time: it is put into words once."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.utils.csp import CSP, build_policy

HEADER = str(CSP.HEADER_ENFORCE)


class PolicyMiddleware(ContentSecurityPolicyMiddleware):
    """Django's, which writes the policy again for each page."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        policy: dict[str, Any] = settings.SECURE_CSP
        self._plain = build_policy(policy)

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """The header is there, unless the view set its own."""
        if hasattr(response, "_csp_config") or hasattr(response, "_csp_ro_config") or request._csp_nonce:  # type: ignore[attr-defined]
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._plain)
        return response
