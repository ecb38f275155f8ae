"""The programme: which events there are, where, and with which sessions. A real service would ask its database."""

EVENTS = {
    "pycon": {
        "title": "PyCon",
        "venue": "hall-1",
        "price": 90,
        "sessions": {
            "keynote": {"title": "Keynote", "seats": 500, "taken": 431},
            "typing": {"title": "Typing in anger", "seats": 80, "taken": 80},
        },
    },
    "jazz-night": {
        "title": "Jazz night",
        "venue": "cellar",
        "price": 25,
        "sessions": {"late": {"title": "Late set", "seats": 60, "taken": 12}},
    },
}

VENUES = {
    "hall-1": {"name": "Hall 1", "city": "Hamburg"},
    "cellar": {"name": "The cellar", "city": "Bremen"},
}


class NotFound(Exception):
    """Something that the URL names does not exist."""


def event(event_id):
    return _find(EVENTS, event_id, "event")


def session(event_id, session_id):
    return _find(event(event_id)["sessions"], session_id, "session")


def venue(venue_id):
    return _find(VENUES, venue_id, "venue")


def summaries():
    """Every event in one line each, in the order of their ids."""
    return [{"id": key, "title": value["title"]} for key, value in sorted(EVENTS.items())]


def _find(things, key, kind):
    if key not in things:
        raise NotFound(f"no {kind} {key}")
    return things[key]
