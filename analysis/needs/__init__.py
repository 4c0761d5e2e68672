"""What staff need: how many, how urgent, how hard, and whether the services meet it."""
