"""How often one address, or account, may ask for a check; counted in Redis, for all web processes."""

import time

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk

from . import config

MINUTE, DAY = 60, 86_400


def wait(who: str) -> int:
    """Count one request of `who`; seconds to wait, 0 when it may go on."""
    for length, most in ((MINUTE, config.per_minute()), (DAY, config.per_day())):
        if most and (seconds := _over(who, length, most)):
            return seconds
    return 0


def caller() -> str | None:
    """Who asks: an account, else a visitor's address; None for an operator, who is not limited."""
    user = tk.current_user
    if user.is_authenticated:
        return None if user.sysadmin else f"user:{user.id}"
    return f"address:{address()}"


def address() -> str:
    """The visitor's address, as far as proxies that we trust say it."""
    trusted = config.proxies()
    chain = [
        part.strip() for part in tk.request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    if trusted and chain:
        return chain[-min(trusted, len(chain))]
    return tk.request.environ.get("REMOTE_ADDR") or "local"


def _over(who: str, length: int, most: int) -> int:
    now = int(time.time())
    window = now - now % length
    key = f"jichitai:rate:{tk.config['ckan.site_id']}:{who}:{length}:{window}"
    pipe = connect_to_redis().pipeline()
    pipe.incr(key)
    pipe.expire(key, length)
    count, _ = pipe.execute()
    return window + length - now if count > most else 0
