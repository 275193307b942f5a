"""What every stand-in upstream shares: contract, tables, faults, registry and the HTTP server."""
