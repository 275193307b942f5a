"""Signs of hardship, from the file to the visit."""
