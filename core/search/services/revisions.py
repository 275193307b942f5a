"""How a change of the index is made known to those who keep something of it."""

# SQL for a revision that nobody has seen, not even in a transaction that was rolled back.
ANOTHER = "(random() * 9e15)::bigint"
