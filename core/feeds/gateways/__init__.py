"""How each publisher's gateway speaks, apart from what any one feed says through it."""
