"""What follows a commit: the index, then the word to the other plugins."""

from ckanext.jichitai.bridge.signals import dataset_changed

from . import index


def after(dataset_ids: list[str]) -> None:
    """Index what waits and tell which datasets changed. Raises IndexDown, after telling."""
    for dataset_id in dataset_ids:
        dataset_changed.send(dataset_id)
    if dataset_ids:
        index.drain()
