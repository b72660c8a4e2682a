"""Webhooks: signed, at least once, in order for each event."""

from monitor.delivery.deliverer import Deliverer, DeliveryPolicy

__all__ = ["Deliverer", "DeliveryPolicy"]
