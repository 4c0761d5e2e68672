"""The refusal of the gate."""

from analysis.frame import Text


class UnsafeRelease(ValueError):  # noqa: N818 - errors are plain nouns
    """What should be published cannot be made safe; `sentences` say so in both languages, ready to show."""

    def __init__(self, *sentences: Text) -> None:
        super().__init__(" ".join(each.en or each.zh for each in sentences))
        self.sentences = sentences
