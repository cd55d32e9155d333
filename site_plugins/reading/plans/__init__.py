"""Annual plans (工作要点): text to parts and clauses, and back from converted HTML to the same."""
