"""Addresses of the assistant: Internet › Importation › Pré-inscriptions (B4)."""

from django.urls import path

from comptoir.web.desk.intake import bin, clients, data, files, method, options, requests, runs, validation

urlpatterns = [
    path("", data.data, name="intake"),
    path("choix/", data.choice, name="intake-choice"),
    path("clients/", clients.suggestions, name="intake-clients"),
    path("corbeille/", bin.binned, name="intake-bin"),
    path("corbeille/ajout/", bin.throw, name="intake-throw"),
    path("corbeille/retour/", bin.take_back, name="intake-take-back"),
    path("demandes/<slug:reference>/", requests.request_page, name="intake-request"),
    path("demandes/<slug:reference>/client/", clients.choose, name="intake-choose-client"),
    path("demandes/<slug:reference>/client/retrait/", clients.refuse, name="intake-refuse-client"),
    path("demandes/<slug:reference>/client/creation/", clients.create, name="intake-create-client"),
    path("fichiers/", files.notices, name="intake-files"),
    path("fichiers/relecture/", files.look_again, name="intake-look-again"),
    path("fichiers/vus/", files.seen, name="intake-files-seen"),
    path("fichiers/<int:file_id>/emission/", files.reissue, name="intake-reissue"),
    path("methode/", method.method, name="intake-method"),
    path("methode/comptes/", method.counts, name="intake-counts"),
    path("options/", options.options, name="intake-options"),
    path("validation/", validation.validation, name="intake-validation"),
    path("integrations/", runs.runs, name="runs"),
    path("integrations/<slug:reference>/", runs.run, name="run"),
    path("integrations/<slug:reference>/avancement/", runs.progress, name="run-progress"),
    path("integrations/<slug:reference>/compte-rendu.pdf", runs.report, name="run-report"),
    path("integrations/<slug:reference>/compte-rendu/", runs.write_report, name="run-report-again"),
]
