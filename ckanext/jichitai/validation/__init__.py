"""Plugin jichitai_validation: files are checked where they arrive, reports are kept and shown."""
