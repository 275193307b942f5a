"""A database backend: see base.py (Django asks for this name)."""
