"""iCalendar files: every event, the events of a form, the events of a plan."""

from site_plugins.outputs.calendars.render import render_calendars

__all__ = ["render_calendars"]
