"""What an operator runs: set-up, preview, tests and benchmarks of a fresh clone."""
