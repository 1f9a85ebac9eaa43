"""Kubernetes' types, and whether objects fit them."""

from hslint.schema.fault import Fault
from hslint.schema.schemas import Schemas

__all__ = ["Fault", "Schemas"]
