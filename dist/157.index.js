export const id = 157;
export const ids = [157];
export const modules = {

/***/ 6157:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  connect: () => (/* binding */ connect)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-api-gateway/dist-cjs/index.js
var dist_cjs = __webpack_require__(818);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-cloudwatch-logs/dist-cjs/index.js
var client_cloudwatch_logs_dist_cjs = __webpack_require__(2684);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-lambda/dist-cjs/index.js
var client_lambda_dist_cjs = __webpack_require__(1696);
// EXTERNAL MODULE: ./src/cancellation.ts + 1 modules
var cancellation = __webpack_require__(4496);
;// CONCATENATED MODULE: ./src/aws/http.ts



/** Milliseconds; API Gateway itself answers after 29 s at the latest (developer guide, quotas). */
const longestSilence = 35_000;
/** Asks over the connections that the agents keep. */
function asker(agents) {
    return ({ url, method, headers, body }) => (0,cancellation/* answerTo */.oy)(() => new Promise((resolve, reject) => {
        const started = performance.now();
        const isPlain = url.startsWith('http:');
        const send = isPlain ? external_node_http_.request : external_node_https_.request;
        const length = body === undefined ? [] : [['content-length', String(Buffer.byteLength(body))]];
        const options = {
            method, agent: isPlain ? agents.http : agents.https, timeout: longestSilence, headers: Object.fromEntries([...headers, ...length]),
        };
        const sent = send(url, options, (answer) => {
            collect(answer).then((text) => {
                const errorType = answer.headers['x-amzn-errortype'];
                const told = typeof errorType === 'string' ? { errorType } : {};
                resolve({ status: answer.statusCode ?? 0, body: text, took: performance.now() - started, ...told });
            }, reject);
        });
        sent.on('timeout', () => sent.destroy(new Error(`no answer within ${longestSilence / 1000} s`)));
        sent.on('error', reject);
        sent.end(body);
    }));
}
/** Downloads over the connections that the agents keep. */
function downloader({ http, https }) {
    return (url) => (0,cancellation/* answerTo */.oy)(() => new Promise((resolve, reject) => {
        const isPlain = url.startsWith('http:');
        const get = isPlain ? external_node_http_.request : external_node_https_.request;
        const sent = get(url, { agent: isPlain ? http : https, timeout: longestSilence }, (answer) => {
            bytesOf(answer).then((bytes) => {
                if (answer.statusCode === 200)
                    resolve(bytes);
                else
                    reject(new Error(`status ${answer.statusCode}`));
            }, reject);
        });
        sent.on('timeout', () => sent.destroy(new Error(`no answer within ${longestSilence / 1000} s`)));
        sent.on('error', reject);
        sent.end();
    }));
}
async function collect(answer) {
    return (await bytesOf(answer)).toString();
}
async function bytesOf(answer) {
    const chunks = [];
    for await (const chunk of answer)
        chunks.push(chunk);
    return Buffer.concat(chunks);
}

;// CONCATENATED MODULE: ./src/aws/function-name.ts
/** The name of the function that a call means, which takes a name, `name:qualifier` or an ARN (Lambda API reference, CreateAlias). */
function functionNameIn(reference) {
    return typeof reference === 'string' ? /(?:^|:function:)([^:]+)(?::[^:]+)?$/.exec(reference)?.[1] : undefined;
}

;// CONCATENATED MODULE: ./src/aws/lane.ts

/** Sends writes to one API, and writes to one function, one after another, in the order in which they come; everything else at once. */
class Lanes {
    #last = new Map();
    /** Does `work` when the write before it, to the same thing, has been answered; `operation` is written `service:Operation`. */
    run(operation, input, work) {
        const lane = laneOf(operation, input);
        if (lane === undefined)
            return work();
        const turn = (this.#last.get(lane) ?? Promise.resolve()).then(work);
        this.#last.set(lane, turn.catch(() => undefined));
        return turn;
    }
}
/**
 * What a write stands in line for; undefined for a read, and for what AWS keeps apart itself.
 * API Gateway answers overlapping writes to one API with a ConflictException (developer guide, "Quotas"; terraform-provider-aws retries
 * it). Lambda answers overlapping writes to one function, of its aliases and policies too, with "The function could not be updated due to
 * a concurrent update operation" (anomalyco/sst#6923, terraform-provider-aws#5154), and parallel AddPermission calls may lose statements
 * (acknowledged by AWS; terraform-provider-aws, permission.go).
 */
function laneOf(operation, input) {
    const [service = '', name = ''] = operation.split(':');
    if (/^(Get|List|Invoke)/.test(name))
        return undefined;
    const { restApiId, resourceArn, FunctionName, Resource } = input;
    if (service === 'apigateway')
        return laneNamed(service, restApiId ?? apiIn(resourceArn));
    if (service === 'lambda')
        return laneNamed(service, functionNameIn(FunctionName ?? Resource));
    return undefined;
}
function apiIn(arn) {
    return typeof arn === 'string' ? /\/restapis\/([^/]+)/.exec(arn)?.[1] : undefined;
}
function laneNamed(service, name) {
    return typeof name === 'string' ? `${service} ${name}` : undefined;
}

;// CONCATENATED MODULE: ./src/aws/pace.ts

/**
 * Rates per account and Region that cannot be raised.
 * API Gateway: developer guide, "Quotas for creating, deploying and managing an API".
 * Lambda: developer guide, "Lambda quotas", API requests.
 */
const rates = {
    apigateway: { perSecond: 10, burst: 40 },
    'apigateway:CreateDeployment': { perSecond: 1 / 5, burst: 1 },
    'apigateway:CreateRestApi': { perSecond: 1 / 3, burst: 1 },
    'apigateway:DeleteRestApi': { perSecond: 1 / 30, burst: 1 },
    'apigateway:PutRestApi': { perSecond: 1, burst: 1 },
    'apigateway:CreateResource': { perSecond: 5, burst: 5 },
    'apigateway:DeleteResource': { perSecond: 5, burst: 5 },
    'apigateway:GetResources': { perSecond: 2.5, burst: 5 },
    'apigateway:UpdateAccount': { perSecond: 1 / 20, burst: 1 },
    lambda: { perSecond: 15, burst: 15 },
    'lambda:GetFunction': { perSecond: 100, burst: 100 },
    'lambda:GetPolicy': { perSecond: 15, burst: 15 },
};
/** Lambda counts these apart from its total for control requests (same source). */
const outsideTotal = new Set(['lambda:GetFunction', 'lambda:GetPolicy']);
/** Tokens that come back with time; a request waits until it has one. */
class Bucket {
    #rate;
    #tokens;
    #at;
    constructor(rate) {
        this.#rate = rate;
        this.#tokens = rate.burst;
        this.#at = performance.now();
    }
    /** Takes a token, also one that is still to come, and says in how many milliseconds it will be there. */
    take() {
        // Never the time of day: a clock that is set back would hold requests for as long as it was set.
        const now = performance.now();
        this.#tokens = Math.min(this.#rate.burst, this.#tokens + ((now - this.#at) / 1000) * this.#rate.perSecond) - 1;
        this.#at = now;
        return this.#tokens >= 0 ? 0 : (-this.#tokens / this.#rate.perSecond) * 1000;
    }
}
/** Holds requests back until the documented rates allow them, so that AWS need not refuse. One pace serves one account and Region. */
class Pace {
    #buckets = new Map();
    /** Waits for the operation's turn; `operation` is written `service:Operation`. */
    async wait(operation) {
        const service = operation.slice(0, operation.indexOf(':'));
        const names = outsideTotal.has(operation) ? [operation] : [service, operation];
        const delay = Math.max(...names.map((name) => this.#bucket(name)?.take() ?? 0));
        if (delay > 0)
            await (0,cancellation/* pause */.v7)(delay);
    }
    #bucket(name) {
        const rate = rates[name];
        if (rate === undefined)
            return undefined;
        let bucket = this.#buckets.get(name);
        if (bucket === undefined)
            this.#buckets.set(name, (bucket = new Bucket(rate)));
        return bucket;
    }
}

// EXTERNAL MODULE: ./src/aws/refusal.ts
var refusal = __webpack_require__(1097);
;// CONCATENATED MODULE: ./src/aws/subjects.ts

/** Others of this beginning delete a setting of the thing that they name. */
const deletions = /^Delete(Function|Alias|RestApi|Resource|Method|Deployment|Stage|Role|Bucket|LogGroup)$/;
/** The names of what a call was about, and of what its answer lists. */
function namesOf({ operation, input }, output) {
    const [service = '', name = ''] = operation.split(':');
    const read = readers[service];
    if (read === undefined)
        return { made: [], seen: [], gone: [] };
    const { whole, listed, created } = read(input, output);
    if (deletions.test(name))
        return { made: [], seen: [], gone: whole.slice(-1) };
    const makes = /^(Create|Publish)/.test(name) || name === 'PutMethod';
    return { made: makes ? created : [], seen: [...(makes ? [] : whole), ...listed], gone: [] };
}
const readers = {
    lambda: readLambda,
    apigateway: readApi,
    iam: (input) => plain('role', input['RoleName']),
    s3: (input) => plain('bucket', input['Bucket']),
    logs: (input) => plain('log-group', input['logGroupName']),
};
function plain(kind, name) {
    const whole = path(kind, name);
    return { whole, listed: [], created: whole };
}
function readLambda(input, output) {
    const fn = functionNameIn(input['FunctionName']);
    const whole = [...path('lambda', fn), ...path('lambda', fn, input['Name'] ?? input['Qualifier'])];
    const below = [...list(output['Aliases'], 'Name'), ...list(output['Versions'], 'Version')].flatMap((each) => path('lambda', fn, each));
    // A created function is shown with Version $LATEST, a published one with its number, an alias by its Name.
    const version = output['Version'];
    const created = path('lambda', fn, output['AliasArn'] === undefined ? (version === '$LATEST' ? '' : version) : input['Name']);
    return { whole, listed: below, created: created.length > 0 ? created : path('lambda', fn) };
}
function readApi(input, output) {
    const api = input['restApiId'];
    const resource = input['resourceId'];
    const whole = [
        ...path('api', api), ...path('api', api, 'resource', resource), ...path('api', api, 'resource', resource, input['httpMethod']),
        ...path('api', api, 'deployment', input['deploymentId']), ...path('api', api, 'stage', input['stageName']),
    ];
    return { whole, listed: listedIn(api, output), created: createdIn(input, output) };
}
/** What GetRestApis, GetResources, GetDeployments and GetStages list. */
function listedIn(api, output) {
    const items = [output['items'], output['item']].flatMap((each) => (Array.isArray(each) ? each : []));
    return items.flatMap((item) => {
        if (api === undefined)
            return path('api', item['id']);
        const methods = Object.keys((item['resourceMethods'] ?? {})).flatMap((method) => path('api', api, 'resource', item['id'], method));
        const kind = item['path'] === undefined ? 'deployment' : 'resource';
        return [...path('api', api, kind, item['id']), ...methods, ...path('api', api, 'stage', item['stageName'])];
    });
}
function createdIn(input, output) {
    const api = input['restApiId'];
    if (api === undefined)
        return path('api', output['id']);
    if (input['httpMethod'] !== undefined)
        return path('api', api, 'resource', input['resourceId'], input['httpMethod']);
    if (input['stageName'] !== undefined)
        return path('api', api, 'stage', input['stageName']);
    return path('api', api, output['pathPart'] === undefined ? 'deployment' : 'resource', output['id']);
}
/**
 * The name of what AWS says is not there; undefined where it says something else. Texts as recorded (test_lambda_api,
 * test_apigateway_api).
 */
function subjectOf({ operation, input }, { name, message = '' }) {
    const given = input;
    const [service] = operation.split(':');
    if (service === 'lambda' && name === 'ResourceNotFoundException') {
        const missing = /(?:not found|find alias arn|policy found for): arn:\S+:function:([^:\s]+)(?::(\S+))?$/i;
        const [, fn, qualifier = ''] = missing.exec(message) ?? [];
        return path('lambda', fn, qualifier === '$LATEST' ? '' : qualifier)[0] ?? path('lambda', fn)[0];
    }
    if (service === 'apigateway')
        return apiSubject(given, { name, message });
    if (service === 'iam' && /^NoSuchEntity/.test(name))
        return path('role', /role with name (\S+) cannot be found/.exec(message)?.[1])[0];
    const isBucket = name === 'NoSuchBucket' || (name === 'NotFound' && operation === 's3:HeadBucket');
    if (service === 's3' && isBucket)
        return path('bucket', given['Bucket'])[0];
    if (service === 'logs' && name === 'ResourceNotFoundException')
        return path('log-group', given['logGroupName'])[0];
    return undefined;
}
function apiSubject(input, { name, message }) {
    // TagResource names a stage or an API by its ARN.
    const { resourceArn } = input;
    const arn = typeof resourceArn === 'string' ? resourceArn : '';
    const [, tagged, taggedStage] = /\/restapis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(arn) ?? [];
    const api = input['restApiId'] ?? tagged;
    if (name === 'BadRequestException' && /^Deployment id does not exist/.test(message)) {
        const patches = (input['patchOperations'] ?? []);
        return path('api', api, 'deployment', input['deploymentId'] ?? patches.find(({ path: at }) => at === '/deploymentId')?.['value'])[0];
    }
    const kind = name === 'NotFoundException' ? /^Invalid (\w+) identifier/.exec(message)?.[1]?.toLowerCase() : undefined;
    const resource = input['resourceId'] ?? input['parentId'];
    if (kind === 'api')
        return path('api', api)[0];
    if (kind === 'resource')
        return path('api', api, 'resource', resource)[0];
    if (kind === 'method')
        return path('api', api, 'resource', resource, input['httpMethod'])[0];
    if (kind === 'deployment')
        return path('api', api, 'deployment', input['deploymentId'])[0];
    return kind === 'stage' ? path('api', api, 'stage', input['stageName'] ?? taggedStage)[0] : undefined;
}
/** The parts as one name; none where one of them is not known. */
function path(...parts) {
    return parts.every((part) => typeof part === 'string' && part !== '') ? [parts.join('/')] : [];
}
function list(items, key) {
    return Array.isArray(items) ? items.map((item) => item[key]) : [];
}

;// CONCATENATED MODULE: ./src/aws/sightings.ts

/**
 * For how many milliseconds a 404 for something that is known to exist is tried again. AWS's stores are eventually consistent: a read, or
 * a write of what is below, may answer 404 for seconds after a create, and again after it was found (terraform-provider-aws waits up to
 * five minutes for Lambda, internal/service/lambda, and two for IAM and S3; issues 25440 and 33717). What stood before the run is old,
 * most of the time.
 */
const patience = { made: 120_000, seen: 20_000 };
/**
 * API Gateway was reported so a few times, long ago (serverless#173, architect#136); there another run's hand in the same API is
 * likelier.
 */
const gatewayPatience = { made: 15_000, seen: 5_000 };
/** What one run knows to be there, by the answers that it got. */
class Sightings {
    #things = new Map();
    /** Learns from an answer. */
    note(call, output) {
        const { made, seen, gone } = namesOf(call, output);
        for (const name of seen)
            if (!this.#things.has(name))
                this.#things.set(name, 'seen');
        for (const name of made)
            this.#things.set(name, 'made');
        for (const name of gone)
            this.#forget(name);
    }
    /** How this run knows of the thing that AWS says is not there; undefined for another refusal, and for what it does not know. */
    of(call, error) {
        const subject = subjectOf(call, error);
        return subject === undefined ? undefined : this.#things.get(subject);
    }
    /** For how long the same call may be sent again; 0 where AWS is believed. Something old that is to go and is gone is as it should be. */
    patience(call, error) {
        const sighting = this.of(call, error);
        const isRemoval = /:(Delete|Remove)/.test(call.operation);
        if (sighting === undefined || (isRemoval && sighting === 'seen'))
            return 0;
        return (call.operation.startsWith('apigateway:') ? gatewayPatience : patience)[sighting];
    }
    /** A thing goes with all that is below it. */
    #forget(name) {
        for (const each of this.#things.keys())
            if (each === name || each.startsWith(`${name}/`))
                this.#things.delete(each);
    }
}

// EXTERNAL MODULE: ./src/aws/retry.ts
var retry = __webpack_require__(2495);
;// CONCATENATED MODULE: ./src/aws/clients.ts












/**
 * Connects to AWS, or to what the SDK's own endpoint variables name. The SDK ignores proxy variables unless its agents are built with
 * them, and its own retries are off, because only {@link withRetry} looks before it repeats a create.
 */
function connect({ region, env, progress, silence = 120_000 }) {
    const pace = new Pace();
    const lanes = new Lanes();
    const sightings = new Sightings();
    const agents = { https: new external_node_https_.Agent({ keepAlive: true, proxyEnv: env }), http: new external_node_http_.Agent({ keepAlive: true, proxyEnv: env }) };
    const config = {
        region,
        maxAttempts: 1,
        requestHandler: {
            httpsAgent: agents.https,
            httpAgent: agents.http,
            connectionTimeout: 10_000,
            // A limit for the whole request would end a large upload over a slow line, and none would hold for the answer's body.
            socketTimeout: silence,
        },
    };
    const sender = (service, client) => {
        return async (command, options = {}) => {
            const operation = `${service}:${command.constructor.name.replace(/Command$/, '')}`;
            const onWait = (reason, ms) => {
                // A reader wants to know of a wait that can be felt; the many short ones belong into the debug log.
                const line = `${operation}: ${(0,refusal/* scrub */._I)(reason, command.input)}; again in ${(ms / 1000).toFixed(1)} s`;
                if (ms < 2_000)
                    progress.debug(line);
                else
                    progress.info(line);
            };
            const call = { operation, input: command.input };
            // An attempt stands in line, not the waits between attempts: a look at what a lost answer has left may itself write.
            const attempt = () => lanes.run(operation, command.input, async () => {
                await pace.wait(operation);
                const output = await (0,cancellation/* answerTo */.oy)(async () => (await client).send(command));
                sightings.note(call, output);
                return output;
            });
            try {
                return await (0,retry/* withRetry */.b)(attempt, { onWait, absence: (error) => sightings.patience(call, error), ...options });
            }
            catch (error) {
                if (error instanceof cancellation/* Cancelled */.cJ)
                    throw error;
                throw (0,refusal/* toRefusal */.wV)(operation, error, { input: command.input, env, sighting: sightings.of(call, error) });
            }
        };
    };
    const apiGateway = new dist_cjs/* APIGatewayClient */.UR2(config);
    return {
        region,
        dnsSuffix: dnsSuffixOf(apiGateway, region),
        lambda: sender('lambda', new client_lambda_dist_cjs/* LambdaClient */.Nox(config)),
        api: sender('apigateway', apiGateway),
        logs: sender('logs', new client_cloudwatch_logs_dist_cjs/* CloudWatchLogsClient */.TFr(config)),
        iam: sender('iam', lazy(async () => new (await __webpack_require__.e(/* import() */ 764).then(__webpack_require__.t.bind(__webpack_require__, 6764, 19))).IAMClient(config))),
        sts: sender('sts', lazy(async () => new (await __webpack_require__.e(/* import() */ 695).then(__webpack_require__.t.bind(__webpack_require__, 1695, 19))).STSClient(config))),
        cloudwatch: sender('cloudwatch', lazy(async () => new (await __webpack_require__.e(/* import() */ 85).then(__webpack_require__.t.bind(__webpack_require__, 4085, 19))).CloudWatchClient(config))),
        ask: asker(agents),
        download: downloader(agents),
        // Path style works for every bucket name, with dots too, and where the endpoint is an address without subdomains.
        s3: sender('s3', lazy(async () => new (await __webpack_require__.e(/* import() */ 711).then(__webpack_require__.t.bind(__webpack_require__, 3711, 19))).S3Client({ ...config, forcePathStyle: true }))),
    };
}
/** Told by the SDK's own rules for endpoints, which know every partition; an endpoint that is configured does not count here. */
function dnsSuffixOf({ config }, Region) {
    const { hostname } = config.endpointProvider({ Region, UseDualStack: false, UseFIPS: false }).url;
    return hostname.slice(`apigateway.${Region}.`.length);
}
/** A client that few runs need is loaded when it is first used, because loading costs every run time. */
function lazy(load) {
    let client;
    return { send: async (command) => (await (client ??= load())).send(command) };
}


/***/ })

};
