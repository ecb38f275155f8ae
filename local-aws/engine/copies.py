"""Copies of what the engine keeps of one account: GET /_local-aws/copies/{account} gives one, PUT puts it back.

Every service of the engine keeps its accounts in stores of two classes, whose keys begin with the account. A copy holds the account's
entries of all of them at once, so that what two stores share is shared again when it is put back.
"""

import importlib
import pickle
import sys

from ministack.core.responses import AccountRegionScopedDict, AccountScopedDict

PREFIX = "/_local-aws/copies/"


def with_copies(app):
    """The engine's application, with copies before it."""

    async def application(scope, receive, send):
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            return await app(scope, receive, send)
        account = scope["path"][len(PREFIX) :]
        body = await _body(receive)
        answer = copy_of(account) if scope["method"] == "GET" else put_back(account, body)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(answer)).encode())]})
        await send({"type": "http.response.body", "body": answer})

    return application


def copy_of(account: str) -> bytes:
    entries = {name: {key: value for key, value in store.items() if key[0] == account} for name, store in _stores().items()}
    return pickle.dumps({name: held for name, held in entries.items() if held})


def put_back(account: str, copy: bytes) -> bytes:
    entries = pickle.loads(copy)
    for module, _ in entries:
        importlib.import_module(module)
    stores = _stores()
    for store in stores.values():
        for key in [key for key in store if key[0] == account]:
            del store[key]
    for name, held in entries.items():
        stores[name].update(held)
    return b""


def _stores() -> dict:
    """The stores of all services that were used so far, by module and name."""
    modules = [(name, module) for name, module in list(sys.modules.items()) if name.startswith("ministack.services.")]
    return {
        (name, attribute): value._data
        for name, module in modules
        for attribute, value in vars(module).items()
        if isinstance(value, (AccountScopedDict, AccountRegionScopedDict))
    }


async def _body(receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body
