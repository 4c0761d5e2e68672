"""Many units at once: pooling, classes instead of ranks, ranks with their uncertainty, funnel limits."""
