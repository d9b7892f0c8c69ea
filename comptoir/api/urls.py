"""The API of one organisation, under `api/v1/`; its OpenAPI 3.1 description is at `api/v1/openapi.json`."""

from ninja import NinjaAPI
from ninja.errors import ValidationError

from comptoir.api import catalogue, clients, intake, preregistrations, proposals, registrations
from comptoir.api.door import malformed, refused
from comptoir.base.errors import Refusal

api = NinjaAPI(
    title="Comptoir", version="1", urls_namespace="api", docs_url=None,
    description="Catalogue, pré-inscriptions, intégration, inscriptions, paiements, clients et dates proposées.",
)  # fmt: skip
api.add_exception_handler(Refusal, refused(api))
api.add_exception_handler(ValidationError, malformed(api))
api.add_router("", catalogue.router)
api.add_router("", preregistrations.router)
api.add_router("/intake", intake.router)
api.add_router("", registrations.router)
api.add_router("/clients", clients.router)
api.add_router("", proposals.router)
