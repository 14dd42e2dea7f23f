"""One file for each kind of slot, of the same shape: see `flows.slots.base.Kind`."""
