"""Actions of the merge, and who may call them."""
