"""What the service knows about greetings; no request and no AWS in here."""

LONGEST_NAME = 40


def greet(name=None, word="Hello"):
    """A greeting for `name`, or for everyone; long names are cut."""
    who = (name or "").strip() or "world"
    if len(who) > LONGEST_NAME:
        who = who[: LONGEST_NAME - 1] + "…"
    return f"{word}, {who}!"
