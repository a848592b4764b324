"""Reading before anything is written: mappings, the first rows of a file, and what a report says."""
