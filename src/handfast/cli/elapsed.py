"""`handfast elapsed`: the working time of many intervals on one calendar."""
