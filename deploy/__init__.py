"""The whole stack, up and down: `make up` is `python3 -m deploy up`.

Standard library only, because it runs before anything is installed. What runs later inside the virtual
environment (scheduler.py, keeper.py, wsgi.py, gunicorn.conf.py) stands here too.
"""
