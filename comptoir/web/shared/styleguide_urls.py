"""The style guide's addresses; routed in debug and demo only."""

from django.urls import path

from comptoir.web.shared import styleguide

urlpatterns = [
    path("", styleguide.components, name="styleguide"),
    path("<slug:kind>/", styleguide.page_kind, name="styleguide-page"),
]
