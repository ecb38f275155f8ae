"""The whole life of a small service, driven by botocore: a second implementation of AWS's protocols, strict about what it parses.

Arguments: the endpoint and an account id. Prints one JSON object of what it saw.
"""

import io
import json
import sys
import urllib.error
import urllib.request
import zipfile

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, account = sys.argv[1:3]
session = botocore.session.get_session()
session.set_credentials(account, "local")


def client(service):
    config = Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"})
    return session.create_client(service, region_name="eu-west-1", endpoint_url=endpoint, config=config)


iam, sts, logs, s3, functions, gateway = (client(name) for name in ("iam", "sts", "logs", "s3", "lambda", "apigateway"))
seen = {}


def refused(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
    return "answered"


def package(text):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("greeting.py", f"import json\ndef handler(event, context):\n    return {{'statusCode': 200, 'body': json.dumps([{text!r}, event['path']])}}\n")
    return buffer.getvalue()


def call(url):
    try:
        with urllib.request.urlopen(url) as answer:
            return [answer.status, json.loads(answer.read())]
    except urllib.error.HTTPError as error:
        return [error.code, json.loads(error.read())]


seen["account"] = sts.get_caller_identity()["Account"]
trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
role = iam.create_role(RoleName="greeting", AssumeRolePolicyDocument=json.dumps(trust), Tags=[{"Key": "a", "Value": "b"}])["Role"]
seen["role"] = iam.get_role(RoleName="greeting")["Role"]["AssumeRolePolicyDocument"] == trust
seen["role twice"] = refused(iam.create_role, RoleName="greeting", AssumeRolePolicyDocument=json.dumps(trust))

logs.create_log_group(logGroupName="/greeting", tags={"a": "b"})
logs.put_retention_policy(logGroupName="/greeting", retentionInDays=30)
group = logs.describe_log_groups(logGroupNamePrefix="/greeting")["logGroups"][0]
seen["log group"] = [group["retentionInDays"], logs.list_tags_for_resource(resourceArn=group["logGroupArn"])["tags"]]
seen["log group twice"] = refused(logs.create_log_group, logGroupName="/greeting")

s3.create_bucket(Bucket=f"packages-{account}", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
s3.put_object(Bucket=f"packages-{account}", Key="a/b c.zip", Body=package("from S3"))
seen["objects"] = [item["Key"] for item in s3.list_objects_v2(Bucket=f"packages-{account}")["Contents"]]
seen["object missing"] = refused(s3.get_object, Bucket=f"packages-{account}", Key="none")

function = functions.create_function(FunctionName="greeting", Runtime="python3.13", Role=role["Arn"], Handler="greeting.handler", Code={"ZipFile": package("one")})
seen["state at first"] = function["State"]
functions.get_waiter("function_active_v2").wait(FunctionName="greeting", WaiterConfig={"Delay": 0.1})
seen["function twice"] = refused(functions.create_function, FunctionName="greeting", Runtime="python3.13", Role=role["Arn"], Handler="greeting.handler", Code={"ZipFile": package("one")})
version = functions.publish_version(FunctionName="greeting", CodeSha256=function["CodeSha256"])["Version"]
alias = functions.create_alias(FunctionName="greeting", Name="live", FunctionVersion=version)["AliasArn"]
functions.get_waiter("published_version_active").wait(FunctionName="greeting", Qualifier=version, WaiterConfig={"Delay": 0.1})
invoked = functions.invoke(FunctionName="greeting", Qualifier="live", Payload=json.dumps({"path": "/x"}))
seen["invoked"] = [invoked["StatusCode"], invoked["ExecutedVersion"], json.loads(invoked["Payload"].read())["body"]]
seen["function missing"] = refused(functions.get_function, FunctionName="none")

api = gateway.create_rest_api(name="greeting", endpointConfiguration={"types": ["REGIONAL"]}, tags={"a": "b"})
root = gateway.get_resources(restApiId=api["id"], embed=["methods"])["items"][0]["id"]
resource = gateway.create_resource(restApiId=api["id"], parentId=root, pathPart="greeting")["id"]
gateway.put_method(restApiId=api["id"], resourceId=resource, httpMethod="GET", authorizationType="NONE")
uri = f"arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{function['FunctionArn']}:${{stageVariables.alias}}/invocations"
gateway.put_integration(restApiId=api["id"], resourceId=resource, httpMethod="GET", type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
deployment = gateway.create_deployment(restApiId=api["id"])["id"]
stage = gateway.create_stage(restApiId=api["id"], stageName="prod", deploymentId=deployment, variables={"alias": "live"})
seen["stage"] = [stage["stageName"], stage["variables"], type(stage["createdDate"]).__name__]
url = f"{endpoint}/restapis/{api['id']}/prod/_user_request_/greeting"
seen["without permission"] = call(url)
functions.add_permission(FunctionName="greeting", Qualifier="live", StatementId="api", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com", SourceArn=f"arn:aws:execute-api:eu-west-1:{account}:{api['id']}/prod/*")
seen["answer"] = call(url)

functions.update_function_code(FunctionName="greeting", S3Bucket=f"packages-{account}", S3Key="a/b c.zip")
functions.get_waiter("function_updated_v2").wait(FunctionName="greeting", WaiterConfig={"Delay": 0.1})
second = functions.publish_version(FunctionName="greeting")["Version"]
seen["answer before the alias moves"] = call(url)
functions.get_waiter("published_version_active").wait(FunctionName="greeting", Qualifier=second, WaiterConfig={"Delay": 0.1})
functions.update_alias(FunctionName="greeting", Name="live", FunctionVersion=second)
seen["answer after"] = call(url)

gateway.create_deployment(restApiId=api["id"], stageName="prod", canarySettings={"percentTraffic": 50.0, "stageVariableOverrides": {"alias": "live"}})
stage = gateway.get_stage(restApiId=api["id"], stageName="prod")
seen["canary"] = [stage["canarySettings"]["percentTraffic"], stage["deploymentId"] == deployment]
gateway.update_stage(restApiId=api["id"], stageName="prod", patchOperations=[{"op": "remove", "path": "/canarySettings"}])

gateway.delete_rest_api(restApiId=api["id"])
functions.delete_function(FunctionName="greeting")
iam.delete_role(RoleName="greeting")
seen["left"] = [len(gateway.get_rest_apis()["items"]), len(functions.list_functions()["Functions"]), len(iam.list_roles()["Roles"])]
print(json.dumps(seen))
