"""What a set of items measures: reliability, factors, careless answers, drivers, best-worst worths."""
