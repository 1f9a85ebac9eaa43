"""Kubernetes' types, and whether objects fit them."""

from hslint.schema.fault import Fault
from hslint.schema.schemas import Schemas
from hslint.schema.table import NEWEST, OLDEST

__all__ = ["NEWEST", "OLDEST", "Fault", "Schemas"]
