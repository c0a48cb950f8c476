"""The sample desk in the wire formats of help desks, so that their sources can be tried without an account."""
