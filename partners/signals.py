"""What the partners' room hears of."""

from django.apps import apps
from django.db.models.signals import m2m_changed


def connect() -> None:
    """Listen; called once, when the apps are ready."""
    from partners.ledger import known_ledger
    from partners.models import Commitment, JointDeclaration, Organisation
    from partners.queries import joint_declarations

    known_ledger.forget_with(Commitment, Organisation, apps.get_model("initiative", "SustainableDevelopmentGoal"))
    joint_declarations.forget_with(JointDeclaration)
    for relation in (Commitment.places, Commitment.sdgs):
        m2m_changed.connect(known_ledger.forget, sender=relation.through, dispatch_uid="partners.ledger")
