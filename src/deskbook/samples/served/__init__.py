"""The sample desk as the servers of vendors: one module a vendor, with `app(...)` and `records(folder)`."""
