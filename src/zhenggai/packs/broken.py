"""规则包损坏: which file, which row, what is wrong, what to do.

From   Any loader of a pack: calendars, series, standards, themes.
Takes  The file, the line as a person counts it, what is wrong and the remedy.
Gives  An error whose message is ``file:row: what is wrong → remedy``.
Never  Guesses a value for the broken row, or skips it.
"""


class BrokenPackError(ValueError):
    """A row of a pack cannot be read; the start-up stops here.

    Parameters
    ----------
    file
        Name of the file as the loader was told it, such as ``calendars/2026.csv``.
    row
        Line of the file, the header being line 1; 0 means the file as a whole.
    wrong
        What is wrong, one clause.
    remedy
        What to do about it, one clause.

    Examples
    --------
    >>> print(BrokenPackError("calendars/2026.csv", 3, "kind 'rest' is unknown", "off or work"))
    calendars/2026.csv:3: kind 'rest' is unknown → off or work
    """

    def __init__(self, file: str, row: int, wrong: str, remedy: str) -> None:
        super().__init__(f"{file}:{row}: {wrong} → {remedy}")
        self.file = file
        self.row = row
        self.wrong = wrong
        self.remedy = remedy
