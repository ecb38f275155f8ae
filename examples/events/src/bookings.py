"""Bookings. Nothing is stored: a booking's id is made from what was booked, and carries it."""

import base64
import binascii
import json

from catalogue import NotFound, event, session


class Refused(Exception):
    """The booking makes no sense; the message says why."""


def book(event_id, wish, currency):
    """Books seats in one session; `wish` is what the caller sent."""
    seats = wish.get("seats")
    if type(seats) is not int or not 1 <= seats <= 10:
        raise Refused("seats must be a number from 1 to 10")
    if "session" not in wish:
        raise Refused("session is missing")
    found = session(event_id, wish["session"])
    if found["seats"] - found["taken"] < seats:
        raise Refused(f"only {found['seats'] - found['taken']} seats are left")
    return _booking(event_id, {"session": wish["session"], "seats": seats}, currency)


def find(event_id, booking_id, currency):
    """The booking that an id stands for."""
    try:
        wish = json.loads(base64.urlsafe_b64decode(booking_id + "=" * (-len(booking_id) % 4)))
        session(event_id, wish["session"])
    except (binascii.Error, ValueError, KeyError, TypeError) as error:
        raise NotFound(f"no booking {booking_id}") from error
    return _booking(event_id, wish, currency)


def _booking(event_id, wish, currency):
    packed = json.dumps(wish, sort_keys=True, separators=(",", ":")).encode()
    return {
        "id": base64.urlsafe_b64encode(packed).decode().rstrip("="),
        "event": event_id,
        **wish,
        "total": f"{wish['seats'] * event(event_id)['price']} {currency}",
    }
