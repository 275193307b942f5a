"""One module a publisher: how its addresses are read and its answers, good or bad, are written."""
