"""Pictures of cards: taken in, kept as rows, shown to everybody who has the address, forgotten."""
