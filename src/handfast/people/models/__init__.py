"""The nouns of people."""

from handfast.people.models.invitation import Invitation
from handfast.people.models.membership import Membership, Side
from handfast.people.models.organisation import Organisation
from handfast.people.models.person import Person
from handfast.people.models.token import Token

__all__ = ["Invitation", "Membership", "Organisation", "Person", "Side", "Token"]
