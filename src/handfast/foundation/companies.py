"""A company by whose own sign-in people may enter, as the settings tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Company:
    """One provider of sign-in. `domains` are those whose addresses it may vouch for; with none, people link by hand.

    `issuer` is the provider's own name for itself, by which links are kept: the number may change, it may not.
    """

    key: str
    name: str
    issuer: str
    client: str
    secret: str = field(repr=False)
    domains: frozenset[str] = frozenset()

    def vouches_for(self, email: str) -> bool:
        """Whether an address of this domain is the provider's to prove."""
        return email.rpartition("@")[2].lower() in self.domains
