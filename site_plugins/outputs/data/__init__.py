"""Open data: tables as CSV and JSON, described by one Frictionless Data Package."""

from site_plugins.outputs.data.files import render_data

__all__ = ["render_data"]
