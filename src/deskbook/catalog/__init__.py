"""The one room that knows Intake: catalogs in YAML say where every number comes from.

A catalog is reviewed code; only data types and readers of an allow-list are ever made from it.
"""

from deskbook.catalog.catalog import Catalog
from deskbook.catalog.current import Current
from deskbook.catalog.writing import write_catalog

__all__ = ["Catalog", "Current", "write_catalog"]
