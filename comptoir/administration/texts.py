"""What a new organisation starts with: its confirmation levels, and terms of sale to be replaced by its own."""

LEVELS = ("À confirmer", "Confirmée", "Convoquée")
DEFAULT_LEVEL = "À confirmer"
TERMS = """Conditions générales de vente – modèle de départ, à relire et à adapter par l’organisme.

1. Objet
Ces conditions s’appliquent à toute demande d’inscription déposée auprès de l’organisme.

2. Inscription
La pré-inscription en ligne est une demande. Elle devient une inscription quand l’organisme la confirme par écrit.

3. Prix
Les prix sont indiqués hors taxes et toutes taxes comprises. La TVA est celle en vigueur au jour de la facturation.

4. Annulation et report
Toute annulation se fait par écrit. L’organisme peut reporter ou annuler une session\u202f; les sommes versées \
sont alors rendues ou reportées, au choix du client.

5. Données personnelles
Les données demandées servent à traiter la demande et à tenir les obligations de l’organisme. Chacun peut demander à \
les consulter, à les corriger ou à les faire effacer en écrivant à l’organisme.
"""
