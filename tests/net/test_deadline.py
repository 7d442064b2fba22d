"""The end of a request, for sockets opened before and after it."""

import socket
import time

from ckanext.jichitai.net.deadline import Deadline, watch


def test_a_socket_opened_too_late_is_cut_at_once():
    left, right = socket.socketpair()
    with left, right, Deadline(0) as deadline:
        time.sleep(0.1)
        assert deadline.over
        watch(left)
        right.settimeout(2)
        assert right.recv(1) == b""


def test_outside_a_deadline_nothing_is_watched():
    left, right = socket.socketpair()
    with left, right:
        watch(left)
        left.send(b"x")
        assert right.recv(1) == b"x"
