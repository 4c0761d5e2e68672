"""From tallies to what may be shown: suppression, rounding, and the frozen `Released` document."""
