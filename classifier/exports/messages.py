"""What a mark says in one line, for editors and logs."""

from classifier.exports.exported import Item

SHOWN = 80  # characters of a mark
# Neither an article nor a file name must steer a terminal or break a line.
_HARMLESS = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), "\ufffd")


def one_line(text: str) -> str:
    """The text with white space as single spaces and no control characters."""
    return " ".join(text.split()).translate(_HARMLESS)


def _quoted(text: str) -> str:
    words = one_line(text)
    return f"“{words[: SHOWN - 1].rstrip()}…”" if len(words) > SHOWN else f"“{words}”"


def message(item: Item) -> str:
    """The words marked, long ones cut short, and what is said of them."""
    says = item.says
    facts = [
        name.replace("_", " ") + ("" if value is True else f": {value}")
        for name, value in item.facts().items()
        if name != "zone"
    ]
    if item.family == "sourcing":
        source = f"source {_quoted(says['source']['text'])}" if says["source"] else "no source"
        cue = f"cue {_quoted(says['cue']['text'])}" if says["cue"] else "no cue"
        return "; ".join([source, cue, *facts])
    return "; ".join([_quoted(says["text"]), *facts])
