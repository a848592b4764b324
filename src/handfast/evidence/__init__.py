"""What is said and kept about the things of a deal: for now comments, each about one thing of another room.

Nouns: thing (what a comment is about, known by its kind and id; the room that keeps it says how it is found), comment (in
the space of the thing, or in the own side's), mention (somebody whom a comment tells). Verbs: write and withdraw a comment,
say that a mention is seen.
"""
