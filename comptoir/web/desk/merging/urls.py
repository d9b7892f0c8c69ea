"""Addresses of the duplicates and of the merges."""

from django.urls import path

from comptoir.web.desk.merging import apart, comparing, done, duplicates, words

urlpatterns = [
    path("doublons/", duplicates.duplicates, name="duplicates"),
    path("doublons/recherche/", duplicates.search, name="duplicates-search"),
    path("doublons/avancement/", duplicates.progress, name="duplicates-progress"),
    path("doublons/comparaison/", comparing.compare, name="duplicates-compare"),
    path("doublons/fusion/", comparing.merge, name="duplicates-merge"),
    path("doublons/distincts/", comparing.refuse, name="duplicates-refuse"),
    path("doublons/fiches-distinctes/", apart.apart, name="duplicates-apart"),
    path("doublons/fiches-distinctes/retrait/", apart.allow, name="duplicates-allow"),
    path("fusions/", done.merges, name="merges"),
    path("fusions/<int:merge_id>/annulation/", done.undo, name="merge-undo"),
    path("<int:client_id>/memes-mots/", words.words, name="client-words"),
    path("<int:client_id>/suppression/", done.delete, name="client-delete"),
]
