"""The admin function: reports for the people who run the events."""

import catalogue
from http_api import answer, parameters


def handler(event, context):
    return answer(lambda: report(event["resource"], parameters(event)))


def report(route, given):
    """Status and value for one call; whatever has no route of its own says what there is."""
    if route == "/admin/occupancy":
        return 200, {key: occupancy(key) for key in sorted(catalogue.EVENTS)}
    if route == "/admin/events/{id}/occupancy":
        return 200, {"id": given["id"], "occupancy": occupancy(given["id"])}
    return 404, {"message": f"no report {given.get('proxy')}", "reports": ["/admin/occupancy", "/admin/events/{id}/occupancy"]}


def occupancy(event_id):
    """Share of an event's seats that are taken, in percent."""
    sessions = catalogue.event(event_id)["sessions"].values()
    return round(100 * sum(each["taken"] for each in sessions) / sum(each["seats"] for each in sessions))
