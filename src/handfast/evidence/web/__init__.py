"""The pages of evidence, and the part of other rooms' pages that shows what is said."""
