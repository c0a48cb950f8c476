"""The sample desk as the web APIs of help desks and channels serve it, for trying a connector without an account."""
