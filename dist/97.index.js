export const id = 97;
export const ids = [97];
export const modules = {

/***/ 980:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  c: () => (/* reexport */ isDenial),
  b: () => (/* binding */ textOf)
});

;// CONCATENATED MODULE: ./src/aws/readings/reading.ts
const titles = {
    lambda: 'Lambda',
    apigateway: 'API Gateway',
    logs: 'CloudWatch Logs',
    iam: 'IAM',
    sts: 'STS',
    s3: 'S3',
};
function serviceOf({ operation }) {
    return operation.split(':')[0] ?? '';
}
/** `GetFunction (Lambda)`. */
function callName(call) {
    const service = serviceOf(call);
    return `${call.operation.slice(service.length + 1)} (${titles[service] ?? service})`;
}
/** The plain sentence, with AWS's own words. */
function refused(call) {
    return `AWS refused ${callName(call)}: ${call.detail}`;
}

;// CONCATENATED MODULE: ./src/aws/readings/connection.ts

/** What went wrong on the way to AWS, which has not been asked then. */
const connectionReadings = [
    {
        fits: ({ isUnanswered }) => isUnanswered,
        text: (call) => ({
            what: `AWS did not answer ${callName(call)}: ${call.detail || call.code}`,
            cure: 'Check the Region and AWS_ENDPOINT_URL, if it is set, and whether the runner reaches the internet; then run the job again.',
        }),
    },
    {
        fits: ({ transport }) => /CERT|UNABLE_TO|SELF_SIGNED|ERR_TLS|ERR_PROXY|ERR_SSL/.test(transport),
        text: (call) => ({
            what: `There is no safe connection to AWS for ${callName(call)}: ${call.detail}`,
            why: `Node says ${call.transport}: most likely a proxy or a certificate on the way from the runner.`,
            cure: 'Check HTTPS_PROXY and NO_PROXY, and let NODE_EXTRA_CA_CERTS name the certificate of a proxy that opens connections.',
        }),
    },
];
/** Whatever else was thrown before an answer came: of the SDK or of Node, and never AWS's word. */
const unsentReading = {
    fits: ({ status }) => status === undefined,
    text: (call) => ({
        what: `AWS was not asked for ${callName(call)}: ${call.detail || call.code}`,
        why: `The error is the SDK's or Node's own (${call.transport || call.code}); no request was sent.`,
        cure: 'Check the step\'s environment variables that begin with AWS_, and the files that they name.',
    }),
};

;// CONCATENATED MODULE: ./src/aws/readings/credentials.ts

const configure = 'Run aws-actions/configure-aws-credentials in a step before this one, with `permissions: id-token: write`';
const longer = 'a job longer than the session needs a longer role-duration-seconds';
const docs = 'permissions.md';
/** What is wrong with the credentials: there are none, or AWS does not take them. */
const credentialReadings = [
    {
        fits: ({ status, transport, env }) => status === undefined && isFileError(transport) && isSet(env['AWS_WEB_IDENTITY_TOKEN_FILE']),
        text: ({ detail }) => ({
            what: `There are no AWS credentials: ${detail}`,
            why: 'AWS_WEB_IDENTITY_TOKEN_FILE names the file with the token that AWS is to trade for credentials, and it cannot be read.',
            cure: `Let this step see that file, or unset AWS_WEB_IDENTITY_TOKEN_FILE. ${configure}.`,
            docs,
        }),
    },
    {
        // Both in one environment: "This SDK will proceed with the AWS_PROFILE value" (warning of @aws-sdk/credential-provider-node).
        fits: ({ code, env }) => code === 'CredentialsProviderError' && isSet(env['AWS_PROFILE']),
        text: ({ env, detail }) => ({
            what: `There are no AWS credentials in the profile ${JSON.stringify(env['AWS_PROFILE'])}.`,
            why: `AWS_PROFILE names it, and the SDK prefers it to AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. It says: ${detail}.`,
            cure: "Unset AWS_PROFILE for this step (env: { AWS_PROFILE: '' }), or give the profile credentials.",
            docs,
        }),
    },
    {
        fits: ({ code }) => code === 'CredentialsProviderError',
        text: ({ detail }) => ({
            what: 'There are no AWS credentials.',
            why: `The SDK says: ${detail}.`,
            cure: `${configure}; ${longer}.`,
            docs,
        }),
    },
    {
        // The SDK trades the token of a web identity when it is first asked for credentials, and STS may refuse.
        fits: ({ detail }) => /perform:? sts:AssumeRole\w*/.test(detail),
        text: (call) => ({
            what: `AWS does not hand out credentials for ${callName(call)}: ${call.detail}`,
            why: 'The role does not trust the token that this step brings.',
            cure: "Check the role's trust policy against the token's `sub`, and AWS_ROLE_ARN.",
            docs: 'permissions.md#the-role',
        }),
    },
    {
        fits: ({ code }) => /ExpiredToken/.test(code),
        text: ({ detail }) => ({ what: `AWS does not accept the credentials: ${detail}`, cure: `${configure}; ${longer}.`, docs }),
    },
    {
        fits: ({ code }) => /InvalidClientTokenId|UnrecognizedClient/.test(code),
        text: invalidToken,
    },
    {
        fits: ({ code }) => /InvalidSignature|SignatureDoesNotMatch|IncompleteSignature/.test(code),
        text: ({ detail }) => ({
            what: `AWS does not accept the credentials: ${detail}`,
            why: 'The secret key does not belong to the key id, or something on the way has changed the request.',
            cure: `${configure}; where keys are stored as secrets, store both anew, without a line break.`,
            docs,
        }),
    },
];
/**
 * One text for several causes: keys that are gone, and a Region that does not know the token. Tokens of STS's global endpoint hold in
 * Regions that are enabled by default only (IAM user guide, "Manage AWS STS in an AWS Region"; aws-actions/configure-aws-credentials#681).
 */
function invalidToken({ detail, env }) {
    const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
    return {
        what: `AWS does not accept the credentials: ${detail}`,
        why: `The key is gone or of another partition; or ${isSet(region) ? region : 'the Region'} is one that an account must enable: ` +
            'then it is not enabled, or the token came from the global endpoint of STS, which such a Region does not know.',
        cure: `${configure}. A Region that must be enabled: enable it for the account, and give configure-aws-credentials ` +
            'the same aws-region, so that it asks STS there.',
        docs,
    };
}
function isFileError(transport) {
    return /^(ENOENT|EACCES|EPERM|EISDIR|ENOTDIR)$/.test(transport);
}
function isSet(value) {
    return value !== undefined && value !== '';
}

;// CONCATENATED MODULE: ./src/aws/readings/denials.ts

/** S3 has actions of other names than its operations (service authorization reference, S3), and does not always name the missing one. */
const actionNames = { 's3:ListObjectsV2': 's3:ListBucket' };
/**
 * Which kind of policy denies, and who can change it. AWS names the kind of policy: "… because no <kind> allows the … action" or
 * "… with an explicit deny in a <kind>" (IAM user guide, "Troubleshoot access denied error messages").
 */
const denyingPolicies = [
    {
        kind: /(service|resource) control policy/,
        cure: (lacking) => `Ask whoever keeps your AWS organization's policies to allow ${lacking} for this role. No policy of the role can.`,
    },
    {
        kind: /permissions boundary/,
        cure: (lacking) => `Ask whoever keeps the role's permissions boundary to allow ${lacking} in it, too. No other policy of the role can.`,
    },
    {
        kind: /session policy/,
        cure: (lacking) => `Allow ${lacking} in the session policy, too: inline-session-policy or managed-session-policies of configure-aws-credentials.`,
    },
    {
        kind: /VPC endpoint policy/,
        cure: (lacking) => `Allow ${lacking} in the policy of the VPC endpoint by which the runner reaches AWS.`,
    },
    {
        kind: /explicit deny in an identity-based policy/,
        cure: (lacking) => `A statement with "Effect": "Deny" in a policy of the role forbids ${lacking}: narrow it. No Allow can help.`,
    },
    {
        kind: /resource-based policy/,
        cure: (lacking) => `Check the name, account and Region in it; where they are right, its owner must allow ${lacking} for this account.`,
    },
];
/** AWS knows who asks, and does not allow it. */
const denialReadings = [
    {
        // A bucket answers in its own Region alone, and HEAD without words (S3 API reference, HeadBucket).
        fits: (call) => serviceOf(call) === 's3' && call.status === 301,
        text: (call) => ({
            what: `The bucket ${bucketOf(call).Bucket} is in another Region.`,
            why: `S3 answered ${call.operation.slice('s3:'.length)} with HTTP 301. Lambda takes packages from its own Region only.`,
            cure: "Name a bucket in the function's Region with `s3-bucket`.",
            docs: 'packaging.md#sizes',
        }),
    },
    { fits: ({ operation, status }) => status === 403 && /^s3:Head(Object|Bucket)$/.test(operation), text: wordlessDenial },
    {
        // Lambda reads from S3 with the caller's own rights, in any account (text: buildkite/elastic-ci-stack-for-aws#564).
        fits: (call) => isDenial(call) && unreadObject.test(call.detail),
        text: (call) => denial(call, `s3:GetObject on arn:aws:s3:::${unreadObject.exec(call.detail)?.[1]}`),
    },
    {
        // "because no resource-based policy allows the lambda:GetLayerVersion action" (aws-samples/sample-serverless-mcp-servers#19).
        fits: (call) => isDenial(call) && /lambda:GetLayerVersion/.test(call.detail) && /resource-based policy/.test(call.detail),
        text: (call) => ({
            ...denial(call, lackingOf(call)),
            cure: 'Check the ARN in `layers`: account, name, version and Region. Where it is right, its owner must share that version with ' +
                'this account (aws lambda add-layer-version-permission).',
        }),
    },
    { fits: isDenial, text: (call) => denial(call, lackingOf(call)) },
];
const unreadObject = /permission to GetObject for (\S+?)\.? S3 Error/;
/** Whether AWS denied a call. CloudWatch Logs says so with status 400, as all services of the JSON protocols do. */
function isDenial({ code, status, detail }) {
    return /AccessDenied|UnauthorizedOperation/.test(code) || (status === 403 && /not authorized/i.test(detail));
}
/** `iam:CreateRole on arn:…`. */
function lackingOf({ operation, detail }) {
    const denied = /to perform: (\S+)(?: on resource: (\S+))?/.exec(detail);
    return `${denied?.[1] ?? actionNames[operation] ?? operation}${denied?.[2] === undefined ? '' : ` on ${denied[2]}`}`;
}
/** The statement that allows it, as it stands in a policy; none where it is one of two, or where AWS does not say on what. */
function statementFor(lacking) {
    const [, Action, Resource] = /^([\w-]+:\w+) on (\S+)$/.exec(lacking) ?? [];
    return Action === undefined ? '' : `: ${JSON.stringify({ Effect: 'Allow', Action, Resource })}`;
}
function denial(call, lacking, why = call.detail) {
    const keeper = denyingPolicies.find(({ kind }) => kind.test(call.detail));
    const own = `Allow ${lacking} in the policy of the role that the workflow assumes${statementFor(lacking)}; ` +
        'the docs have a policy with all that a deploy needs.';
    return {
        what: `AWS denied ${callName(call)}: the credentials lack ${lacking}`,
        why,
        cure: keeper?.cure(lacking) ?? own,
        docs: 'permissions.md#policy',
    };
}
/**
 * S3 refuses HEAD without a body, and so without words. HeadObject needs s3:GetObject; without s3:ListBucket an object that is not there
 * is 403, too. A bucket of another account than the expected one is 403 in any case (S3 API reference, HeadObject and HeadBucket).
 */
function wordlessDenial(call) {
    const { Bucket, Key } = bucketOf(call);
    const list = `s3:ListBucket on arn:aws:s3:::${Bucket}`;
    const lacking = call.operation === 's3:HeadBucket' ? list : `s3:GetObject on arn:aws:s3:::${Bucket}/${Key}, or ${list}`;
    return denial(call, lacking, 'S3 answered with HTTP 403 and no more; it does so, too, where the bucket belongs to another account.');
}
function bucketOf({ input }) {
    const { Bucket = '', Key = '' } = (input ?? {});
    return { Bucket, Key };
}

;// CONCATENATED MODULE: ./src/aws/readings/holders.ts

/** A domain leads there (terraform-provider-aws#41651, #28774; serverless#3638): the stage alone, or any stage of the API. */
const mapped = /remove all base path mappings related to the (stage|RestApi) in your domains?: (.+?)\.?$/;
/** Whose word it is that holds a thing that is to go: what holds it is somebody's own, and he has to take it away. */
const holderReadings = [
    {
        fits: ({ detail }) => mapped.test(detail),
        text: (call) => {
            const [, what = '', domains = ''] = mapped.exec(call.detail) ?? [];
            const domain = domains.split(/,\s*/)[0] ?? domains;
            return {
                what: `${what === 'stage' ? 'The stage' : 'The API'} is still reached by the domain name ${domains}: ${refused(call)}`,
                why: 'A base path mapping of the domain leads there, which this service did not make.',
                cure: `Look for it with aws apigateway get-base-path-mappings --domain-name ${domain}, take it away with ` +
                    `aws apigateway delete-base-path-mapping --domain-name ${domain} --base-path <its path>, then run the job again.`,
            };
        },
    },
    {
        // "Cannot delete API …, because it is associated with usage plan …" (the console's words); a stage of a plan holds its API.
        fits: ({ detail }) => /usage plan/i.test(detail),
        text: (call) => ({
            what: refused(call),
            why: 'A usage plan names the stage or the API.',
            cure: `Take the stage out of ${planIn(call)} (aws apigateway update-usage-plan), or delete the plan, then run the job again.`,
        }),
    },
];
function planIn({ detail }) {
    const id = /usage plans? (\w+)/i.exec(detail)?.[1];
    return id === undefined ? 'the usage plan' : `usage plan ${id}`;
}

;// CONCATENATED MODULE: ./src/aws/readings/limits.ts

const askForMore = 'ask AWS for a higher quota in Service Quotas';
/** A limit of the account, or of a setting. */
const limitReadings = [
    {
        fits: ({ code }) => /LimitExceeded|CodeStorageExceeded|PolicyLengthExceeded/.test(code),
        text: (call) => ({
            what: refused(call),
            why: `A quota of the account is used up (${call.code}); trying again cannot help.`,
            cure: `Remove what is not needed, or ${askForMore}.`,
        }),
    },
    {
        fits: ({ status, code }) => status === 429 || /Throttl|TooManyRequests/.test(code),
        text: (call) => ({
            what: refused(call),
            why: 'The account was throttled for longer than this run waits; the limits are shared by everything in the account and Region.',
            cure: 'Run the job again; several deploys at once are best put into one `concurrency` group.',
        }),
    },
    {
        // Of a role that this action has made, too, which Lambda may not have heard of for longer than the run waited.
        fits: ({ detail }) => /role defined for the function cannot be assumed/.test(detail),
        text: (call) => ({
            what: refused(call),
            why: 'Lambda does not know the role yet, or the role does not trust Lambda.',
            cure: "Run the job again. Where that does not help, check `role`, and that its trust policy lets lambda.amazonaws.com assume it.",
        }),
    },
];

;// CONCATENATED MODULE: ./src/aws/readings/settings.ts

const quota = 'ask for more in Service Quotas';
/** Sources: the public reports that are named, and texts of Lambda's own API reference. */
const settingTexts = [
    {
        // aws-samples/genai-bedrock-agent-chatbot#4; new accounts may be held to 3008.
        fits: /'?MemorySize'? (?:value )?failed to satisfy constraint: Member must have value less than or equal to (\d+)/i,
        setting: 'memory-size',
        cure: ([, most]) => `Set \`memory-size\` to ${most} or less, or ${quota}: new accounts have less than Lambda's limit.`,
    },
    {
        // Recorded: test_provisioned_concurrency_limits.
        fits: /Specified ConcurrentExecutions for function (?:decreases .* minimum value of \[?(\d+)|is greater than .* \[?(\d+))/i,
        setting: 'provisioned-concurrency',
        cure: ([, kept, left]) => `Lower \`provisioned-concurrency\`: ${kept === undefined ? `${left} are left in the account` : `${kept} must stay for others`}, ` +
            `and while a release goes live both slots have theirs. For more, ${quota} (Concurrent executions).`,
    },
    {
        // Recorded: test_reserved_provisioned_overlap.
        fits: /Provisioned Concurrency should not be greater than the reservedConcurrentExecution|lower than function's total provisioned/i,
        setting: 'reserved-concurrency',
        cure: () => 'Raise `reserved-concurrency`: it must hold the provisioned concurrency of all stages, and that of one twice while its release ' +
            'goes live.',
    },
    {
        // aws-samples/bedrock-chat#617
        fits: /(\S+) is not supported for SnapStart enabled functions/i,
        setting: 'snap-start',
        cure: ([, what]) => `Take \`snap-start\` out, or change what it does not go with: ${what}.`,
    },
    {
        // awslabs/amazon-neptune-tools#324
        fits: /UnreservedConcurrentExecutions? below its minimum value of \[?(\d+)\]?/i,
        setting: 'reserved-concurrency',
        cure: ([, kept]) => `Take \`reserved-concurrency\` out or set it lower: ${kept} must stay for all other functions. For more, ` +
            `${quota} (Concurrent executions).`,
    },
    {
        fits: /Layer version (?:arn:\S+ )?does not exist/i,
        setting: 'layers',
        cure: () => 'Check the ARN in `layers`: account, name, version and Region.',
    },
    {
        fits: /InvalidSubnetID|subnet IDs? .*(?:does not exist|invalid)/i,
        setting: 'vpc-subnet-ids',
        cure: () => 'Check the ids in `vpc-subnet-ids`: they belong to one VPC of this account and Region.',
    },
    {
        fits: /InvalidGroup|InvalidSecurityGroupID|security groups? .*(?:does not exist|invalid)/i,
        setting: 'vpc-security-group-ids',
        cure: () => 'Check the ids in `vpc-security-group-ids`: they belong to the VPC of the subnets.',
    },
    {
        fits: /execution role does not have permissions to call (\w+) on EC2/i,
        setting: 'role',
        cure: ([, action]) => `Attach the policy AWSLambdaVPCAccessExecutionRole to the role that \`role\` names: a function in a VPC needs ec2:${action}.`,
    },
    {
        // motdotla/node-lambda#526
        fits: /runtime parameter of (\S+) is no longer supported/i,
        setting: 'runtime',
        cure: ([, runtime]) => `Write a newer runtime than ${runtime}, such as python3.13 or nodejs24.x.`,
    },
    {
        fits: /Unzipped size must be smaller than/i,
        setting: 'source',
        cure: () => 'Ship less: see which files are the largest, and add to `exclude` or to `.lambdaignore`. Layers count, too.',
    },
];
/** Names of AWS's own that a setting is checked under: "Value '…' at 'ephemeralStorage.size' failed to satisfy constraint". */
const members = {
    memorySize: 'memory-size', 'ephemeralStorage.size': 'ephemeral-storage', timeout: 'timeout', handler: 'handler', runtime: 'runtime',
    description: 'description', role: 'role', layers: 'layers', 'environment.variables': 'environment-variables', tags: 'tags',
    'vpcConfig.subnetIds': 'vpc-subnet-ids', 'vpcConfig.securityGroupIds': 'vpc-security-group-ids', functionName: 'function-name',
    reservedConcurrentExecutions: 'reserved-concurrency',
};
const constraint = /at '([A-Za-z.]+)' failed to satisfy constraint: (.*)$/s;
/** A setting that Lambda does not take: it is named as the config names it, so that its line can be told. */
const settingReadings = [
    ...settingTexts.map(({ fits, setting, cure }) => ({
        fits: (call) => isOfFunction(call) && fits.test(call.detail),
        text: (call) => {
            const match = fits.exec(call.detail);
            return { what: refused(call), why: whyOf(call), ...(match === null ? {} : { cure: cure(match) }), setting };
        },
    })),
    {
        fits: (call) => isOfFunction(call) && members[constraint.exec(call.detail)?.[1] ?? ''] !== undefined,
        text: (call) => {
            const [, member = '', rule = ''] = constraint.exec(call.detail) ?? [];
            const setting = members[member] ?? member;
            return { what: refused(call), why: whyOf(call), cure: `Change \`${setting}\`. ${rule.replace(/^Member must/, 'It must')}`, setting };
        },
    },
];
function isOfFunction({ operation, status }) {
    return operation.startsWith('lambda:') && status !== undefined && status < 500 && status !== 403;
}
function whyOf({ code, status }) {
    return `Lambda does not take this setting (${code}, HTTP ${status}).`;
}

;// CONCATENATED MODULE: ./src/aws/readings/index.ts








/** Whatever no other reading fits. */
const plain = {
    fits: () => true,
    text: (call) => ({ what: refused(call), why: `${call.code}${call.status === undefined ? '' : `, HTTP ${call.status}`}` }),
};
/** What this run has made was waited for, and is not shown. */
const unshown = {
    fits: (call) => call.sighting === 'made' && serviceOf(call) !== 'apigateway',
    text: (call) => ({
        what: `AWS does not show what this run has made: ${refused(call)}`,
        why: 'It was waited for; AWS takes seconds until a new thing is known everywhere, or somebody has removed it meanwhile.',
        cure: 'Run the job again: it goes on where this run stopped.',
    }),
};
const readings = [
    unshown,
    ...connectionReadings,
    ...credentialReadings,
    ...denialReadings,
    ...settingReadings,
    ...limitReadings,
    ...holderReadings,
    unsentReading,
    plain,
];
/** What a failed call says to the user: what, why, what helps, and which setting it is about. */
function textOf(call) {
    return (readings.find(({ fits }) => fits(call)) ?? plain).text(call);
}


/***/ }),

/***/ 1097:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _I: () => (/* binding */ scrub),
/* harmony export */   iT: () => (/* binding */ AwsRefusal),
/* harmony export */   vu: () => (/* binding */ isRefusal),
/* harmony export */   wV: () => (/* binding */ toRefusal),
/* harmony export */   y0: () => (/* binding */ orUndefined)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);
/* harmony import */ var _readings_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(980);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2495);



/** AWS said no, for good: its code and words, and what the reader can do about it. */
class AwsRefusal extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo {
    /** AWS's name of the error, such as `ResourceNotFoundException`. */
    code;
    /** HTTP status, or undefined where no answer came. */
    status;
    /** `service:Operation`. */
    operation;
    /** AWS's own words, scrubbed. */
    detail;
    /** How the run knew of what AWS says is not there; undefined for other refusals. */
    sighting;
    /** The function and the setting of the config that AWS does not take, where it says so. */
    setting;
    #call;
    constructor(call, options = {}) {
        const { setting, ...text } = (0,_readings_index_js__WEBPACK_IMPORTED_MODULE_1__/* .textOf */ .b)(call);
        super(options.place === undefined ? text : { ...text, place: options.place }, options);
        this.name = 'AwsRefusal';
        this.#call = call;
        const functionName = call.input?.FunctionName;
        if (setting !== undefined && typeof functionName === 'string')
            this.setting = { functionName, name: setting };
        this.code = call.code;
        this.status = call.status;
        this.operation = call.operation;
        this.detail = call.detail;
        this.sighting = call.sighting;
    }
    /** The same refusal with the place of its setting in the user's file. */
    at(place) {
        return new AwsRefusal(this.#call, { cause: this.cause, place });
    }
}
/** Whether an error is AWS's refusal with one of these codes. */
function isRefusal(error, ...codes) {
    return error instanceof AwsRefusal && codes.includes(error.code);
}
/** What AWS's services call a thing that is not there. */
const notFound = ['ResourceNotFoundException', 'NotFoundException', 'NoSuchEntity', 'NoSuchEntityException', 'NotFound', 'NoSuchKey'];
/** Gives `undefined` in place of "there is no such thing". */
async function orUndefined(call) {
    try {
        return await call;
    }
    catch (error) {
        if (isRefusal(error, ...notFound))
            return undefined;
        throw error;
    }
}
/** Makes one readable refusal of whatever the SDK threw. */
function toRefusal(operation, error, { input, env = {}, sighting } = {}) {
    // A look at what a lost answer has left behind may itself be refused; its words say enough.
    if (error instanceof AwsRefusal)
        return error;
    const sdk = error;
    const message = sdk.message ?? String(error);
    const detail = scrub(message, input);
    const status = sdk.$metadata?.httpStatusCode;
    const transport = status === undefined ? sdk.code ?? '' : '';
    const code = sdk.name ?? 'UnknownError';
    const call = { operation, code, status, detail, input, isUnanswered: (0,_retry_js__WEBPACK_IMPORTED_MODULE_2__/* .isUnanswered */ .N)(error), transport, env, sighting };
    // The stack of an error that had to be scrubbed would still tell what was taken out.
    return new AwsRefusal(call, { cause: detail === message ? error : undefined });
}
/**
 * AWS may echo the values of environment variables, such as Lambda when they pass 4 KB ("String measured: {...}", recorded in
 * test_lambda_api `test_invalid_env_vars...`): everything behind those words is dropped, and every value that was sent, wherever it
 * stands. Shorter values than four characters are words of any text.
 */
function scrub(message, input) {
    const { Environment } = (input ?? {});
    const values = Object.values(Environment?.Variables ?? {}).filter((value) => value.length >= 4);
    const longestFirst = values.sort((a, b) => b.length - a.length);
    const without = longestFirst.reduce((text, value) => text.replaceAll(value, '(value withheld)'), message);
    return without.replace(/String measured:[\s\S]*$/, 'String measured: (values withheld)');
}


/***/ }),

/***/ 2495:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ isUnanswered),
/* harmony export */   b: () => (/* binding */ withRetry)
/* harmony export */ });
/* harmony import */ var _cancellation_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4496);

/** Throttling is waited out for this long; a broken connection or a 5xx gets five attempts. */
const patience = 5 * 60_000;
const brokenAttempts = 5;
/** What a lost attempt has made is looked for until it is shown; whose it is only a look tells. */
const unshown = 30_000;
/**
 * The only retry there is (the SDK's own are off): waits out throttling with Retry-After and jitter, passing conflicts, and broken
 * answers; a quota (`LimitExceededException`, also status 429) never. Before it repeats something whose answer was lost, it looks.
 */
async function withRetry(attempt, options = {}) {
    const start = performance.now();
    let broken = 0;
    let passingSince;
    for (let count = 1;; count++) {
        try {
            return await attempt();
        }
        catch (error) {
            const verdict = judge(error, { ...options, count, isRepeated: broken > 0 });
            if (verdict === undefined || performance.now() - start > (verdict.within ?? patience))
                throw error;
            if (verdict.passesIn !== undefined) {
                passingSince ??= performance.now();
                if (performance.now() - passingSince > verdict.passesIn)
                    throw error;
            }
            if (verdict.ambiguous && ++broken >= brokenAttempts)
                throw error;
            options.onWait?.(describe(error), verdict.after);
            await (0,_cancellation_js__WEBPACK_IMPORTED_MODULE_0__/* .pause */ .v7)(verdict.after, verdict.ambiguous);
            if ((verdict.ambiguous || verdict.exists === true) && options.lookup !== undefined) {
                const found = await options.lookup();
                if (found !== undefined)
                    return found;
            }
        }
    }
}
/**
 * Refusals of a signature's time. The SDK has learnt AWS's time from the answer, so that the next attempt is right; it says so of every
 * refusal while the machine's clock is wrong, and a key may be wrong as well: so the name counts, too, and attempts are few.
 */
const skewed = /^(InvalidSignature|SignatureDoesNotMatch|RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)/;
function judge(error, attempt) {
    const { count, passing, passingFor = patience, throttledFor = patience, absence, isRepeated } = attempt;
    const { name = '', message = '', $metadata, $response, retryAfterSeconds } = error;
    const status = $metadata?.httpStatusCode;
    if (name === 'LimitExceededException')
        return undefined;
    if (/TooManyRequests|Throttling|Throttled|RequestLimitExceeded|SlowDown/.test(name)) {
        const asked = secondsOf(retryAfterSeconds ?? $response?.headers?.['retry-after']);
        return { after: Math.max(asked * 1000, backoff(count, 200, 20_000)) + jitter(200), ambiguous: false, within: throttledFor };
    }
    if (passing?.test(message) === true)
        return { after: backoff(count, 500, 10_000), ambiguous: false, passesIn: passingFor };
    const disbelief = absence?.(error) ?? 0;
    if (disbelief > 0)
        return { after: backoff(count, 250, 5_000), ambiguous: false, passesIn: disbelief };
    // What a lost attempt has made is not shown at once, either.
    if (isRepeated && /already exists?\b/i.test(message)) {
        return { after: backoff(count, 250, 5_000), ambiguous: false, passesIn: unshown, exists: true };
    }
    if (isPassingConflict(name, message))
        return { after: backoff(count, 150, 5_000), ambiguous: false };
    if ($metadata?.clockSkewCorrected === true && skewed.test(name))
        return { after: jitter(200), ambiguous: true };
    const isBroken = isUnanswered(error) || (status !== undefined && status >= 500 && status !== 501);
    return isBroken ? { after: backoff(count, 200, 5_000), ambiguous: true } : undefined;
}
/**
 * Retry-After is a number of seconds or a date (RFC 9110, 10.2.3); what is neither asks for nothing. More than the whole patience is never
 * waited.
 */
function secondsOf(retryAfter) {
    const seconds = /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) : (Date.parse(retryAfter ?? '') - Date.now()) / 1000;
    return Number.isNaN(seconds) ? 0 : Math.min(Math.max(seconds, 0), patience / 1000);
}
/**
 * Whether no answer came, or not all of it: nobody there, or the connection broke. The attempt may have had its effect all the same.
 * An answer that broke off has a status already; then only names that AWS never gives an error of its own tell.
 */
function isUnanswered(error) {
    const { name = '', message = '', code = '', $metadata } = error;
    if (/^(ECONN\w+|EHOSTUNREACH|ENETUNREACH|EPIPE|ETIMEDOUT|TimeoutError)$/m.test(`${name}\n${code}`))
        return true;
    const broken = /ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|TimeoutError|socket hang up|aborted/;
    return $metadata?.httpStatusCode === undefined && broken.test(`${name} ${code} ${message}`);
}
/**
 * Conflicts that another change under way causes, by service; their names and texts.
 * API Gateway: terraform-provider-aws retries every ConflictException with "concurrent modification. Please try again later".
 * Lambda: "An update is in progress" and "currently in the following state: Pending" (recorded in test_lambda_api; in the control plane's
 * wording the state stands in quotes: go-to-k/cdkd), and "could not be updated due to a concurrent update operation" of another write to
 * the same function (anomalyco/sst#6923, terraform-provider-aws#5154).
 * Logs: OperationAbortedException (API reference, CreateLogGroup). S3: OperationAborted of two CreateBucket at once; IAM:
 * ConcurrentModification (API reference, AttachRolePolicy). terraform-provider-aws retries both.
 */
const passingConflicts = [
    [/^ConflictException$/, /try again later/i],
    [/^BadRequestException$/, /already an update in progress/i],
    [/^ResourceConflictException$/, /update is in progress|concurrent update operation|in the following state: '?Pending/i],
    [/^(OperationAborted|ConcurrentModification)(Exception)?$/, /(?:)/],
];
function isPassingConflict(name, message) {
    return passingConflicts.some(([ofName, ofText]) => ofName.test(name) && ofText.test(message));
}
function backoff(count, first, most) {
    return Math.min(most, first * 2 ** (count - 1)) + jitter(first / 2);
}
function jitter(most) {
    return Math.random() * most;
}
function describe(error) {
    const { name = 'Error', message = '' } = error;
    return `${name}: ${message}`;
}


/***/ })

};
