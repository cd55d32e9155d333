"""Markdown, images and other tools of the trade behind small interfaces."""
