"""Transition: the plan that both sides keep, from the template to the go-live.

Nouns: plan, wave, step, activity, link, freeze, proposed change, dates. Verbs: make a plan, amend, propose, accept,
report progress, agree a baseline, date the plan.
"""
