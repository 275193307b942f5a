"""Pages as a browser shows them: every test here carries the mark `e2e`."""
