"""Addresses of date proposals: those to follow up, and the drafts."""

from django.urls import path

from comptoir.web.desk.proposals import compose, lists, preview

urlpatterns = [
    path("", lists.proposals, name="proposals"),
    path("relance/", lists.remind, name="proposals-remind"),
    path("brouillons/<int:sending_id>/", compose.draft, name="proposal-draft"),
    path("brouillons/<int:sending_id>/abandon/", compose.discard, name="proposal-discard"),
    path("brouillons/<int:sending_id>/apercu/", preview.mail, name="proposal-preview"),
    path("brouillons/<int:sending_id>/pieces/<int:attachment_id>/retrait/", compose.detach, name="proposal-detach"),
]
