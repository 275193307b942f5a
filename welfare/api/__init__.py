"""The welfare area's addresses under /api/v1/."""
