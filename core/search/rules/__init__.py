"""How Korean text is cut into words to index, and what a typed query asks for; no database."""
