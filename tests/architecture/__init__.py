"""The shape of the house as tests: each asserts how many things it looked at."""
