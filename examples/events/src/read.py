"""The read function: everything that anyone may look at."""

import catalogue
from http_api import answer, parameters


def handler(event, context):
    return answer(lambda: (200, look_up(event["resource"], parameters(event))))


def look_up(route, given):
    """What the route asks for."""
    if route == "/events":
        return catalogue.summaries()
    if route == "/events/{id}":
        found = catalogue.event(given["id"])
        return {"id": given["id"], "title": found["title"], "venue": found["venue"], "price": found["price"]}
    if route == "/events/{id}/sessions":
        return sorted(catalogue.event(given["id"])["sessions"])
    if route == "/events/{id}/sessions/{session}":
        return catalogue.session(given["id"], given["session"])
    if route == "/venues/{venue}":
        return catalogue.venue(given["venue"])
    raise catalogue.NotFound(f"no route {route}")
