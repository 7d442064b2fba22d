"""One connection a host, with a pause; none inside the deployment's own networks."""

import threading
import time

from server import CSV

from ckanext.jichitai.net.pace import Pace


def test_turns_of_a_host_follow_one_another(clock):
    pace = Pace(clock.now, clock.sleep)
    for host in ("a", "a", "b", "a"):
        with pace.turn(host, 1):
            pass
    assert clock.slept == [1, 1]


def test_one_at_a_time():
    pace, inside, most = Pace(time.time, time.sleep), [], []

    def work():
        with pace.turn("a", 0):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.01)
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 5


def test_our_own_networks_are_not_waited_for(server, fetcher, clock):
    server.plays["/a"] = lambda h: h.reply(body=CSV)
    for _ in range(5):
        fetcher.get(server.url("/a"), pause=9)
    assert clock.slept == []
