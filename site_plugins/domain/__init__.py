"""What things are: frozen structs and rules; nothing of other packages but msgspec."""
