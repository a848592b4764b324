"""Who is who: organisations, persons, their memberships with roles, invitations and tokens.

Nouns: organisation, person, membership, invitation, token. Verbs: found, invite, accept, end, issue, revoke.
"""
