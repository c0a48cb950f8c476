"""The sample desk in the wire formats of vendors, so that their sources can be tried without an account."""
