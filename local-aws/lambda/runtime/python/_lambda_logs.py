"""What the runtime and the logging module write, in the forms of Lambda's own runtime client (awslambdaric 3.0.2, bootstrap.py)."""

import json
import logging
import os
import time
import traceback


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
