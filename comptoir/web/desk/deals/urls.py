"""Addresses of the sales pipeline. A move, a note and a win are nouns with their own addresses."""

from django.urls import path

from comptoir.web.desk.deals import board, detail, editing, lists

urlpatterns = [
    path("", board.board, name="deals"),
    path("liste/", lists.deals, name="deals-list"),
    path("nouveau/", editing.new, name="deal-new"),
    path("<str:reference>/", detail.deal, name="deal"),
    path("<str:reference>/modifier/", editing.edit, name="deal-edit"),
    path("<str:reference>/etape/", detail.move, name="deal-move"),
    path("<str:reference>/notes/", detail.note, name="deal-note"),
    path("<str:reference>/gagner/", detail.win, name="deal-win"),
]
