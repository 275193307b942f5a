"""What an area declares of one kind of request: its states, its moves, and who may make them."""


class CaseKind:
    """Made by `core.cases`; an area's `cases.py` holds the instances."""
