"""Jianyan: a city CPPCC committee's website, magazine and history journal from Markdown."""

__version__ = "0.1.0"
