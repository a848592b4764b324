"""The deal: an engagement of a client and a provider, its parties and its spaces.

Nouns: engagement, party. Verbs: open, amend, join.
"""
