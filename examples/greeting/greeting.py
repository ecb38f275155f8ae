"""The Lambda handler: takes the request apart, asks the logic, puts the response together."""

import json
import os
from urllib.parse import unquote

import requests

from phrases import greet


def lambda_handler(event, context):
    # API Gateway hands path parameters on as they stand in the URL, still percent-encoded.
    name = (event.get("pathParameters") or {}).get("name")
    message = greet(unquote(name) if name else None, word())
    return {
        "statusCode": 200,
        "headers": {"content-type": "application/json; charset=utf-8"},
        "body": json.dumps({"message": message}, ensure_ascii=False),
    }


def word():
    """The word to greet with: whatever GREETING_URL answers, where it is set."""
    url = os.environ.get("GREETING_URL")
    return requests.get(url, timeout=2).text.strip() if url else "Hello"
