"""Welfare facilities as two governments list them: generated ones and those of real files."""
