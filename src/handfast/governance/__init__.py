"""How both sides run the deal day by day: registers that they keep together, and each side for itself.

Nouns: register (declared in `registers/`, one a file: its prefix, own fields, states and moves), register entry (one
line of a register, in the space that both share or in one side's own), saved view (a part of a register under a name,
in one side's own). Verbs: write, amend and move an entry; save, amend and remove a view.
"""
