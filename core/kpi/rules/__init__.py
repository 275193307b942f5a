"""What figures may say: which are too small, which too old, and where they lead."""
