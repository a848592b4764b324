"""Packs: reports for people, made from frozen facts as PDF, PPTX, XLSX and JSON that say the same for ever.

Nouns: pack (what was made: its kind and subject, for whom, by whom and when, the frozen facts and their digest), kind (what can
be made: the statement with its working, the monthly report, a register), report (what a pack says, apart from how it is written:
pages with a sentence, facts, tables and pictures).
Verbs: make and withdraw a pack.
"""
