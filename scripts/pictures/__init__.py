"""The sample site's pictures, drawn from plain geometry with Pillow.

Every scene is a function that returns a finished `Canvas`; the same code gives the same bytes.
"""
