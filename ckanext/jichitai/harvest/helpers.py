"""Template helpers of the harvest."""

__all__: list[str] = []
