"""People who are invited together, out of a spreadsheet."""
