"""Real servers that tests start on loopback and stop by their own process id."""
