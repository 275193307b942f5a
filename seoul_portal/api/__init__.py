"""API addresses that see every area: search, and the description of the whole API."""
