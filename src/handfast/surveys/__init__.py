"""What many people are asked at once: questionnaires of either side, and what they say together.

Nouns: survey (its questions, in the space that both share or in one side's own), survey invitation (whom it is sent to,
with their group), survey link (the address at which it is answered), survey answer (what one of them said). Verbs:
draft, amend, open and close a survey; invite to it, remind of it, answer it.
"""
