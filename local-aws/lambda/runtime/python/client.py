"""Runs a Python handler as Lambda's own runtime client does (awslambdaric 3.0.2, bootstrap.py, whose rules are carried over).

Talks JSON lines with local AWS over the socket that --channel names. What the handler prints goes to standard output;
records whose end must be known (logging, errors, "done") are framed in it by a token that only this process knows.
"""

import importlib
import json
import os
import socket
import sys
import traceback

sys.path.insert(0, os.path.dirname(__file__))
from _lambda_logs import RequestFilter, Sink, log_error, set_up_logging  # noqa: E402
from _lambda_values import Context, Encoder  # noqa: E402

del sys.path[0]

_TASK_ROOT_SHOWN = "/var/task"


class Fault(Exception):
    def __init__(self, kind, message, trace=None):
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.trace = trace or []


def load_handler(name):
    module_name, dot, function_name = name.rpartition(".")
    if not dot:
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)")
    try:
        if module_name.split(".")[0] in sys.builtin_module_names:
            raise Fault("Runtime.BuiltInModuleConflict", f"Cannot use built-in module {module_name} as a handler module")
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}")
    except SyntaxError as error:
        trace = ['  File "%s" Line %s\n    %s' % (shown(error.filename or ""), error.lineno, error.text)]
        raise Fault("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", trace)
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Fault("Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'")


def shown(text):
    """A path, or a text with paths, as it would be on AWS."""
    return text.replace(os.environ["LAMBDA_TASK_ROOT"], _TASK_ROOT_SHOWN)


def error_of(request_id):
    kind, value, trace = sys.exc_info()
    if isinstance(value, Fault):
        return make_error(value.message, value.kind, value.trace, request_id)
    frames = traceback.extract_tb(trace)
    while frames and frames[0].filename == __file__:
        frames = frames[1:]
    listed = traceback.format_list([(shown(f.filename), f.lineno, f.name, f.line) for f in frames])
    return make_error(str(value), kind.__name__, listed, request_id)


def make_error(message, kind, trace, request_id):
    return {"errorMessage": shown(message or ""), "errorType": kind, "requestId": request_id, "stackTrace": trace}


def handle(function, request, sink):
    RequestFilter.request_id = request["requestId"]
    os.environ["_X_AMZN_TRACE_ID"] = request["traceId"]
    try:
        try:
            event = json.loads(request["payload"])
        except Exception as error:
            raise Fault("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}")
        result = function(event, Context(request, sink))
        if isinstance(result, bytes):
            return {"payload": result.decode("utf8", "replace")}
        try:
            return {"payload": json.dumps(result, cls=Encoder, ensure_ascii=sys.version_info < (3, 12))}
        except Exception as error:
            raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}")
    except Exception:
        error = error_of(request["requestId"])
        log_error(error, sink)
        return {"error": error}


def main():
    channel = socket.socket(fileno=int(sys.argv[sys.argv.index("--channel") + 1]))
    os.set_inheritable(channel.fileno(), False)
    reader = channel.makefile("r", encoding="utf8")
    setting = json.loads(reader.readline())
    os.dup2(1, 2)
    sink = Sink(setting["token"])
    sys.argv[:] = [""]
    sys.path[:0] = setting["path"]

    def send(message):
        channel.sendall((json.dumps(message) + "\n").encode())
        sink.frame("done")

    set_up_logging(sink)
    try:
        function = load_handler(setting["handler"])
    except Exception:
        error = error_of("")
        log_error(error, sink)
        send({"initError": error})
        os._exit(1)
    send({"ready": True})
    for line in reader:
        send(handle(function, json.loads(line), sink))


main()
