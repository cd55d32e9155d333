"""The tables of the editors' handbook, written from the declared content model."""
