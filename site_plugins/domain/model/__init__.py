"""The content model: every kind is declared once, as a frozen struct whose fields say what an
editor writes. Reading, checks, ``jianyan new``, the handbook's tables and forms come from it."""
