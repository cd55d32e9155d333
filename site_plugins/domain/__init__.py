"""What things are: frozen dataclasses and rules; standard library only."""
