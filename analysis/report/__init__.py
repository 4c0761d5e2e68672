"""Reports and data files of a release: made of `Released` and `ReleasedAssessment` alone, nothing else reaches them."""
