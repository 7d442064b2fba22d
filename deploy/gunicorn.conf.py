"""The web server behind nginx: two processes of two threads, each with a CKAN of its own.

Not preloaded: a process that has begun work in threads (polars does) must not be forked, and the pools of
database connections would be shared by the children.
"""

workers = 2
worker_class = "gthread"
threads = 2
timeout = 120
graceful_timeout = 20
keepalive = 75  # longer than nginx keeps its own end open
max_requests = 10_000  # a slow leak never becomes a large one
max_requests_jitter = 1_000
worker_tmp_dir = "/dev/shm"  # the heartbeat file; a slow disk must not look like a dead worker
accesslog = None
errorlog = "-"
