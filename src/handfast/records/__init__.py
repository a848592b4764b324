"""What the tools of both sides recorded: files come in, are read once by a written mapping, and stay as batches.

Nouns: source (a tool and its mapping), upload (a file on its way in), batch (its normalised rows, never changed).
Verbs: add a source, amend its mapping, receive an upload, begin to read it, record its batch or refuse it,
withdraw a batch.
"""
