"""Whether a build after edits gives what a build from nothing gives (``scripts/equivalence``)."""
