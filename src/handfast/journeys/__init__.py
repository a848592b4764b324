"""What crosses rooms: the frame, home, an engagement at a glance, its journal, notices, and the sample engagements.

Nouns: need, notice, sample. Verbs: give and read a notice, load and remove a sample.
"""
