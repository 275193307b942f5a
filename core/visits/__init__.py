"""How often things are opened: numbers a day, without cookies, addresses or identities."""
