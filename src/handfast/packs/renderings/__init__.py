"""How a report is written: one pure function from frozen facts to bytes for each form of file."""
