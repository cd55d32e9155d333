"""Checks: rules over the Site, one family a module; each yields problems and never stops."""
