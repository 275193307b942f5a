"""Taste turned into failure: what a test may not do, whoever writes it."""
