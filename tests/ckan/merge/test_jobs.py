"""Signals ask for one merge in the background, and the command says what it did."""

import pytest
from ckan.lib import jobs
from ckan.lib.redis import connect_to_redis
from ckan.tests.helpers import CKANCliRunner

from ckanext.jichitai.bridge import signals
from ckanext.jichitai.bridge.jobs import QUEUE
from ckanext.jichitai.merge import cli, decide, releases

PLUGINS = "jichitai_merge jichitai_definitions scheming_datasets scheming_organizations datastore activity"
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "clean_queues"),
]


@pytest.fixture(autouse=True)
def none_queued():
    connect_to_redis().delete(decide._queued())


def test_ten_signals_make_one_job_and_it_merges(publish, rows, prepared, item):
    publish(prepared[0], rows(prepared[0]))
    for number in range(10):
        signals.file_checked.send(str(number))
    queue = jobs.get_queue(QUEUE)
    assert len(queue.jobs) == 1
    decide.merge_due()
    assert releases.current(item.id).rows == 12
    signals.dataset_changed.send("d")
    assert len(queue.jobs) == 2


@pytest.mark.ckan_config("ckanext.jichitai.merge.automatic", "false")
def test_no_job_where_cron_alone_merges(prepared):
    signals.file_checked.send("r")
    assert not jobs.get_queue(QUEUE).jobs


def test_the_command(publish, rows, prepared, item):
    publish(prepared[0], rows(prepared[0]))
    run = CKANCliRunner().invoke
    done = run(cli.merge, [item.id])
    assert done.exit_code == 0
    assert "released" in done.output
    assert "12 rows" in done.output
    assert run(cli.merge, ["nothing"]).exit_code == 2
    assert run(cli.holds_group, ["list"]).exit_code == 0
    assert run(cli.holds_group, ["approve", "99"]).exit_code == 2
