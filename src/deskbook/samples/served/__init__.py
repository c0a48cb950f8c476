"""Sample desks behind the APIs of help desks: what a vendor's server answers, from plain records."""
