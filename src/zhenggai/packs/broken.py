"""The refusal of a broken pack (规则包损坏): which file, which row, what is wrong, what to do.

From: any loader of a pack (calendars, series, standards, themes).
Takes: the file, the row as a person counts it, what is wrong and the remedy.
Gives: an error whose message is ``file:row: what is wrong → remedy``.
Never: guesses a value for the broken row, or skips it.
"""


class BrokenPackError(ValueError):
    """A row of a pack cannot be read (规则包第几行无法读取).

    Args:
        file: name of the pack file as the loader was told it, such as ``calendars/2026.csv``.
        row: 1-based line of the file, the header being line 1; 0 means the file as a whole.
        wrong: what is wrong, one clause.
        remedy: what to do about it, one clause.

    >>> print(BrokenPackError("calendars/2026.csv", 3, "kind 'rest' is unknown", "write off or work"))
    calendars/2026.csv:3: kind 'rest' is unknown → write off or work
    """

    def __init__(self, file: str, row: int, wrong: str, remedy: str) -> None:
        super().__init__(f"{file}:{row}: {wrong} → {remedy}")
        self.file = file
        self.row = row
        self.wrong = wrong
        self.remedy = remedy
