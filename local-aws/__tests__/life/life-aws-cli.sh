#!/bin/sh
# The whole life of examples/greeting by the AWS CLI. Prints one JSON object of what it saw.
# Environment: AWS's own variables, GREETING (the example's folder), VENDORED (what it needs, installed).
set -eu
export AWS_DEFAULT_OUTPUT=text
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
region=$AWS_DEFAULT_REGION
account=$(aws sts get-caller-identity --query Account)
group=/aws/apigateway/greeting

# package WORD FILE: the example and what it needs, with another word to greet with
package() {
  rm -rf "$work/code" && mkdir "$work/code" && cp -R "$VENDORED/." "$GREETING/phrases.py" "$work/code/"
  sed "s/\"Hello\"/\"$1\"/" "$GREETING/greeting.py" > "$work/code/greeting.py"
  (cd "$work/code" && python -m zipfile -c "$2" ./*)
}

role() {
  trust='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"'$2'"},"Action":"sts:AssumeRole"}]}'
  aws iam create-role --role-name "$1" --assume-role-policy-document "$trust" --query Role.Arn
  aws iam attach-role-policy --role-name "$1" --policy-arn "arn:aws:iam::aws:policy/service-role/$3"
}

# call PATH: [status, message]
call() {
  python - "$AWS_ENDPOINT_URL/restapis/$api/prod/_user_request_$1" <<'PY'
import json, sys, urllib.error, urllib.request
try:
    answer = urllib.request.urlopen(sys.argv[1])
except urllib.error.HTTPError as error:
    answer = error
print(json.dumps([answer.status, json.loads(answer.read())["message"]]))
PY
}

# messages TRIES WANTED: the different messages of many calls, until there are as many as wanted
messages() {
  python - "$AWS_ENDPOINT_URL/restapis/$api/prod/_user_request_/greeting/Ada" "$1" "$2" <<'PY'
import json, sys, urllib.request
found = set()
for _ in range(int(sys.argv[2])):
    found.add(json.loads(urllib.request.urlopen(sys.argv[1]).read())["message"])
    if len(found) == int(sys.argv[3]):
        break
print(json.dumps(sorted(found)))
PY
}

# refused COMMAND...: the error's name
refused() {
  if words=$("$@" 2>&1); then echo '"answered"'; else echo "$words" | sed -n 's/.*An error occurred (\([A-Za-z]*\)).*/"\1"/p'; fi
}

# publish ALIAS: publishes and puts the alias on it
publish() {
  version=$(aws lambda publish-version --function-name greeting --query Version)
  aws lambda wait published-version-active --function-name greeting --qualifier "$version"
  aws lambda create-alias --function-name greeting --name "$1" --function-version "$version" > "$work/alias"
}

permit() {
  aws lambda add-permission --function-name greeting --qualifier "$1" --statement-id api --action lambda:InvokeFunction \
    --principal apigateway.amazonaws.com --source-arn "arn:aws:execute-api:$region:$account:$api/prod/*" > "$work/statement"
}

execution=$(role greeting lambda.amazonaws.com AWSLambdaBasicExecutionRole)
writer=$(role api-logs apigateway.amazonaws.com AmazonAPIGatewayPushToCloudWatchLogs)
aws apigateway update-account --patch-operations "op=replace,path=/cloudwatchRoleArn,value=$writer" > "$work/account"
aws logs create-log-group --log-group-name "$group"
aws logs put-retention-policy --log-group-name "$group" --retention-in-days 30
destination=$(aws logs describe-log-groups --log-group-name-prefix "$group" --query 'logGroups[0].logGroupArn')

package Hello "$work/hello.zip"
aws lambda create-function --function-name greeting --runtime python3.13 --role "$execution" --handler greeting.lambda_handler --zip-file "fileb://$work/hello.zip" > "$work/function"
aws lambda wait function-active-v2 --function-name greeting
publish live
twice=$(aws lambda publish-version --function-name greeting --query Version)

api=$(aws apigateway create-rest-api --name greeting --endpoint-configuration types=REGIONAL --query id)
parent=$(aws apigateway get-resources --rest-api-id "$api" --query 'items[0].id')
arn="arn:aws:lambda:$region:$account:function:greeting:"'${stageVariables.alias}'
for part in greeting '{name}'; do
  parent=$(aws apigateway create-resource --rest-api-id "$api" --parent-id "$parent" --path-part "$part" --query id)
  aws apigateway put-method --rest-api-id "$api" --resource-id "$parent" --http-method GET --authorization-type NONE > "$work/method"
  aws apigateway put-integration --rest-api-id "$api" --resource-id "$parent" --http-method GET --type AWS_PROXY \
    --integration-http-method POST --uri "arn:aws:apigateway:$region:lambda:path/2015-03-31/functions/$arn/invocations" > "$work/integration"
done
deployment=$(aws apigateway create-deployment --rest-api-id "$api" --query id)
aws apigateway create-stage --rest-api-id "$api" --stage-name prod --deployment-id "$deployment" --variables alias=live > "$work/stage"
cat > "$work/log.json" <<JSON
[{"op":"replace","path":"/accessLogSettings/destinationArn","value":"$destination"},
 {"op":"replace","path":"/accessLogSettings/format","value":"\$context.requestId \$context.httpMethod \$context.resourcePath \$context.status"}]
JSON
aws apigateway update-stage --rest-api-id "$api" --stage-name prod --patch-operations "file://$work/log.json" > "$work/stage"

denied=$(call /greeting)
permit live
ada=$(call /greeting/Ada)
everyone=$(call /greeting)
other=$(call /other)
line=
for _ in 1 2 3 4 5 6 7 8 9 10; do
  line=$(aws logs filter-log-events --log-group-name "$group" --query 'events[].message' | tr '\t' '\n' | sed -n 's|.* \(GET\) \(/greeting/{name}\) \([0-9]*\)|["\1", "\2", "\3"]|p')
  [ -z "$line" ] || break
done

stale=$(aws lambda get-function-configuration --function-name greeting --query RevisionId)
package Goodbye "$work/goodbye.zip"
aws lambda update-function-code --function-name greeting --zip-file "fileb://$work/goodbye.zip" > "$work/function"
aws lambda wait function-updated-v2 --function-name greeting
revision=$(refused aws lambda update-function-configuration --function-name greeting --timeout 10 --revision-id "$stale")
publish next
permit next
aws apigateway create-deployment --rest-api-id "$api" --stage-name prod --canary-settings percentTraffic=50.0,stageVariableOverrides={alias=next} > "$work/canary"
canary=$(messages 200 2)
aws apigateway update-stage --rest-api-id "$api" --stage-name prod --patch-operations \
  op=replace,path=/canarySettings/percentTraffic,value=0.0 \
  op=copy,from=/canarySettings/stageVariableOverrides,path=/variables \
  op=copy,from=/canarySettings/deploymentId,path=/deploymentId > "$work/stage"
aws apigateway update-stage --rest-api-id "$api" --stage-name prod --patch-operations op=remove,path=/canarySettings > "$work/stage"
promoted=$(messages 8 9)
aws apigateway update-stage --rest-api-id "$api" --stage-name prod --patch-operations \
  "op=replace,path=/deploymentId,value=$deployment" op=replace,path=/variables/alias,value=live > "$work/stage"
back=$(messages 8 9)
busy=$(refused aws apigateway delete-deployment --rest-api-id "$api" --deployment-id "$deployment")

aws apigateway delete-stage --rest-api-id "$api" --stage-name prod
aws apigateway delete-rest-api --rest-api-id "$api"
aws lambda delete-function --function-name greeting > "$work/deleted"
aws logs delete-log-group --log-group-name "$group"
aws iam detach-role-policy --role-name greeting --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
aws iam detach-role-policy --role-name api-logs --policy-arn arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs
aws iam delete-role --role-name greeting
aws iam delete-role --role-name api-logs
apis=$(aws apigateway get-rest-apis --query 'length(items || `[]`)')
functions=$(aws lambda list-functions --query 'length(Functions)')
roles=$(aws iam list-roles --query 'length(Roles)')

cat <<JSON
{"without permission": $denied, "greeting": $ada, "everyone": $everyone, "other path": $other, "access log": $line,
 "published twice": "$twice", "stale revision": $revision, "canary": $canary, "promoted": $promoted, "rolled back": $back,
 "deployment in use": $busy, "left": [$apis, $functions, $roles]}
JSON
