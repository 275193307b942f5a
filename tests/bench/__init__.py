"""The benchmarks of `make bench`: each figure beside its bare limit, measured in the same run."""
