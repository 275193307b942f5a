"""A signed-in person's own pages, composed from every room that keeps something for people."""
