"""What can stand in the way of the stack, said in one sentence that tells what to do."""

USER, OURS = 1, 3
"""Exit codes: the person at the keyboard can mend it · the fault is ours."""


class Problem(Exception):
    """Stops the work. The sentence names what is wrong and what to do; no traceback is shown."""

    def __init__(self, sentence: str, code: int = USER):
        super().__init__(sentence)
        self.code = code
