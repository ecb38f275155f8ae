"""The book function: everything that changes a booking."""

import os

import bookings
from http_api import answer, body, parameters


def handler(event, context):
    return answer(lambda: act(event, parameters(event), os.environ.get("CURRENCY", "EUR")))


def act(event, given, currency):
    """Status and value for one call."""
    method = event["httpMethod"]
    if method == "POST":
        return 201, bookings.book(given["id"], body(event), currency)
    found = bookings.find(given["id"], given["booking"], currency)
    if method == "GET":
        return 200, found
    if method == "PUT":
        return 200, bookings.book(given["id"], {"session": found["session"], **body(event)}, currency)
    return 204, None
