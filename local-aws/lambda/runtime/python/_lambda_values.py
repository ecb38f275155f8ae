"""What goes into a handler and comes out of it: context and JSON (awslambdaric 3.0.2, lambda_context.py and lambda_runtime_marshaller.py)."""

import decimal
import json
import os
import time


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
