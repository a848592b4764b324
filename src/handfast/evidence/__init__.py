"""What is said and kept about the things of a deal: comments and files, each about one thing of another room, and links between two.

Nouns: thing (what a comment or a file is about, known by its kind and id; the room that keeps it says how it is found),
comment (in the space of the thing, or in the own side's), mention (somebody whom a comment tells), file (in such a space too,
its bytes outside the database), relation (two things that belong together), reference (an address elsewhere, with a frozen copy),
document with its versions, sign-off and signature.
Verbs: write and withdraw a comment, say that a mention is seen, attach and withdraw a file, relate two things, add a reference,
take both back; write, amend and publish a document, ask for signatures, sign and decline.
"""
