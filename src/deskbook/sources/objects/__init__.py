"""The object stores, one file each; imported only when an entry lies in one, as their packages are an extra."""
