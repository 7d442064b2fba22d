"""The one way out: a fetcher that connects to judged addresses only, and answers that are values."""

from .addresses import Allow, allow
from .answer import Answer, Cls
from .fetch import Fetcher, Limits, NoContact
from .robots import Rules

__all__ = ["Allow", "Answer", "Cls", "Fetcher", "Limits", "NoContact", "Rules", "allow"]
