"""Addresses of the messages written to those registered."""

from django.urls import path

from comptoir.web.desk.letters import compose, fates, lists, preview

urlpatterns = [
    path("", lists.letters, name="letters"),
    path("convocations/<int:session_id>/", compose.convocation, name="letters-convocation"),
    path("brouillons/<int:draft_id>/", compose.draft, name="letter-draft"),
    path("brouillons/<int:draft_id>/modele/", compose.model, name="letter-model"),
    path("brouillons/<int:draft_id>/abandon/", compose.discard, name="letter-discard"),
    path("brouillons/<int:draft_id>/pieces/<int:attachment_id>/retrait/", compose.detach, name="letter-detach"),
    path("brouillons/<int:draft_id>/apercu/", preview.mail, name="letter-preview"),
    path("brouillons/<int:draft_id>/convocation.pdf", preview.paper, name="letter-paper"),
    path("<int:letter_id>/", fates.letter, name="letter"),
]
