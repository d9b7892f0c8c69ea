"""The variables of the mails, each declared once: its two names, what it holds, a sample for the preview."""

from django.utils.translation import gettext_lazy as _

from comptoir.mail.wording.kind import Layout, Variable

ORGANISATION = Variable("organisation", "organisme", _("Nom de votre organisme"), "Loire Formation")
BUTTON = Variable("button", "bouton", _("Le bouton du message"), "")
COMMON = (ORGANISATION, BUTTON)  # every kind has these; the first is filled by the outbox itself

REFERENCE = Variable("reference", "reference", _("Référence de la demande"), "PR-7K3QX9MBT")
CONTACT = Variable("contact", "contact", _("Prénom et nom du contact"), "Claire Lefèvre")
CLIENT = Variable("client", "client", _("Raison sociale du client"), "Ateliers du Lac")
EMAIL = Variable("email", "courriel", _("Courriel du contact"), "claire.lefevre@exemple.fr")
PHONE = Variable("phone", "telephone", _("Téléphone du contact"), "02 40 12 34 56")
NET = Variable("net", "total_ht", _("Total hors taxes"), "750,00 €")
VAT = Variable("vat", "tva", _("Montant de la TVA"), "150,00 €")
TOTAL = Variable("total", "total_ttc", _("Total toutes taxes comprises"), "900,00 €")
MESSAGE = Variable(
    "message",
    "message",
    _("Ce que le contact a écrit"),
    "L’une des participantes se déplace en fauteuil.\nMerci de prévoir une salle accessible.",
    Layout.QUOTE,
)
LINES = Variable(
    "lines",
    "inscriptions",
    _("Sessions demandées, et qui y vient"),
    "Sauveteur secouriste du travail, lundi 7 décembre 2026\n– Claire Lefèvre : 250,00 €\n– Hugo Marchand : 250,00 €\n"
    "Gestes et postures, jeudi 14 janvier 2027\n– Claire Lefèvre : 250,00 €",
    Layout.LIST,
)

ENQUIRY = Variable("reference", "reference", _("Référence de la demande"), "DM-4KT8ZC2HR")
SERVICE = Variable("service", "prestation", _("Ce qui est demandé"), "Poste de secours (DPS)")
DETAILS = Variable(
    "details",
    "details",
    _("Les précisions de la demande, ligne par ligne"),
    "– Évènement\u00a0: Foulées de la Loire\n– Lieu\u00a0: quai de la Fosse, Nantes\n"
    "– Début\u00a0: samedi 12 juin 2027, 8\u00a0h\n"
    "– Fin\u00a0: samedi 12 juin 2027, 18\u00a0h\n– Public attendu\u00a0: 1\u202f200",
    Layout.LIST,
)

RECIPIENT = Variable("recipient", "destinataire", _("Prénom et nom de qui reçoit le message"), "Camille Vasseur")
RUN = Variable("run", "integration", _("Référence de l’intégration"), "IN-4TQ8ZC2HR")
COUNTED = Variable("counted", "nombre", _("Combien, en toutes lettres"), "3 inscriptions")
ADDED = Variable(
    "lines",
    "inscriptions",
    _("Ce qui a été ajouté, ligne par ligne"),
    "Sauveteur secouriste du travail, lundi 7 décembre 2026\n– Claire Lefèvre, Ateliers du Lac (PR-7K3QX9MBT)\n"
    "– Hugo Marchand, Ateliers du Lac (PR-7K3QX9MBT)",
    Layout.LIST,
)
DEALS_COUNTED = Variable("counted", "nombre", _("Combien, en toutes lettres"), "2 dossiers")
DEALS = Variable(
    "lines",
    "dossiers",
    _("Les dossiers confiés, ligne par ligne"),
    "– DO-9WH2KD5XA : Ateliers du Lac, 750,00 €\n– DO-3PM6RY8NC : Mairie de Rezé, 1 250,00 €",
    Layout.LIST,
)

PERSON = Variable("person", "personne", _("Prénom et nom de la personne"), "Hugo Marchand")
LOGIN = Variable("login", "identifiant", _("Identifiant de connexion"), "hugo.marchand")
UNTIL = Variable("until", "validite", _("Durée de validité du lien"), "24 heures")
CLIENT_NUMBER = Variable("client_number", "numero_client", _("Numéro client"), "C000482")
CHANGE = Variable("change", "changement", _("Ce qui a changé"), "Le mot de passe de votre compte vient d’être changé.")
MOMENT = Variable("moment", "moment", _("Quand"), "lundi 7 décembre 2026 à 9 h 05")

BOOKING = Variable("booking", "reservation", _("Référence de la réservation"), "R-7K3QX9MBT")
BOOKED = Variable(
    "lines",
    "inscriptions",
    _("Les sessions, et qui y est inscrit"),
    "Sauveteur secouriste du travail, le 7 décembre 2026\n– Claire Lefèvre\n– Hugo Marchand",
    Layout.LIST,
)
AMOUNT = Variable("amount", "montant", _("Montant reçu"), "900,00 €")
METHOD = Variable("method", "moyen", _("Moyen de paiement"), "chèque")
DAY = Variable("day", "jour", _("Jour du règlement"), "lundi 7 décembre 2026")
LEFT = Variable("left", "reste", _("Ce qui reste à régler"), "rien, tout est réglé")
NEXT = Variable(
    "next",
    "suite",
    _("Ce qui reste à payer, et jusqu’à quand les places sont gardées"),
    "Reste à payer\u00a0: 900,00 €, par virement. Les places sont gardées jusqu’au mardi 22 décembre 2026 à 9 h 05"
    "\u202f; sans paiement, elles sont libérées.",
)
RANK = Variable("rank", "rang", _("Rang sur la liste d’attente"), "3")
SESSION = Variable(
    "session", "session", _("La session et ses dates"), "Sauveteur secouriste du travail, les 7 et 8 décembre 2026"
)
DAYS = Variable(
    "days",
    "horaires",
    _("Jour par jour, les horaires"),
    "– lundi 7 décembre 2026, 9 h – 12 h 30, 13 h 30 – 17 h\n– mardi 8 décembre 2026, 9 h – 12 h 30",
    Layout.LIST,
)
PLACE = Variable("place", "lieu", _("Où"), "Maison des Mariniers, 3 quai des Cordiers, Nantes")
EXPECTED = Variable("lines", "participants", _("Qui est attendu"), "– Claire Lefèvre\n– Hugo Marchand", Layout.LIST)
PARTICIPANT = Variable(
    "participant", "participant", _("Prénom et nom de qui est inscrit"), "Claire Lefèvre et Hugo Marchand"
)
DATES = Variable("dates", "dates", _("Les dates de la session"), "les 7 et 8 décembre 2026")

REFUSAL_REASON = Variable(
    "reason", "motif", _("Pourquoi le compte est refusé"), "Votre cotisation de 2026 ne nous est pas parvenue.",
    Layout.QUOTE,
)  # fmt: skip
YEAR = Variable("year", "annee", _("Année de la cotisation"), "2026")
YEAR_TO_PAY = Variable("year", "annee", _("Année de la cotisation demandée"), "2027")
YEAR_ENDS = Variable("day", "jour", _("Dernier jour de l’année d’avant"), "31 décembre 2026")
TO_PAY = Variable(
    "next",
    "suite",
    _("Le montant de la cotisation et comment vous payer, d’après vos réglages"),
    "La cotisation 2027 est de 35,00\u00a0€.\nChèque à l’ordre de Loire Formation, 12 quai de la Fosse, 44000 Nantes.",
    Layout.QUOTE,
)
AMOUNT_PAID = Variable("amount", "montant", _("Montant reçu"), "35,00\u00a0€")
PAID_ON = Variable("day", "jour", _("Jour où la cotisation a été reçue"), "7 décembre 2026")
WANTED = Variable("wanted", "voulue", _("La session demandée"), "Premiers secours citoyens, le 12 décembre 2026")
REASON = Variable(
    "reason", "motif", _("Pourquoi"), "Votre inscription est déjà validée\u00a0: pour en changer, écrivez-nous."
)
HOW_SEATED = Variable(
    "next",
    "suite",
    _("Comment les places sont attribuées, et ce qui reste à faire"),
    "Les places sont attribuées dans l’ordre des paiements reçus. Vous aurez la vôtre dès que votre paiement nous "
    "parvient, s’il reste alors une place.\nReste à payer\u00a0: 60,00\u00a0€, par chèque.",
    Layout.QUOTE,
)
PAID_RANK = Variable("rank", "rang", _("Rang parmi ceux qui ont payé et attendent une place"), "1")
REFUND = Variable("next", "suite", _("Ce qui est remboursé"), "60,00\u00a0€ vous seront remboursés.")
