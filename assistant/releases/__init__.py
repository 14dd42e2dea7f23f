"""An assistant's configuration as it was at a moment: what customers get of it, whatever is edited since."""
