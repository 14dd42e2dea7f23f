"""The only door to a language model: chat, structured answers and embeddings. No Django models here."""
