"""Service levels: clocks, measures, regimes, and the statement that both sides can recompute."""
