"""The kernel's readers as a room asks them: terms checked, compared, told in words, and written by a form."""
