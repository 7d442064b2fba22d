"""How often one address may register a work; counted in Redis, for all web processes."""

import hashlib

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit

HOUR = 3600
MOST = 5  # works an hour


def too_many() -> bool:
    """Count one registration from the reader's address; whether that was one too many."""
    # Behind a proxy all have its address, unless the site lets the proxy fill in REMOTE_ADDR (ProxyFix).
    address = toolkit.request.environ.get("REMOTE_ADDR") or "local"
    short = hashlib.sha256(address.encode()).hexdigest()[:16]
    key = f"jichitai:showcase:{toolkit.config['ckan.site_id']}:{short}"
    pipe = connect_to_redis().pipeline()
    pipe.incr(key)
    pipe.expire(key, HOUR, nx=True)
    count, _ = pipe.execute()
    return count > MOST
