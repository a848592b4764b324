"""What the parties agreed: terms are written, checked, proposed and agreed, and every version stays.

Nouns: agreement (what the parties signed), terms draft (one side's text, seen by nobody else), terms version (a text
that was proposed, with its calendar annex; frozen), agreed milestone (a day, and what is paid once it is reached).
Verbs: make an agreement, draft terms, save a draft, propose terms, receive, agree, decline and withdraw them, put
them in force alone; propose a milestone, or another in its place, agree, decline and withdraw it.
"""
