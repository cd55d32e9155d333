"""Benchmarks: what the builder costs, measured from outside on a generated site."""
