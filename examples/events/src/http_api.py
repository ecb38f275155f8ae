"""Between API Gateway's events and plain functions."""

import json
from urllib.parse import unquote

from bookings import Refused
from catalogue import NotFound


def parameters(event):
    """The path parameters, decoded: API Gateway hands them on as they stand in the URL."""
    return {name: unquote(value) for name, value in (event.get("pathParameters") or {}).items()}


def body(event):
    """The JSON object that the caller sent."""
    try:
        value = json.loads(event.get("body") or "")
    except ValueError as error:
        raise Refused("the body is not JSON") from error
    if not isinstance(value, dict):
        raise Refused("the body is not a JSON object")
    return value


def answer(work):
    """Runs `work`, which gives a status and a value, and turns what it says or raises into a response."""
    try:
        status, value = work()
    except NotFound as error:
        status, value = 404, {"message": str(error)}
    except Refused as error:
        status, value = 400, {"message": str(error)}
    response = {"statusCode": status, "headers": {"content-type": "application/json"}}
    return response if value is None else {**response, "body": json.dumps(value)}
