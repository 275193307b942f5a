"""What is the family's part of a name."""

# Family names of two syllables; all others in Korean have one.
LONG = ("남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방")
SHORTEST = 3


def family_name(name: str) -> str:
    """Answer the family name: of names in Latin letters the last word, however it is written."""
    whole = "".join(name.split())
    if whole[:1].isascii():
        return name.rsplit(maxsplit=1)[-1].casefold() if name.split() else ""
    if len(whole) >= SHORTEST and whole.startswith(LONG):
        return whole[:2]
    return whole[:1]
