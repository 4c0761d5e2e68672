"""From answers to figures with their uncertainty: shares, means, designs, weights, response."""
