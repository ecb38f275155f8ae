"""The whole life of examples/greeting by plain calls of boto3. Prints one JSON object of what it saw.

Environment: AWS's own variables, GREETING (the example's folder), VENDORED (what it needs, installed).
"""

import io
import json
import os
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

region = os.environ["AWS_DEFAULT_REGION"]
endpoint = os.environ["AWS_ENDPOINT_URL"]
config = Config(retries={"max_attempts": 1})
iam, logs, functions, gateway = (boto3.client(name, config=config) for name in ("iam", "logs", "lambda", "apigateway"))
account = boto3.client("sts").get_caller_identity()["Account"]
seen = {}


def refused(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "answered"


def package(word):
    """The example and what it needs, with another word to greet with."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("greeting.py", Path(os.environ["GREETING"], "greeting.py").read_text().replace('"Hello"', f'"{word}"'))
        archive.write(Path(os.environ["GREETING"], "phrases.py"), "phrases.py")
        vendored = Path(os.environ["VENDORED"])
        for path in sorted(vendored.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                archive.write(path, path.relative_to(vendored))
    return buffer.getvalue()


def role(name, service, policy):
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    iam.attach_role_policy(RoleName=name, PolicyArn=policy)
    return arn, policy


def call(path):
    try:
        with urllib.request.urlopen(url + path) as answer:
            return [answer.status, json.loads(answer.read())["message"]]
    except urllib.error.HTTPError as error:
        return [error.code, json.loads(error.read())["message"]]


def messages(wanted, tries=200):
    """The different messages of many calls, which must become exactly the wanted ones."""
    found = set()
    for _ in range(tries):
        found.add(call("/greeting/Ada")[1])
        if found == set(wanted):
            break
    return sorted(found)


def publish(alias, create):
    version = functions.publish_version(FunctionName="greeting")["Version"]
    functions.get_waiter("published_version_active").wait(FunctionName="greeting", Qualifier=version, WaiterConfig={"Delay": 1})
    if create:
        functions.create_alias(FunctionName="greeting", Name=alias, FunctionVersion=version)
    return version


def permit(alias):
    source = f"arn:aws:execute-api:{region}:{account}:{api}/prod/*"
    functions.add_permission(FunctionName="greeting", Qualifier=alias, StatementId="api", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com", SourceArn=source)


execution, basic = role("greeting", "lambda.amazonaws.com", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")
writer, push = role("api-logs", "apigateway.amazonaws.com", "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs")
gateway.update_account(patchOperations=[{"op": "replace", "path": "/cloudwatchRoleArn", "value": writer}])
logs.create_log_group(logGroupName="/aws/apigateway/greeting")
logs.put_retention_policy(logGroupName="/aws/apigateway/greeting", retentionInDays=30)
group = logs.describe_log_groups(logGroupNamePrefix="/aws/apigateway/greeting")["logGroups"][0]["logGroupArn"]

functions.create_function(FunctionName="greeting", Runtime="python3.13", Role=execution, Handler="greeting.lambda_handler", Code={"ZipFile": package("Hello")})
functions.get_waiter("function_active_v2").wait(FunctionName="greeting")
first = publish("live", create=True)
seen["published twice"] = functions.publish_version(FunctionName="greeting")["Version"]

api = gateway.create_rest_api(name="greeting", endpointConfiguration={"types": ["REGIONAL"]})["id"]
parent = gateway.get_resources(restApiId=api)["items"][0]["id"]
arn = f"arn:aws:lambda:{region}:{account}:function:greeting:${{stageVariables.alias}}"
for part in ("greeting", "{name}"):
    parent = gateway.create_resource(restApiId=api, parentId=parent, pathPart=part)["id"]
    gateway.put_method(restApiId=api, resourceId=parent, httpMethod="GET", authorizationType="NONE")
    uri = f"arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{arn}/invocations"
    gateway.put_integration(restApiId=api, resourceId=parent, httpMethod="GET", type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
deployment = gateway.create_deployment(restApiId=api)["id"]
gateway.create_stage(restApiId=api, stageName="prod", deploymentId=deployment, variables={"alias": "live"})
form = json.dumps({"requestId": "$context.requestId", "method": "$context.httpMethod", "path": "$context.resourcePath", "status": "$context.status"})
settings = {"/accessLogSettings/destinationArn": group, "/accessLogSettings/format": form}
gateway.update_stage(restApiId=api, stageName="prod", patchOperations=[{"op": "replace", "path": path, "value": value} for path, value in settings.items()])
url = f"{endpoint}/restapis/{api}/prod/_user_request_"

seen["without permission"] = call("/greeting")
permit("live")
seen["greeting"] = call("/greeting/Ada")
seen["everyone"] = call("/greeting")
seen["other path"] = call("/other")
lines = []
for _ in range(100):
    events = logs.filter_log_events(logGroupName="/aws/apigateway/greeting")["events"]
    lines = [json.loads(event["message"]) for event in events]
    if any(line["path"] == "/greeting/{name}" for line in lines):
        break
    time.sleep(0.1)
seen["access log"] = next([line["method"], line["path"], line["status"]] for line in lines if line["path"] == "/greeting/{name}")

stale = functions.get_function_configuration(FunctionName="greeting")["RevisionId"]
functions.update_function_code(FunctionName="greeting", ZipFile=package("Goodbye"))
functions.get_waiter("function_updated_v2").wait(FunctionName="greeting")
seen["stale revision"] = refused(functions.update_function_configuration, FunctionName="greeting", Timeout=10, RevisionId=stale)
second = publish("next", create=True)
permit("next")
gateway.create_deployment(restApiId=api, stageName="prod", canarySettings={"percentTraffic": 50.0, "stageVariableOverrides": {"alias": "next"}})
seen["canary"] = messages(["Hello, Ada!", "Goodbye, Ada!"])
promotion = [
    {"op": "replace", "path": "/canarySettings/percentTraffic", "value": "0.0"},
    {"op": "copy", "from": "/canarySettings/stageVariableOverrides", "path": "/variables"},
    {"op": "copy", "from": "/canarySettings/deploymentId", "path": "/deploymentId"},
]
gateway.update_stage(restApiId=api, stageName="prod", patchOperations=promotion)
gateway.update_stage(restApiId=api, stageName="prod", patchOperations=[{"op": "remove", "path": "/canarySettings"}])
seen["promoted"] = messages([], tries=8)
back = [{"op": "replace", "path": "/deploymentId", "value": deployment}, {"op": "replace", "path": "/variables/alias", "value": "live"}]
gateway.update_stage(restApiId=api, stageName="prod", patchOperations=back)
seen["rolled back"] = messages([], tries=8)
seen["deployment in use"] = refused(gateway.delete_deployment, restApiId=api, deploymentId=deployment)

gateway.delete_stage(restApiId=api, stageName="prod")
gateway.delete_rest_api(restApiId=api)
functions.delete_function(FunctionName="greeting")
logs.delete_log_group(logGroupName="/aws/apigateway/greeting")
for name, policy in (("greeting", basic), ("api-logs", push)):
    iam.detach_role_policy(RoleName=name, PolicyArn=policy)
    iam.delete_role(RoleName=name)
seen["left"] = [len(gateway.get_rest_apis()["items"]), len(functions.list_functions()["Functions"]), len(iam.list_roles()["Roles"])]
print(json.dumps(seen))
