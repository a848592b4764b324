"""The nouns of people."""

from handfast.people.models.access_entry import AccessEntry
from handfast.people.models.company_account import CompanyAccount, proven
from handfast.people.models.delegation import Delegation
from handfast.people.models.feed import Feed
from handfast.people.models.invitation import Invitation
from handfast.people.models.membership import Membership, Side, lasting
from handfast.people.models.organisation import ClientWord, Organisation, ProviderWord
from handfast.people.models.person import Person
from handfast.people.models.token import Token

__all__ = [
    "AccessEntry",
    "ClientWord",
    "CompanyAccount",
    "Delegation",
    "Feed",
    "Invitation",
    "Membership",
    "Organisation",
    "Person",
    "ProviderWord",
    "Side",
    "Token",
    "lasting",
    "proven",
]
