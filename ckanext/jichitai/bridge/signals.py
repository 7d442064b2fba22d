"""What plugins tell each other. Signals only hurry work: work is found in state.

file_arrived(resource_id): new bytes for a resource. file_checked(resource_id): a report was stored.
item_merged(item): a release of a merged table. dataset_changed(dataset_id): created, changed, withdrawn.
"""

from ckan.plugins import toolkit

file_arrived = toolkit.signals.ckanext.signal("jichitai:file_arrived")
file_checked = toolkit.signals.ckanext.signal("jichitai:file_checked")
item_merged = toolkit.signals.ckanext.signal("jichitai:item_merged")
dataset_changed = toolkit.signals.ckanext.signal("jichitai:dataset_changed")
