"""Readiness: what each step of a transition must prove, and the gates where both sides sign that it is proved.

Nouns: gate (where people meet and sign, over one or several steps), criterion (what must hold: computed from evidence by a
proof of the catalogue, or attested by a role), attestation (a person's word on it), waiver (a criterion let go for a time, by
both sides), standing (what a criterion was, from when on), gate decision (go, go with conditions or no-go, over a frozen
snapshot with its digest), gate signature, gate condition.
Verbs: lay out gates, add and amend a gate, add and amend and drop a criterion, attest, ask and answer a waiver, open, sign, decline and withdraw a
gate decision, fulfil a condition.
"""
