"""/sources."""

from flask import Blueprint

__all__ = ["jichitai_harvest"]

jichitai_harvest = Blueprint("jichitai_harvest", __name__)
