"""Runs a Python handler as Lambda's own runtime client does (awslambdaric 3.0.2, bootstrap.py, whose rules are carried over).

Talks JSON lines with local AWS over the socket that --channel names. What the handler prints goes to standard output;
records whose end must be known (logging, errors, "done") are framed in it by a token that only this process knows.
"""

import decimal
import importlib
import importlib.machinery
import json
import logging
import os
import socket
import sys
import time
import traceback

_TASK_ROOT_SHOWN = "/var/task"


class Fault(Exception):
    def __init__(self, kind, message, trace=None):
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.trace = trace or []


class Sink:
    """Writes framed records to standard output, past whatever the handler put in sys.stdout's place; Python runs unbuffered (-u), so the order is kept."""

    def __init__(self, token):
        self.token = token.encode()

    def frame(self, kind, text=""):
        body = text.encode("utf8", "surrogateescape")
        data = b"\x1e" + self.token + f" {kind} {len(body)}\n".encode() + body
        while data:
            data = data[os.write(1, data):]

    def log(self, text):
        self.frame("log", text)


class Handler(logging.Handler):
    def __init__(self, sink):
        super().__init__()
        self.log_sink = sink

    def emit(self, record):
        self.log_sink.log(self.format(record))


class RequestFilter(logging.Filter):
    request_id = ""

    def filter(self, record):
        record.aws_request_id = RequestFilter.request_id
        return True


class JsonFormatter(logging.Formatter):
    converter = time.gmtime

    def format(self, record):
        result = {
            "timestamp": self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            "requestId": record.aws_request_id or None,
        }
        if record.exc_info:
            result["stackTrace"] = traceback.format_tb(record.exc_info[2])
            result["errorType"] = record.exc_info[0].__name__
            result["errorMessage"] = str(record.exc_info[1])
            result["location"] = f"{record.pathname}:{record.funcName}:{record.lineno}"
        reserved = logging.makeLogRecord({}).__dict__
        result.update({k: v for k, v in record.__dict__.items() if k not in reserved and k not in ("aws_request_id", "message", "asctime")})
        return json.dumps({k: v for k, v in result.items() if v is not None}, ensure_ascii=False, default=str) + "\n"


class Bag:
    """A part of the context; a member that was not sent is None."""

    def __init__(self, members):
        self.__dict__.update(members)

    def __getattr__(self, name):
        return None


class Context:
    def __init__(self, request, sink):
        self.aws_request_id = request["requestId"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = request["functionArn"]
        client = request.get("clientContext")
        self.client_context = Bag({**client, "client": Bag(client["client"]) if client.get("client") else None}) if client else None
        self.identity = Bag({})
        self._deadline = request["deadlineMs"]
        self._sink = sink

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        self._sink.log(str(message))


class Encoder(json.JSONEncoder):
    def default(self, value):
        if isinstance(value, decimal.Decimal):
            whole = value.is_finite() and value.as_tuple().exponent >= 0
            return int(value) if whole else float(value)
        if isinstance(value, bytes):
            return value.decode("utf8")
        return super().default(value)


class SdkFinder:
    """Finds the SDK that Lambda's Python runtimes bring with them, after everything else, where this machine's Python has it."""

    names = {"boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six", "urllib3"}

    def __init__(self, folders, sink):
        self.folders = folders
        self.sink = sink

    def find_spec(self, name, path=None, target=None):
        if path is not None or name not in self.names:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, self.folders)
        if spec is None and name in ("boto3", "botocore"):
            self.sink.log(f"[LOCAL AWS] The runtime on AWS brings {name} with it, the Python of this machine does not: pip install {name} there, or ship it.\n")
        return spec


def set_up_logging(sink):
    logging.Formatter.converter = time.gmtime
    handler = Handler(sink)
    if os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON":
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(logging.Formatter("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S"))
    level = {"TRACE": "DEBUG", "WARN": "WARNING", "FATAL": "CRITICAL"}.get(os.environ.get("AWS_LAMBDA_LOG_LEVEL"), os.environ.get("AWS_LAMBDA_LOG_LEVEL"))
    if level:
        logging.getLogger().setLevel(level)
    handler.addFilter(RequestFilter())
    logging.getLogger().addHandler(handler)


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


def shown(path):
    """Where the file would be on AWS."""
    return path.replace(os.environ["LAMBDA_TASK_ROOT"], _TASK_ROOT_SHOWN)


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
    return {"errorMessage": message or "", "errorType": kind, "requestId": request_id, "stackTrace": trace}


def log_error(error, sink):
    if os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON":
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        return sink.log(json.dumps({"timestamp": stamp, "log_level": "ERROR", **error}, ensure_ascii=False))
    message = f": {error['errorMessage']}" if error["errorMessage"] else ""
    lines = [f"[ERROR] {error['errorType']}{message}", "Traceback (most recent call last):"]
    for element in error["stackTrace"]:
        for line in element.splitlines():
            rest = line.lstrip(" ")
            lines.append("\u00a0" * (len(line) - len(rest)) + rest)
    sink.log("\n".join(lines))


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
    sys.meta_path.append(SdkFinder(setting["sdk"], sink))

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
