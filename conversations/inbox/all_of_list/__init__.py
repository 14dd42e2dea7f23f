"""One thing done to all conversations that a list shows: asked for once, done in the background."""
