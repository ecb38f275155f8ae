export const id = 287;
export const ids = [287];
export const modules = {

/***/ 5287:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Stopwatch: () => (/* reexport */ Stopwatch),
  commandOf: () => (/* binding */ commandOf)
});

// EXTERNAL MODULE: ./src/errors.ts
var src_errors = __webpack_require__(3916);
// EXTERNAL MODULE: ./src/aws/refusal.ts
var refusal = __webpack_require__(1097);
// EXTERNAL MODULE: ./src/aws/readings/index.ts + 7 modules
var readings = __webpack_require__(980);
// EXTERNAL MODULE: ./src/cancellation.ts + 1 modules
var cancellation = __webpack_require__(4496);
// EXTERNAL MODULE: ./src/change.ts
var change = __webpack_require__(8767);
;// CONCATENATED MODULE: ./src/resources/other-run.ts


/** This run gives way to another writer. What is live is the other's, or what was live before. */
class OtherRunWon extends src_errors/* UserError */.yo {
    /**
     * Whether this run begins again all the same: what is live may be part its own and part the other's, or it is the one that goes on and
     * lacks what it has not built.
     */
    beginsAgain;
    constructor({ name }, why, options = {}) {
        super({
            what: `Another run has won: ${name} was changed by somebody else while this run was deploying it.`,
            why,
            cure: 'Run this job again if it is the one that should win; ' +
                'a `concurrency` group in the workflow keeps deploys of one service apart.',
            docs: 'concurrency.md',
        }, options);
        this.name = 'OtherRunWon';
        this.beginsAgain = options.beginsAgain ?? false;
    }
}
/** Texts as recorded (test_lambda_api, test_apigateway_api, test_apigateway_common) where nothing else is said. */
const signs = [
    { operation: /^lambda:/, code: 'PreconditionFailedException', detail: /./ },
    // Text: LocalStack's provider, which follows AWS's.
    { operation: /^lambda:CreateFunction$/, code: 'ResourceConflictException', detail: /^Function already exist/ },
    { operation: /^lambda:CreateAlias$/, code: 'ResourceConflictException', detail: /^Alias already exists/ },
    {
        operation: /^lambda:PublishVersion$/, code: 'InvalidParameterValueException',
        detail: /^CodeSHA256 .* is different from current CodeSHA256/,
    },
    // Others of this class say what holds a thing, such as a usage plan or a method's model (serverless#4006, aws-apigateway-importer#144).
    { operation: /^apigateway:/, code: 'ConflictException', detail: /concurrent modification|already (exists|has this name)/i },
];
/** Whether a refusal came of another writer's work between this run's reading and its writing. */
function isOtherRuns(error) {
    if (!(error instanceof refusal/* AwsRefusal */.iT))
        return false;
    // What AWS had shown to this run and shows no more, although it was waited for (aws/sightings), somebody has removed; in an API, which
    // every run leads to its own config, also what this run has made.
    const isRemoved = error.sighting === 'seen' || (error.sighting === 'made' && error.operation.startsWith('apigateway:'));
    const isSign = ({ operation, code, detail }) => operation.test(error.operation) && code === error.code && detail.test(error.detail);
    return isRemoved || signs.some(isSign);
}
/** The error as the user sees it: {@link OtherRunWon} where another writer caused it, else as it is. */
function asOtherRun(error, service) {
    return isOtherRuns(error) ? new OtherRunWon(service, `AWS refused ${error.operation}: ${error.detail}`, { cause: error }) : error;
}

;// CONCATENATED MODULE: ./src/plan/apply.ts






/** A function in a VPC takes minutes to come up: a log without a new line would look as if the run hung. */
const signOfLifeEvery = 15_000;
/**
 * Carries out a plan: one phase after another, and within a phase each task as soon as its needs are done. After a failure, or the order to
 * stop, nothing new is begun, so that the next run finds little that is half done.
 * @returns what was changed, in the order in which it was
 * @throws Interrupted with what was changed by then; what was under way has been waited for
 * @throws Error for a plan that has no order: two tasks of one id, or a need that is not in it or comes too late
 */
async function applyPlan(tasks, context) {
    refuseDisorder(tasks);
    const done = [];
    for (const phase of change/* phases */.tW) {
        const failure = await applyPhase(tasks.filter((each) => each.phase === phase && !isKept(each)), context, done);
        if (failure !== undefined)
            throw new src_errors/* Interrupted */.j$(done, failure.error);
    }
    return done;
}
/** A need that is in no plan would order nothing, and of two tasks with one id the second would count as done with the first. */
function refuseDisorder(tasks) {
    const byId = new Map(tasks.map((each) => [each.id, each]));
    if (byId.size < tasks.length)
        throw new Error(`Two tasks have one id: ${tasks.find((each) => byId.get(each.id) !== each)?.id}`);
    for (const { id, phase, needs } of tasks) {
        for (const need of needs) {
            const found = byId.get(need.id);
            if (found === undefined)
                throw new Error(`${id} needs ${need.id}, which is not in the plan`);
            if (change/* phases */.tW.indexOf(found.phase) > change/* phases */.tW.indexOf(phase))
                throw new Error(`${id} needs ${need.id}, which comes after it`);
        }
    }
}
const isKept = (task) => 'action' in task && task.action === 'keep';
async function applyPhase(tasks, context, done) {
    const inPhase = new Set(tasks.map((each) => each.id));
    const finished = new Set();
    const waiting = new Set(tasks);
    const running = new Map();
    const failures = [];
    const stopped = [];
    const isReady = (each) => each.needs.every(({ id }) => !inPhase.has(id) || finished.has(id));
    while (waiting.size > 0 || running.size > 0) {
        if (failures.length === 0 && (0,cancellation/* cancellation */.WN)() === undefined)
            for (const each of [...waiting].filter(isReady))
                start(each);
        if (running.size === 0)
            break;
        await Promise.race(running.values());
    }
    const order = (0,cancellation/* cancellation */.WN)();
    if (order !== undefined && waiting.size + stopped.length > 0) {
        const stop = new cancellation/* Stopped */.C9(order.signal, stopped);
        return { error: failures.length === 0 ? stop : new src_errors/* SeveralErrors */.AJ([asOne(failures), stop]) };
    }
    if (failures.length === 0 && waiting.size > 0) {
        throw new Error(`These changes wait for one another: ${[...waiting].map((each) => each.id).join(', ')}`);
    }
    return failures.length === 0 ? undefined : { error: asOne(failures) };
    function start(each) {
        waiting.delete(each);
        const began = Date.now();
        const seconds = (digits) => `${((Date.now() - began) / 1000).toFixed(digits)} s`;
        const signOfLife = setInterval(() => context.progress.info(`Still busy with ${titleOf(each)} (${seconds(0)})`), signOfLifeEvery);
        // A step may also throw before it gives a promise.
        const work = Promise.resolve().then(() => ('check' in each ? each.check(context) : each.apply(context))).then((outcome) => {
            finished.add(each.id);
            if ('check' in each)
                return;
            const name = each.nameAtLast?.(context) ?? each.name;
            if (outcome === 'left')
                return context.progress.info(`Left ${each.kind} ${name}: it is in use`);
            done.push({ ...each, name });
            context.progress.info(`${change/* doneVerbs */.V8[each.action]} ${each.kind} ${name} (${seconds(1)})`);
        }, (error) => {
            const isStopped = error instanceof cancellation/* Cancelled */.cJ;
            if (!isStopped)
                failures.push(asOtherRun(error, context.service));
            if ('check' in each)
                return;
            if (isStopped)
                stopped.push({ ...each, isUnanswered: error.isUnanswered });
            context.progress.info(`${isStopped ? 'Stopped' : 'Failed'}: ${titleOf(each)} (${seconds(1)})`);
        });
        running.set(each, work.finally(() => {
            clearInterval(signOfLife);
            running.delete(each);
        }));
    }
}
const titleOf = (task) => ('check' in task ? `the look at ${task.id}` : `${task.kind} ${task.name}`);
/** Where another run has won, it has most likely caused the other failures, too: only that it has won is reported and acted on. */
function asOne(failures) {
    const lost = failures.filter((each) => each instanceof OtherRunWon);
    const rest = oneForEachDenial(failures);
    return lost.find((each) => each.beginsAgain) ?? lost[0] ?? (rest.length === 1 ? rest[0] : new src_errors/* SeveralErrors */.AJ(rest));
}
/** An action that is denied for one alias is denied for the others, too, and is one thing to allow. */
function oneForEachDenial(failures) {
    const denied = failures.map((each) => (each instanceof refusal/* AwsRefusal */.iT && (0,readings/* isDenial */.c)(each) ? each.operation : undefined));
    return failures.filter((_each, index) => denied[index] === undefined || denied.indexOf(denied[index]) === index);
}

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-api-gateway/dist-cjs/index.js
var dist_cjs = __webpack_require__(818);
// EXTERNAL MODULE: ./src/service/names.ts
var service_names = __webpack_require__(2023);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./src/service/release-record.ts


/**
 * What we remember of releases, as text in stage variables: `<service>_release` for the live one, `<service>_release_1` and so on for those
 * before it. API Gateway takes at most 512 characters of `[A-Za-z0-9-._~:/?#&=,]` as a variable's value (CreateStage in the public service
 * model); a release with more functions than that goes on in the next variable, which a comma at the end announces.
 */
const valueLimit = 512;
/** A stage takes 100 variables (developer guide, API Gateway quotas); the rest is for the slot's and for the user's own. */
const variablesLimit = 80;
/** Stands behind the time of a release that is held. */
const heldMark = '-held';
/** Stands behind that, or there, where the smoke tests have not been answered over HTTP as they should. */
const unverifiedMark = '-unverified';
/** So many sets of functions are tried: all but two of a hundred. More would make it likely that a wrong one has the same six digits. */
const mostTries = 10_000;
/** Six hex digits that stand for a set of functions, so that a record says which versions are whose without naming the functions. */
function functionSet(names) {
    return (0,external_node_crypto_.createHash)('sha256').update(inOrder(names).join(' ')).digest('hex').slice(0, 6);
}
/** The versions of a release by function name; undefined where it is of another set of functions. */
function versionsIn({ functions, versions }, names) {
    if (versions.length !== names.length || functions !== functionSet(names))
        return undefined;
    return new Map(inOrder(names).map((name, index) => [name, versions[index] ?? '']));
}
/**
 * The functions of which a release is, among those that may be: all of them, or all but a few.
 * @returns undefined where it is of others
 */
function namesIn({ functions, versions }, candidates) {
    let tries = 0;
    return search(inOrder(candidates), candidates.length - versions.length, 0);
    function search(names, surplus, from) {
        if (surplus < 0 || tries++ > mostTries)
            return undefined;
        if (surplus === 0)
            return functionSet(names) === functions ? names : undefined;
        for (let index = from; index < names.length; index++) {
            const found = search(names.toSpliced(index, 1), surplus - 1, index);
            if (found !== undefined)
                return found;
        }
        return undefined;
    }
}
/** What a release says of versions: the opposite of {@link versionsIn}. */
function releaseVersions(versions) {
    const names = [...versions.keys()];
    return { functions: functionSet(names), versions: inOrder(names).map((name) => versions.get(name) ?? '') };
}
/** Whether two releases are made of the same: routes, functions and versions, which hold code and settings. */
function isSameContent(a, b) {
    return a.digest === b.digest && a.functions === b.functions && a.versions.join() === b.versions.join();
}
/** The variables that hold the record. The live release is always in it; the oldest ones are left out where there is no room. */
function formatRecord(service, record) {
    const [live, ...before] = record;
    if (live === undefined)
        return {};
    const values = [live, ...fittingBefore(live, before)].flatMap(valuesOf);
    return Object.fromEntries(values.map((value, index) => [(0,service_names/* releaseVariable */.St)(service, index), value]));
}
/** As many of the releases before the live one as there is room for beside it. */
function fittingBefore(live, before) {
    let count = valuesOf(live).length;
    const fitting = before.findIndex((release) => (count += valuesOf(release).length) > variablesLimit);
    return fitting === -1 ? before : before.slice(0, fitting);
}
/** The releases that a stage's variables tell of, up to the first that is missing or not of our form. */
function parseRecord(service, variables) {
    const record = [];
    let text = '';
    for (let index = 0;; index++) {
        const value = variables?.[(0,service_names/* releaseVariable */.St)(service, index)];
        if (value === undefined)
            return record;
        text += value;
        if (value.endsWith(','))
            continue;
        const release = parseRelease(text);
        if (release === undefined)
            return record;
        record.push(release);
        text = '';
    }
}
/** The names of the variables that hold a record, or parts of one that nobody reads any more. */
function recordVariables(service, variables) {
    const names = Array.from({ length: variablesLimit }, (_each, index) => (0,service_names/* releaseVariable */.St)(service, index));
    return names.filter((name) => variables?.[name] !== undefined);
}
function valuesOf(release) {
    const { number, deploymentId, digest, functions, commit, wentLiveAt, versions } = release;
    const values = [];
    let value = [number, deploymentId, digest, functions, commit, `${wentLiveAt}${markOf(release)}`, ''].join(':');
    for (const [index, version] of versions.entries()) {
        const piece = index === versions.length - 1 ? version : `${version},`;
        if (value.length + piece.length > valueLimit) {
            values.push(value);
            value = '';
        }
        value += piece;
    }
    return [...values, value];
}
function markOf({ isHeld, isUnverified }) {
    return `${isHeld === true ? heldMark : ''}${isUnverified === true ? unverifiedMark : ''}`;
}
function parseRelease(text) {
    const match = /^(\d+):(\w+):(\w+):(\w+):(\w*):(\d+)(-held)?(-unverified)?:((?:\d+(?:,\d+)*)?)$/.exec(text);
    if (match === null)
        return undefined;
    const [, number, deploymentId = '', digest = '', functions = '', commit = '', wentLiveAt, held, unverified, versions = ''] = match;
    return {
        number: Number(number), deploymentId, digest, functions, commit, wentLiveAt: Number(wentLiveAt),
        versions: versions === '' ? [] : versions.split(','),
        ...(held === heldMark ? { isHeld: true } : {}),
        ...(unverified === unverifiedMark ? { isUnverified: true } : {}),
    };
}
function inOrder(names) {
    return [...names].sort();
}

;// CONCATENATED MODULE: ./src/service/canary.ts


/** What a canary of ours has in place of the stage's variables: the slot, its release, and how long it is watched. */
function canaryVariables({ name, stage }, { release, slot, bake }) {
    return {
        [(0,service_names/* aliasVariable */.lb)(name)]: (0,service_names/* slotAlias */.z)(stage, slot),
        ...formatRecord(name, [release]),
        [(0,service_names/* canaryVariable */.$v)(name)]: bake === 'hold' ? bake : `${bake / 1000}`,
    };
}
/** The canary on a stage; undefined where there is none. */
function canaryOf({ name, stage }, { canarySettings }) {
    if (canarySettings === undefined)
        return undefined;
    const { deploymentId = '', percentTraffic: percent = 0, stageVariableOverrides: variables = {} } = canarySettings;
    const [release] = parseRecord(name, variables);
    const mark = /^(?:hold|\d+)$/.exec(variables[(0,service_names/* canaryVariable */.$v)(name)] ?? '')?.[0];
    const isOurs = mark !== undefined && release?.deploymentId === deploymentId;
    if (!isOurs)
        return { kind: 'foreign', percent, deploymentId };
    const slot = variables[(0,service_names/* aliasVariable */.lb)(name)] === (0,service_names/* slotAlias */.z)(stage, 'b') ? 'b' : 'a';
    return { kind: 'ours', percent, release, slot, bake: mark === 'hold' ? mark : Number(mark) * 1000 };
}
/** Whether two are the same: put there by one run, and not changed since. */
function isSameCanary(a, b) {
    return canaryKey(a) === canaryKey(b);
}
function canaryKey(canary) {
    if (canary === undefined)
        return 'none';
    if (canary.kind === 'foreign')
        return `foreign ${canary.percent} ${canary.deploymentId}`;
    const { percent, bake, slot, release } = canary;
    const { number, deploymentId, wentLiveAt, versions } = release;
    return ['ours', percent, bake, slot, number, deploymentId, wentLiveAt, versions.join()].join(' ');
}

;// CONCATENATED MODULE: ./src/service/former-settings.ts

/** A variable's value has at most so many characters, of which base64url is a part (CreateStage in the public service model). */
const former_settings_valueLimit = 512;
/** What takes more is not remembered: a stage takes a hundred variables in all. */
const mostVariables = 4;
/** The variables that hold them; none where there is nothing to remember, or too much. */
function formatFormerSettings(service, settings) {
    if (Object.keys(settings).length === 0)
        return {};
    const text = Buffer.from(JSON.stringify(settings)).toString('base64url');
    const count = Math.ceil(text.length / former_settings_valueLimit);
    if (count > mostVariables)
        return {};
    const values = Array.from({ length: count }, (_each, index) => text.slice(index * former_settings_valueLimit, (index + 1) * former_settings_valueLimit));
    return Object.fromEntries(values.map((value, index) => [(0,service_names/* formerSettingsVariable */.rV)(service, index), value]));
}
/** The settings that a stage's variables tell of; none where somebody has changed them. */
function parseFormerSettings(service, variables) {
    const text = formerSettingsVariables(service, variables).map((name) => variables?.[name] ?? '').join('');
    try {
        const settings = JSON.parse(Buffer.from(text, 'base64url').toString());
        return isSettings(settings) ? settings : {};
    }
    catch (error) {
        if (error instanceof SyntaxError)
            return {};
        throw error;
    }
}
/** The names of those variables that a stage has, in order. */
function formerSettingsVariables(service, variables) {
    const names = Array.from({ length: mostVariables }, (_each, index) => (0,service_names/* formerSettingsVariable */.rV)(service, index));
    return names.filter((name) => variables?.[name] !== undefined);
}
function isSettings(value) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        return false;
    return Object.values(value).every((each) => each === null || typeof each === 'string');
}

;// CONCATENATED MODULE: ./src/service/tags.ts
const managedBy = { key: 'managed-by', value: 'lambda-api-deploy' };
const serviceTag = 'lambda-api-deploy:service';
const repositoryTag = 'lambda-api-deploy:repository';
/** The tag of what belongs to a preview. Its value is the number of the pull request. */
const previewTag = 'lambda-api-deploy:preview';
/** The tag of what we have taken over. Its value, of a function, is the number of the version in which it was published as found. */
const joinedTag = 'lambda-api-deploy:joined';
/** The tags of everything that we make: only what bears them may be deleted. */
function ownTags({ name, repository, preview }) {
    const ofPreview = preview === undefined ? {} : { [previewTag]: String(preview) };
    return { [managedBy.key]: managedBy.value, [serviceTag]: name, [repositoryTag]: repository, ...ofPreview };
}
/**
 * Whose a thing is, by its tags: `ours` (this service of this repository), `other repository` (same service name, deployed from
 * elsewhere) or `foreign`.
 */
function ownership(tags, service) {
    // What is given back gets its own `managed-by` again, before the rest of our tags goes.
    const isManaged = tags?.[managedBy.key] === managedBy.value || tags?.[joinedTag] !== undefined;
    if (!isManaged || tags[serviceTag] !== service.name)
        return 'foreign';
    return tags[repositoryTag] === service.repository ? 'ours' : 'other repository';
}

;// CONCATENATED MODULE: ./src/service/arns.ts
/** A function, or one version or alias of it. */
function functionArn({ partition, region, accountId }, functionName, qualifier) {
    return `arn:${partition}:lambda:${region}:${accountId}:function:${functionName}${qualifier === undefined ? '' : `:${qualifier}`}`;
}
/** How an integration addresses Lambda's Invoke (PutIntegration, `uri`, in the API Gateway API reference). */
function invocationArn({ partition, region }, invoked) {
    return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${invoked}/invocations`;
}
/** All requests to a stage, as API Gateway presents itself to Lambda (developer guide, "ARN format reference"). */
/** The ARN of an API, as tags name it (developer guide, "API Gateway ARN format"). */
function apiArn({ partition, region }, apiId) {
    return `arn:${partition}:apigateway:${region}::/restapis/${apiId}`;
}
/** The ARN of a stage, as tags name it. */
function stageArn(account, { apiId, stage }) {
    return `${apiArn(account, apiId)}/stages/${stage}`;
}
function stageCallsArn({ partition, region, accountId }, { apiId, stage }) {
    return `arn:${partition}:execute-api:${region}:${accountId}:${apiId}/${stage}/*`;
}
/** A log group, without the `:*` that API Gateway does not take (CloudFormation and terraform docs). */
function logGroupArn({ partition, region, accountId }, name) {
    return `arn:${partition}:logs:${region}:${accountId}:log-group:${name}`;
}
/** The name of the log group that an ARN is of; undefined for an ARN of something else. */
function groupOfArn(arn) {
    return /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(arn ?? '')?.[1];
}
/** A policy that AWS manages; `name` has its path, such as `service-role/AWSLambdaBasicExecutionRole`. */
function managedPolicyArn({ partition }, name) {
    return `arn:${partition}:iam::aws:policy/${name}`;
}
/** The name at the end of the ARN of a role or a policy, without the path before it. */
function nameInArn(arn) {
    return arn.slice(arn.lastIndexOf('/') + 1);
}

;// CONCATENATED MODULE: ./src/resources/step.ts
/** An id that must exist by now; a missing one is a defect in the order of steps. */
function known(value, name) {
    if (value === undefined)
        throw new Error(`${name} is not known yet`);
    return value;
}
/** A step with the usual defaults: nothing differs by field, nothing is needed before. */
function step(input) {
    return { fields: [], needs: [], ...input };
}
/** An entry of the plan that says that something is as it should be, or with `count` that several alike are. */
function keep(input) {
    return { fields: [], needs: [], phase: 'prepare', action: 'keep', reason: 'unchanged', ...input, apply: async () => undefined };
}

;// CONCATENATED MODULE: ./src/resources/claim.ts






/*
 * Two runs at once may change things that have nothing in common, such as other functions and other routes, and API Gateway has no write
 * that compares. So a run first writes its name into one place that all of them share: a tag of the stage, and of the API as long as there
 * is no stage. Whoever does so last goes on, and sets right again what others have written meanwhile; the others give way once they see
 * it. A run that began last can only be stopped by one that went live before it: so in every order at least one of them goes live.
 */
const tag = 'lambda-api-deploy:run';
/** The claim of a run that is about to write. */
function newClaim(env, service, { api, stage }) {
    const on = stage === undefined ? 'API' : 'stage';
    const before = stage === undefined ? api?.tags?.[apiTag(service)] : stage.tags?.[tag];
    return { run: `${env['GITHUB_RUN_ID'] ?? 'run'}-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`, before, on };
}
/** The tag of a claim where an API or a stage is made with it. */
function claimTags({ claim, service }, on) {
    return { [on === 'stage' ? tag : apiTag(service)]: claim.run };
}
/** Makes this run the one that goes on. */
async function claim(context) {
    const { aws, account, service: { stage }, ids } = context;
    const { on } = context.claim;
    const apiId = known(ids.apiId, 'the API');
    const resourceArn = on === 'stage' ? stageArn(account, { apiId, stage }) : apiArn(account, apiId);
    await aws.api(new dist_cjs/* TagResourceCommand */.eqU({ resourceArn, tags: claimTags(context, on) }));
}
/** Whether a tag is the name of a run. */
function isClaimTag(key) {
    return key === tag || key.startsWith(`${tag}:`);
}
/** Takes the names of runs away from an API that stays when our last stage is gone. */
function planClaimRemoval(account, { id = '', tags = {} }, needs) {
    const tagKeys = Object.keys(tags).filter(isClaimTag);
    if (tagKeys.length === 0)
        return [];
    return [step({
            id: 'api/tags', kind: 'API tags', name: id, action: 'delete', phase: 'prune', reason: 'its last stage is gone', needs,
            apply: async ({ aws }) => {
                await aws.api(new dist_cjs/* UntagResourceCommand */.RP$({ resourceArn: apiArn(account, id), tagKeys }));
            },
        })];
}
/** Whether this is still the run that goes on. */
async function holdsClaim(context) {
    const tags = await readTags(context);
    return tags !== undefined && rivalIn(context, tags) === undefined;
}
/**
 * Gives way to a run that has begun since.
 * @param tags of the stage, or of the API, as they are now
 * @throws OtherRunWon
 */
function refuseRival(context, tags) {
    const rival = rivalIn(context, tags ?? {});
    if (rival !== undefined)
        throw new OtherRunWon(context.service, `Run ${rival} has begun after this one and is deploying now.`);
}
/** The other run that goes on. What stood there before this one began may be shown for a while yet: AWS is eventually consistent. */
function rivalIn({ claim: { run, before, on }, service }, tags) {
    const now = tags[on === 'stage' ? tag : apiTag(service)];
    return now === undefined || now === run || now === before ? undefined : now;
}
/** Undefined where stage or API are gone. */
async function readTags({ aws, claim: { on }, service, ids }) {
    const found = await (0,refusal/* orUndefined */.y0)(read(aws, known(ids.apiId, 'the API'), on === 'stage' ? service.stage : undefined));
    return found === undefined ? undefined : found.tags ?? {};
}
function read(aws, restApiId, stageName) {
    return stageName === undefined ? aws.api(new dist_cjs/* GetRestApiCommand */.Wy4({ restApiId })) : aws.api(new dist_cjs/* GetStageCommand */.aOX({ restApiId, stageName }));
}
/** First deploys of two stages are no rivals. A key has 128 characters (developer guide, tagging restrictions). */
function apiTag({ stage }) {
    return `${tag}:${stage}`.slice(0, 128);
}

;// CONCATENATED MODULE: ./src/resources/ownership.ts



/**
 * Refuses to touch what bears the tags of another service, of another repository or none.
 * @param thing with its kind and, where it helps, its place: `function shop`, `stage prod of API a1`
 * @throws UserError
 */
function refuseUnlessOurs(tags, service, { thing, ...wayOut }) {
    refuseOtherRepository(tags, service, `The ${thing}`);
    if (ownership(tags, service) === 'ours')
        return;
    const owner = tags?.[managedBy.key] === managedBy.value ? tags[serviceTag] : undefined;
    throw owner === undefined ? foreignThing(service, `a ${thing}`, wayOut) : thingOfService(owner, thing, wayOut);
}
/** `shop` with a function `admin-web` meets `shop-admin` with a function `web`: in AWS both are named shop-admin-web. */
function thingOfService(owner, thing, { another }) {
    return new src_errors/* UserError */.yo({
        what: `There is a ${thing} that this service did not make.`,
        why: `It belongs to the service ${owner}, as its tag ${serviceTag} says, and two services share nothing.`,
        cure: another === '`stage`'
            ? 'Choose another `stage` here.'
            : 'Choose another `function-name` here, after which the role is named, too; or another `service`.',
        docs: 'ownership.md',
    });
}
/**
 * Waits for all readings, so that everything that is somebody else's is told at once; a refusal of AWS is thrown as it is.
 * @throws UserError, or SeveralErrors of them
 */
async function allToldOf(readings) {
    const results = await Promise.allSettled(readings);
    const failures = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    const single = failures.flatMap((each) => (each instanceof src_errors/* SeveralErrors */.AJ ? each.errors : [each]));
    const [first, another] = single;
    if (first === undefined)
        return;
    const other = single.find((each) => !(each instanceof src_errors/* UserError */.yo) || each instanceof refusal/* AwsRefusal */.iT);
    const told = other ?? (another === undefined ? first : new src_errors/* SeveralErrors */.AJ(single));
    throw told;
}
/** Refuses to touch what the same service name has made from another repository. */
function refuseOtherRepository(tags, service, thing) {
    if (ownership(tags, service) !== 'other repository')
        return;
    throw new src_errors/* UserError */.yo({
        what: `${thing} belongs to a service ${service.name} that another repository deploys.`,
        why: `Its tag ${repositoryTag} is not ${service.repository}.`,
        cure: 'Choose another `service` name, or change that tag where the service has moved to this repository.',
        docs: 'ownership.md',
    });
}
/** The refusal to touch what bears no tags of ours. */
function foreignThing(service, thing, { another = 'name', cure, join } = {}) {
    const alone = cure ?? `Choose another ${another}, or remove it if nobody needs it.`;
    return new src_errors/* UserError */.yo({
        what: `There is ${thing} that this service did not make.`,
        why: `It does not bear the tags ${managedBy.key}=${managedBy.value} and ${serviceTag}=${service.name}.`,
        cure: join === undefined ? alone : `${joinCure(join)} ${cure ?? `Or choose another ${another}.`}`,
        docs: join === undefined ? 'ownership.md' : 'ownership.md#join',
    });
}
/** How a thing is taken over, and how to see before what that does. */
function joinCure(thing) {
    return `To take it over, write \`join: true\` for the ${thing}; a run with \`command: plan\` shows what that changes, and writes nothing.`;
}

;// CONCATENATED MODULE: ./src/service/access-log.ts

/** The name of the access log's group: the config's, else one of our own with the API's id in it, because API names are not unique. */
function accessLogGroup(service, apiId) {
    return service.accessLog.group ?? (0,service_names/* logGroupName */.To)(service.api.name, apiId, service.stage);
}
/** The group that takes the lines of a stage's canary (developer guide, "Set up an API Gateway canary release deployment"). */
function canaryGroup(group) {
    return `${group}/Canary`;
}
/** Whether the access log is switched on and goes to a log group, which API Gateway writes by the account's role. */
function hasLogGroup({ format, stream }) {
    return format !== undefined && stream === undefined;
}

;// CONCATENATED MODULE: ./src/resources/former-tags.ts
/** Begins the key of a tag that keeps what another tag was before we set it. */
const prefix = 'lambda-api-deploy:was:';
/** A tag's key takes 128 characters (Lambda API reference, TagResource). */
const keyLimit = 128;
/**
 * What somebody's own tags were that are to have other values of ours: tags beside them, for the time when ours go. `managed-by` is such a
 * key that others use, too.
 * @param standing the tags of a thing that we have not made
 * @param isOurs whether an earlier run has set the tag of a key
 */
function formerTags(standing, wanted, isOurs) {
    const replaced = Object.entries(standing).filter(([key, value]) => wanted[key] !== undefined && wanted[key] !== value && !isOurs(key));
    const kept = replaced.map(([key, value]) => [`${prefix}${key}`, value]);
    return Object.fromEntries(kept.filter(([key]) => key.length <= keyLimit && standing[key] === undefined));
}
/** Whether a tag keeps what another one was. */
function isFormerTag(key) {
    return key.startsWith(prefix);
}
/** What becomes of the tags when some of ours go: those that get back their former values, and the keys that go. */
function withoutOurs(standing, keys) {
    const back = keys.filter((key) => standing[`${prefix}${key}`] !== undefined);
    return {
        set: Object.fromEntries(back.map((key) => [key, standing[`${prefix}${key}`] ?? ''])),
        gone: [...keys.filter((key) => !back.includes(key)), ...back.map((key) => `${prefix}${key}`)],
    };
}

;// CONCATENATED MODULE: ./src/resources/api/joined-stage.ts







/** Whether a stage stood there before this service, which has taken it over. */
function isJoinedStage(stage) {
    return stage?.tags?.[joinedTag] !== undefined;
}
/** Whether a stage that others have made serves no release of ours yet: it is yet to be taken over, or a run that did so was stopped. */
function isJoiningStage(service, stage) {
    if (stage === undefined || stage.variables?.[(0,service_names/* aliasVariable */.lb)(service.name)] !== undefined)
        return false;
    return isJoinedStage(stage) || ownership(stage.tags, service) === 'foreign';
}
/** The deployment that a stage served before this service came to it; undefined for a stage of our own. */
function foundDeployment(service, stage) {
    return stage?.tags?.[joinedTag] ?? (isJoiningStage(service, stage) ? stage?.deploymentId : undefined);
}
/**
 * Refuses a stage that is another service's, or that cannot be taken over.
 * @throws UserError
 */
function refuseStage(service, stage, apiId) {
    if (stage === undefined)
        return;
    const isFree = stage.tags?.[managedBy.key] !== managedBy.value && isJoiningStage(service, stage);
    if (service.api.joined !== undefined && isFree)
        return;
    refuseUnlessOurs(stage.tags, service, { thing: `stage ${service.stage} of API ${apiId}`, another: '`stage`' });
}
/**
 * Makes a stage of others ours: our tags, and which deployment it serves, so that it can be given back. Nothing that a caller notices
 * changes with it.
 */
function planStageJoin(service, stage) {
    if (stage === undefined || !isJoiningStage(service, stage) || isJoinedStage(stage))
        return [];
    const found = known(stage.deploymentId, 'the deployment of the stage');
    const own = { ...ownTags(service), [joinedTag]: found };
    const tags = { ...own, ...formerTags(stage.tags ?? {}, own, () => false) };
    return [step({
            id: 'stage/join', kind: 'stage', name: service.stage, action: 'adopt', phase: 'prepare',
            reason: 'was not made by this service; what it serves is release 0, and `rollback` leads back to it',
            fields: [{ field: 'release 0', to: `deployment ${found}` }],
            apply: async ({ aws, account, ids }) => {
                const resourceArn = stageArn(account, { apiId: known(ids.apiId, 'the API'), stage: service.stage });
                await aws.api(new dist_cjs/* TagResourceCommand */.eqU({ resourceArn, tags }));
            },
        })];
}

// EXTERNAL MODULE: ./src/service/access-log-formats.ts
var access_log_formats = __webpack_require__(1615);
;// CONCATENATED MODULE: ./src/resources/api/stage-settings.ts

/**
 * What a stage has where nothing is set (10,000 recorded in test_create_update_stages; both: developer guide, "Throttle requests to your
 * REST APIs"). AWS can remove settings of all methods only as a whole, with those that others have made, so a limit that leaves the
 * config is put back to these.
 */
const defaults = { rate: 10_000, burst: 5_000 };
/** The name of a format that has one. */
function formatName(format) {
    return Object.entries(access_log_formats/* accessLogFormats */.l).find(([, text]) => text === format)?.[0] ?? format;
}
/** Either asks for both: a log has a format and a place. */
const logNames = ['access-log', 'access-log-group'];
/** Every setting of a stage that we manage. One more is one more entry here. */
const stageSettings = [
    {
        // A part of the requests goes to another deployment. A release goes live whole, and is what all callers get.
        field: 'canary', isOfRelease: true,
        wanted: () => undefined,
        actual: ({ canarySettings }) => canarySettings && `${canarySettings.percentTraffic} % to deployment ${canarySettings.deploymentId}`,
        found: () => undefined,
        names: [],
        patch: () => [{ op: 'remove', path: '/canarySettings' }],
    },
    {
        field: 'access-log',
        wanted: (service) => service.accessLog.format,
        actual: (stage) => stage.accessLogSettings?.format,
        found: (stage) => stage.accessLogSettings?.format,
        names: logNames,
        shown: formatName,
        patch: (value) => value === undefined ? [{ op: 'remove', path: '/accessLogSettings' }] : [{ op: 'replace', path: '/accessLogSettings/format', value }],
    },
    {
        field: 'access-log-group',
        wanted: (service, arns) => (service.accessLog.format === undefined ? undefined : arns.accessLogArn),
        actual: (stage) => stage.accessLogSettings?.destinationArn,
        found: (stage) => stage.accessLogSettings?.destinationArn,
        names: logNames,
        // Turning the log off is one `remove` of the whole, which the format's row does: a single key cannot be removed (recorded).
        patch: (value) => (value === undefined ? [] : [{ op: 'replace', path: '/accessLogSettings/destinationArn', value }]),
    },
    {
        field: 'throttling-rate',
        wanted: (service) => String(service.api.throttlingRate ?? defaults.rate),
        actual: (stage) => String(stage.methodSettings?.['*/*']?.throttlingRateLimit ?? defaults.rate),
        found: (stage) => stage.methodSettings?.['*/*']?.throttlingRateLimit?.toString(),
        names: ['throttling-rate'], isOfAllMethods: true,
        patch: (value) => [{ op: 'replace', path: '/*/*/throttling/rateLimit', ...(value === undefined ? {} : { value }) }],
    },
    {
        field: 'throttling-burst',
        wanted: (service) => String(service.api.throttlingBurst ?? defaults.burst),
        actual: (stage) => String(stage.methodSettings?.['*/*']?.throttlingBurstLimit ?? defaults.burst),
        found: (stage) => stage.methodSettings?.['*/*']?.throttlingBurstLimit?.toString(),
        names: ['throttling-burst'], isOfAllMethods: true,
        patch: (value) => [{ op: 'replace', path: '/*/*/throttling/burstLimit', ...(value === undefined ? {} : { value }) }],
    },
];
/**
 * The settings of a scope. On a stage that others have made only those that the config names, and those that it no longer names, which go
 * back to what was found.
 */
function settingsOf(scope, service) {
    const all = stageSettings.filter(({ isOfRelease = false }) => scope === 'all' || isOfRelease === (scope === 'release'));
    const { joined } = service?.api ?? {};
    const before = joined?.foundSettings;
    if (joined === undefined || before === undefined)
        return all;
    return all.flatMap((setting) => {
        const { field, names, isOfRelease, actual } = setting;
        if (isOfRelease === true || names.some((name) => joined.named.has(name)))
            return [setting];
        return field in before ? [{ ...setting, isReturning: true, wanted: () => before[field] ?? actual({}) }] : [];
    });
}
/** The settings that hold for all methods of a stage; AWS takes them away as a whole (recorded: test_update_stage_remove_wildcard). */
const allMethods = {
    removal: { op: 'remove', path: '/*/*' },
    /** Whether nothing but limits of requests is set among them. */
    isOnlyLimits: ({ methodSettings }) => {
        const { metricsEnabled, dataTraceEnabled, cachingEnabled, loggingLevel = 'OFF' } = methodSettings?.['*/*'] ?? {};
        return metricsEnabled !== true && dataTraceEnabled !== true && cachingEnabled !== true && loggingLevel === 'OFF';
    },
};

;// CONCATENATED MODULE: ./src/resources/api/found-settings.ts



/*
 * What settings of a stage were that others have made and that a config of ours changes: remembered in variables of the stage, which go
 * with the same write as the change itself. A value takes 512 characters of `[A-Za-z0-9-._~:/?#&=,]` (public service model), and a format
 * may be longer and have any, so it is JSON in Base64url, in pieces.
 */
const pieceLength = 512;
/** What a config asks for on a stage that others have made: what it does not name stays as it stands, the access log, too. */
function withFoundStage(service, stage) {
    const { joined } = service.api;
    if (joined === undefined || stage === undefined || !(isJoinedStage(stage) || isJoiningStage(service, stage)))
        return service;
    const isLogNamed = ['access-log', 'access-log-group'].some((name) => joined.named.has(name));
    const { cloudwatchRole } = service.accessLog;
    const api = { ...service.api, joined: { ...joined, foundSettings: foundSettings(service, stage) } };
    return { ...service, api, accessLog: isLogNamed ? service.accessLog : { cloudwatchRole } };
}
/** What is remembered on a stage, by the names of the settings. */
function foundSettings({ name }, { variables = {} }) {
    const text = memoryNames(name, variables).map((each) => variables[each]).join('');
    return text === '' ? {} : JSON.parse(Buffer.from(text, 'base64url').toString());
}
/** The names of the variables that hold it. */
function memoryNames(service, variables) {
    const names = [];
    for (let name = (0,service_names/* foundVariable */.bu)(service); variables[name] !== undefined; name = (0,service_names/* foundVariable */.bu)(service, names.length))
        names.push(name);
    return names;
}
/** What keeps the memory right when the settings of a scope are set: what is changed for the first time comes in, what is as found goes. */
function memoryPatch(service, stage, { arns, scope }) {
    const before = service.api.joined?.foundSettings;
    if (before === undefined)
        return [];
    const settings = settingsOf(scope, service).filter(({ isOfRelease }) => isOfRelease !== true);
    const changed = settings.filter(({ field, wanted, actual }) => !(field in before) && wanted(service, arns) !== actual(stage));
    const back = settings.filter(({ isReturning }) => isReturning === true).map(({ field }) => field);
    if (changed.length + back.length === 0)
        return [];
    const kept = Object.entries(before).filter(([field]) => !back.includes(field));
    const memory = Object.fromEntries([...kept, ...changed.map(({ field, found }) => [field, found(stage) ?? null])]);
    const wanted = memoryVariables(service.name, memory);
    const surplus = memoryNames(service.name, stage.variables ?? {}).filter((name) => !(name in wanted));
    return [
        ...Object.entries(wanted).map(([name, value]) => ({ op: 'replace', path: `/variables/${name}`, value })),
        ...surplus.map((name) => ({ op: 'remove', path: `/variables/${name}` })),
    ];
}
/** What leads the settings of a stage back to what is remembered of them. */
function returnPatch(stage, memory) {
    const settings = settingsOf('config');
    const changed = settings.filter(({ field, actual }) => field in memory && actual(stage) !== (memory[field] ?? actual({})));
    const [limits, others] = [changed.filter(isOfAllMethods), changed.filter((each) => !isOfAllMethods(each))];
    const patchesOf = (some) => some.flatMap(({ field, actual, patch }) => patch(memory[field] ?? actual({})));
    const rest = settings.filter((each) => isOfAllMethods(each) && !limits.includes(each));
    const isAll = rest.every(({ actual }) => actual(stage) === actual({})) && limits.every(({ field }) => memory[field] === null);
    const isRemoved = limits.length > 0 && isAll && allMethods.isOnlyLimits(stage);
    return [...patchesOf(others), ...(isRemoved ? [allMethods.removal] : patchesOf(limits))];
}
function isOfAllMethods({ isOfAllMethods: is }) {
    return is === true;
}
function memoryVariables(service, memory) {
    if (Object.keys(memory).length === 0)
        return {};
    const text = Buffer.from(JSON.stringify(memory)).toString('base64url');
    const pieces = Array.from({ length: Math.ceil(text.length / pieceLength) }, (_each, index) => text.slice(index * pieceLength, (index + 1) * pieceLength));
    return Object.fromEntries(pieces.map((piece, index) => [(0,service_names/* foundVariable */.bu)(service, index), piece]));
}

;// CONCATENATED MODULE: ./src/resources/api/stage-changes.ts





/** The differences of the stage's settings; those with ids that are known after apply count as differing. */
function stageDiffs(service, stage, { arns, scope = 'all' }) {
    return settingsOf(scope, service).flatMap((setting) => {
        const wanted = setting.wanted(service, arns);
        const actual = setting.actual(stage ?? {});
        const shown = (value) => brief(value === undefined ? undefined : setting.shown?.(value) ?? value);
        return wanted === actual ? [] : [{ field: setting.field, from: shown(actual), to: shown(wanted) }];
    });
}
/** The ARN of where the access log goes, where it is known. */
function stageArns(service, account, { apiId }) {
    const { format, group, stream } = service.accessLog;
    if (format !== undefined && stream !== undefined)
        return { accessLogArn: stream };
    if (format === undefined || (apiId === undefined && group === undefined))
        return { accessLogArn: undefined };
    return { accessLogArn: logGroupArn(account, accessLogGroup(service, apiId ?? '')) };
}
/** What leads a stage's settings to those that the config asks for. */
function settingsPatch(stage, service, { arns, scope = 'all' }) {
    const all = settingsOf(scope, service);
    const returning = new Set(all.filter(({ isReturning }) => isReturning === true).map(({ field }) => field));
    const settings = all.filter(({ field }) => !returning.has(field)).flatMap((setting) => {
        const value = setting.wanted(service, arns);
        return setting.actual(stage) === value ? [] : setting.patch(value);
    });
    const memory = Object.entries(service.api.joined?.foundSettings ?? {}).filter(([field]) => returning.has(field));
    return [...settings, ...returnPatch(stage, Object.fromEntries(memory)), ...memoryPatch(service, stage, { arns, scope })];
}
/** The settings that a release goes live with and that were otherwise before, as they were. */
function formerSettings(service, stage, arns) {
    const changed = settingsOf('config', service).filter(({ wanted, actual }) => wanted(service, arns) !== actual(stage));
    return Object.fromEntries(changed.map(({ field, actual }) => [field, actual(stage) ?? null]));
}
/**
 * What leads a stage's settings back to those that it had.
 * @param former settings that were otherwise still earlier
 */
function settingsBack(now, before, former) {
    return settingsOf('config').flatMap(({ field, actual, patch }) => {
        const value = field in former ? (former[field] ?? undefined) : actual(before);
        return actual(now) === value ? [] : patch(value);
    });
}
/** Formats are long, and how they begin tells them apart. */
function brief(value) {
    if (value === undefined)
        return change/* notSet */.U;
    return value.length <= 60 ? value : `${value.slice(0, 57)}...`;
}

;// CONCATENATED MODULE: ./src/resources/api/stage.ts












/** All stages of an API. */
async function readStages(aws, restApiId) {
    return (await aws.api(new dist_cjs/* GetStagesCommand */.pY7({ restApiId }))).item ?? [];
}
/** Takes a stage off the air; its logs and the working copy stay. */
function planStageDelete(restApiId, stageName) {
    return step({
        id: 'stage', kind: 'stage', name: stageName, action: 'delete', phase: 'go live', reason: 'its routes answer no more',
        apply: async ({ aws }) => {
            await (0,refusal/* orUndefined */.y0)(aws.api(new dist_cjs/* DeleteStageCommand */.BIU({ restApiId, stageName })));
        },
    });
}
/** What a stage says that has not learnt of a new account role yet (aws-samples/serverless-patterns#620). */
const roleUnknown = /CloudWatch Logs role ARN must be set in account settings/;
/** Puts everything on the stage in one UpdateStage; a stage that does not exist yet is made before. */
async function putStage(context, before, goal) {
    const { account, ids } = context;
    const { service } = goal;
    const restApiId = known(ids.apiId, 'the API');
    const stage = before ?? (await create(context, restApiId, goal));
    const arns = stageArns(service, account, ids);
    // What was read at the start may have changed since: a release is sent whole, so that it never mixes with another run's.
    const isWhole = before !== undefined && Object.keys(goal.variables).length > 0;
    await updateStage(context, [...releasePatch(stage, goal, isWhole), ...settingsPatch(stage, service, { arns, scope: goal.scope })]);
}
/** One UpdateStage, in which everything changes together; none where there is nothing to change. */
async function updateStage({ aws, ids, service }, patchOperations) {
    if (patchOperations.length === 0)
        return;
    const restApiId = known(ids.apiId, 'the API');
    const passing = ids.isAccountRoleNew ? { passing: roleUnknown } : {};
    await aws.api(new dist_cjs/* UpdateStageCommand */.hJS({ restApiId, stageName: service.stage, patchOperations }), passing);
}
/** Puts a stage back to the deployment and the settings that it had, in one UpdateStage. */
async function putStageBack({ aws, ids, service }, { now, before, variables, former }) {
    const patchOperations = [
        { op: 'replace', path: '/deploymentId', value: known(before.deploymentId, 'the deployment before') },
        ...Object.entries(variables).map(([name, value]) => ({ op: 'replace', path: `/variables/${name}`, value })),
        ...surplusPatch(service.name, now, variables),
        ...settingsBack(now, before, former),
    ];
    await aws.api(new dist_cjs/* UpdateStageCommand */.hJS({ restApiId: known(ids.apiId, 'the API'), stageName: service.stage, patchOperations }));
}
/** Writes those variables of a record that differ from the stage's. */
async function putRecord({ aws, ids, service }, now, variables) {
    const changed = Object.entries(variables).filter(([name, value]) => now.variables?.[name] !== value);
    const patchOperations = [
        ...changed.map(([name, value]) => ({ op: 'replace', path: `/variables/${name}`, value })),
        ...surplusPatch(service.name, now, variables),
    ];
    await aws.api(new dist_cjs/* UpdateStageCommand */.hJS({ restApiId: known(ids.apiId, 'the API'), stageName: service.stage, patchOperations }));
}
/** The stage as it is now. */
async function readStage(aws, restApiId, stageName) {
    return aws.api(new dist_cjs/* GetStageCommand */.aOX({ restApiId, stageName }));
}
/**
 * Refuses where the stage serves another release than when this run began, or another run has begun since. API Gateway has no write that
 * compares, so this is asked as late as possible: beside the last calls before the slot is moved, so that the run takes no longer for it,
 * and once more after a wait.
 * @throws OtherRunWon
 */
async function refuseOtherRelease(context, before, { looksAtCanary = true } = {}) {
    const { aws, ids, service } = context;
    const now = await readStage(aws, known(ids.apiId, 'the API'), service.stage);
    const stage = `stage ${service.stage}`;
    if (before === undefined)
        throw new OtherRunWon(service, `There is a ${stage} now; there was none when this run began.`);
    if (now.deploymentId !== before.deploymentId) {
        const why = `Deployment ${now.deploymentId} is on ${stage}; it was ${before.deploymentId} when this run began.`;
        throw new OtherRunWon(service, why);
    }
    const names = [(0,service_names/* aliasVariable */.lb)(service.name), (0,service_names/* releaseVariable */.St)(service.name)];
    const variable = names.find((name) => now.variables?.[name] !== before.variables?.[name]);
    if (variable !== undefined)
        throw new OtherRunWon(service, `The variable ${variable} of ${stage} is not what it was when this run began.`);
    if (looksAtCanary && !isSameCanary(canaryOf(service, now), canaryOf(service, before))) {
        throw new OtherRunWon(service, `The canary of ${stage} is not what it was when this run began.`);
    }
    refuseRival(context, now.tags);
}
/** Whether callers of the stage may get to an alias that this run has made or moved. */
async function servesOwnAlias({ aws, ids, service }) {
    if (ids.apiId === undefined || ids.putAliases.size === 0)
        return false;
    const now = await (0,refusal/* orUndefined */.y0)(readStage(aws, ids.apiId, service.stage));
    return ids.putAliases.has(now?.variables?.[(0,service_names/* aliasVariable */.lb)(service.name)] ?? '');
}
/** CreateStage takes neither access log nor method settings (public service model), so what it lacks follows in an UpdateStage. */
async function create(context, restApiId, { deploymentId, variables }) {
    const { aws, service } = context;
    const stageName = service.stage;
    const tags = { ...ownTags(service), ...claimTags(context, 'stage') };
    const input = { restApiId, stageName, deploymentId, variables: { ...variables }, tags };
    /** After a lost answer: the stage, unless it is one that another run, or somebody by hand, has made meanwhile. */
    const lookup = async () => {
        const found = await (0,refusal/* orUndefined */.y0)(readStage(aws, restApiId, stageName));
        if (found !== undefined)
            refuseUnlessOurs(found.tags, service, { thing: `stage ${stageName} of API ${restApiId}` });
        return found?.deploymentId === deploymentId ? found : undefined;
    };
    try {
        return await aws.api(new dist_cjs/* CreateStageCommand */.oCS(input), { lookup });
    }
    catch (error) {
        if ((0,refusal/* isRefusal */.vu)(error, 'ConflictException'))
            await lookup();
        throw error;
    }
}
/** Deployment and variables: those that differ, or all of them; and what an older record has left goes. */
function releasePatch(stage, { service, deploymentId, variables }, isWhole) {
    const members = [
        { path: '/deploymentId', value: deploymentId, actual: stage.deploymentId },
        ...Object.entries(variables).map(([name, value]) => ({ path: `/variables/${name}`, value, actual: stage.variables?.[name] })),
    ];
    const changed = members.filter(({ value, actual }) => isWhole || actual !== value);
    return [
        ...changed.map(({ path, value }) => ({ op: 'replace', path, value })),
        ...(isWhole ? surplusPatch(service.name, stage, variables) : []),
    ];
}
/** Takes away what an older record, or a release that was not verified, has left. */
function surplusPatch(service, { variables: actual }, variables) {
    const ours = [...recordVariables(service, actual), ...formerSettingsVariables(service, actual)];
    return ours.filter((name) => !(name in variables)).map((name) => ({ op: 'remove', path: `/variables/${name}` }));
}

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-lambda/dist-cjs/index.js
var client_lambda_dist_cjs = __webpack_require__(1696);
;// CONCATENATED MODULE: ./src/aws/pages.ts
/** Reads a listing to its end. `read` asks for the page that begins at `from`: undefined for the first one. */
async function allPages(read) {
    const all = [];
    for (let from;;) {
        const { items, next } = await read(from);
        all.push(...(items ?? []));
        if (next === undefined || next === '')
            return all;
        from = next;
    }
}

;// CONCATENATED MODULE: ./src/resources/lambda/provisioned.ts



const provisionedActions = (/* unused pure expression or super */ null && ([
    'lambda:ListProvisionedConcurrencyConfigs',
    'lambda:GetProvisionedConcurrencyConfig',
    'lambda:PutProvisionedConcurrencyConfig',
    'lambda:DeleteProvisionedConcurrencyConfig',
    'lambda:TagResource',
    'lambda:UntagResource',
]));
/**
 * Begins the key of the tag in which we remember, for each stage, that its slots may have provisioned concurrency, and how much the config
 * last asked for. Where AWS has another number, somebody else scales it.
 */
const tagPrefix = 'lambda-api-deploy:provisioned:';
/** A tag's key takes 128 characters (Lambda API reference, TagResource). */
const provisioned_keyLimit = 128;
function provisionedTag(stage) {
    return `${tagPrefix}${(0,service_names/* shorten */.ml)(stage, provisioned_keyLimit - tagPrefix.length)}`;
}
function isProvisionedTag(key) {
    return key.startsWith(tagPrefix);
}
/** How much an earlier run has set for a stage; undefined where none has. */
function rememberedProvisioned(tags, stage) {
    const told = tags[provisionedTag(stage)];
    return told === undefined ? undefined : Number(told);
}
/** The provisioned concurrency of a function, by alias or version. */
async function readProvisioned(aws, FunctionName) {
    const configs = await allPages(async (Marker) => {
        const found = await aws.lambda(new client_lambda_dist_cjs/* ListProvisionedConcurrencyConfigsCommand */.oXS({ FunctionName, Marker }));
        return { items: found.ProvisionedConcurrencyConfigs, next: found.NextMarker };
    });
    return new Map(configs.map(({ FunctionArn = '', RequestedProvisionedConcurrentExecutions: requested = 0, Status: status = '' }) => [FunctionArn.slice(FunctionArn.lastIndexOf(':') + 1), { requested, status }]));
}

;// CONCATENATED MODULE: ./src/resources/lambda/provisioned-wait.ts



/** AWS says that it takes a minute or two; a function in a VPC, or hundreds of environments, take longer. In milliseconds. */
const patience = 20 * 60_000;
/**
 * Waits until the provisioned concurrency of an alias is READY, and tells how far it is.
 * @throws UserError where it is FAILED, or takes too long
 */
async function waitUntilProvisioned({ aws, progress }, { functionName, alias }) {
    const start = performance.now();
    let told;
    for (let interval = 500;; interval = Math.min(interval * 1.5, 5_000)) {
        const now = await aws.lambda(new client_lambda_dist_cjs/* GetProvisionedConcurrencyConfigCommand */.D96({ FunctionName: functionName, Qualifier: alias }));
        const { Status, StatusReason, AllocatedProvisionedConcurrentExecutions: there = 0, RequestedProvisionedConcurrentExecutions: all } = now;
        if (Status === 'READY')
            return;
        const name = `${functionName}:${alias}`;
        if (Status === 'FAILED')
            throw failed(name, StatusReason);
        if (told !== there)
            progress.info(`Provisioned concurrency of ${name}: ${there} of ${all} environments are initialized.`);
        told = there;
        if (performance.now() - start > patience) {
            throw new src_errors/* UserError */.yo({
                what: `The provisioned concurrency of ${name} is not READY after 20 minutes: ${there} of ${all} environments are initialized.`,
                cure: 'What was live before still serves. Look at the alias in the Lambda console, then run the job again.',
                docs,
            });
        }
        await (0,cancellation/* pause */.v7)(interval);
    }
}
const docs = 'releases.md#provisioned-concurrency';
/** FUNCTION_ERROR_INIT_FAILURE was recorded (test_provisioned_concurrency_init_failure). */
function failed(name, reason) {
    const isCode = reason?.includes('INIT_FAILURE') === true;
    const [functionName = ''] = name.split(':');
    return new src_errors/* UserError */.yo({
        what: `Lambda could not initialize the provisioned concurrency of ${name}: ${reason ?? 'it gives no reason'}`,
        why: isCode ? "The handler's module fails while it is loaded, before any request." : 'Lambda has given it up.',
        cure: (isCode ? `Read the function's log, /aws/lambda/${functionName}, fix the code and deploy again.` : 'Run the job again.') +
            ' What was live before still serves.',
        docs,
    });
}

;// CONCATENATED MODULE: ./src/resources/lambda/provisioned-steps.ts







/** Gives an alias its provisioned concurrency and waits until that is READY; none where it is. */
function planProvisioned(goal, needs) {
    const { functionName, alias, number, standing, config, told } = goal;
    const isThere = standing?.requested === number && standing.status === 'READY';
    if (isThere && config === told)
        return [];
    const isBegun = standing?.requested === number && standing.status !== 'FAILED';
    return [step({
            id: `function/${functionName}/provisioned/${alias}`, kind: 'provisioned concurrency', name: `${functionName}:${alias}`,
            phase: 'prepare', needs, action: standing === undefined ? 'create' : 'update', reason: reasonOf(standing, isBegun),
            fields: isBegun ? [] : [{ field: 'provisioned-concurrency', from: String(standing?.requested ?? change/* notSet */.U), to: String(number) }],
            apply: (context) => provide(context, goal, isBegun),
        })];
}
function reasonOf(standing, isBegun) {
    if (isBegun)
        return standing?.status === 'READY' ? 'what the config asks for is remembered' : 'a run that was stopped has begun it';
    if (standing?.status === 'FAILED')
        return 'it failed before';
    return standing === undefined ? 'the slot is live only once its environments are initialized' : 'differs';
}
/** Takes the provisioned concurrency of an alias away. */
function planProvisionedDelete({ functionName, alias, phase, reason }, needs = []) {
    return step({
        id: `function/${functionName}/provisioned/${alias}/delete`, kind: 'provisioned concurrency', name: `${functionName}:${alias}`,
        action: 'delete', phase, reason, needs,
        apply: (context) => takeAway(context, functionName, alias),
    });
}
/** Forgets that a stage's slots may have some, once they have none. */
function planProvisionedForget(functionName, stage, needs) {
    return step({
        id: `function/${functionName}/provisioned`, kind: 'function tags', name: functionName, action: 'update', phase: 'prune', needs,
        reason: 'the config no longer asks for provisioned concurrency',
        apply: async ({ aws, account }) => {
            await aws.lambda(new client_lambda_dist_cjs/* UntagResourceCommand */.RP$({ Resource: functionArn(account, functionName), TagKeys: [provisionedTag(stage)] }));
        },
    });
}
/** Takes it away from one alias; none is as well. */
async function takeAway({ aws }, FunctionName, Qualifier) {
    await (0,refusal/* orUndefined */.y0)(aws.lambda(new client_lambda_dist_cjs/* DeleteProvisionedConcurrencyConfigCommand */.Cbo({ FunctionName, Qualifier })));
}
/** It is remembered before anything is set up, so that a run which follows a killed one finds what costs money. */
async function provide(context, goal, isBegun) {
    const { functionName, alias, told, config } = goal;
    if (told === undefined)
        await remember(context, goal);
    if (!isBegun) {
        context.ids.provisioned.push({ functionName, alias });
        await put(context, goal);
    }
    await waitUntilProvisioned(context, goal);
    if (told !== undefined && told !== config)
        await remember(context, goal);
}
async function remember({ aws, account }, { functionName, stage, config }) {
    const Tags = { [provisionedTag(stage)]: String(config) };
    await aws.lambda(new client_lambda_dist_cjs/* TagResourceCommand */.eqU({ Resource: functionArn(account, functionName), Tags }));
}
/** AWS takes it on a version or on an alias of it, "not both"; whether on two aliases of one version, nobody says. */
const taken = /already Provisioned version/;
async function put(context, { functionName, alias, number, twin }) {
    const input = { FunctionName: functionName, Qualifier: alias, ProvisionedConcurrentExecutions: number };
    const send = () => context.aws.lambda(new client_lambda_dist_cjs/* PutProvisionedConcurrencyConfigCommand */.iLl(input));
    try {
        await send();
    }
    catch (error) {
        if (twin === undefined || !(0,refusal/* isRefusal */.vu)(error, 'ResourceConflictException') || !taken.test(error.detail))
            throw error;
        context.progress.warning(`AWS takes provisioned concurrency of ${functionName} on one alias of its version alone: it passes from ${twin} to ${alias} now, ` +
            'and calls may meet cold starts until it is READY.');
        await takeAway(context, functionName, twin);
        await send();
    }
}

;// CONCATENATED MODULE: ./src/release/cooled.ts






/**
 * After a failure: takes the provisioned concurrency away again that this run has set up and that no caller reaches, because it costs money
 * for as long as it stands. Where another run has won, that one has the slot. A run that is told to stop leaves it to the next one.
 */
async function coolAfterFailure(context, failure) {
    const { aws, ids, progress, service } = context;
    if (ids.provisioned.length === 0 || failure instanceof OtherRunWon || (0,cancellation/* cancellation */.WN)() !== undefined)
        return;
    const names = ids.provisioned.map(({ functionName, alias }) => `${functionName}:${alias}`).join(', ');
    try {
        const stage = ids.apiId === undefined ? undefined : await (0,refusal/* orUndefined */.y0)(readStage(aws, ids.apiId, service.stage));
        const variable = (0,service_names/* aliasVariable */.lb)(service.name);
        const reached = [stage?.variables?.[variable], stage?.canarySettings?.stageVariableOverrides?.[variable]];
        const idle = ids.provisioned.filter(({ alias }) => !reached.includes(alias));
        for (const { functionName, alias } of idle)
            await takeAway(context, functionName, alias);
        if (idle.length > 0)
            progress.info(`Took the provisioned concurrency of ${names} away again, because the release is not live.`);
    }
    catch (error) {
        progress.warning(`The provisioned concurrency of ${names} may still cost money; the next deploy takes it away. ${String(error)}`);
    }
}

// EXTERNAL MODULE: ./node_modules/p-queue/dist/index.js + 4 modules
var dist = __webpack_require__(9052);
// EXTERNAL MODULE: ./src/service/smoke/smoke-test.ts
var smoke_test = __webpack_require__(7085);
;// CONCATENATED MODULE: ./src/service/smoke/expect.ts

/** So much of an answer is shown. */
const shownCharacters = 400;
/** What an answer lacks, each in a few words: `status 200 was expected, and it is 500`. None where it is as expected. */
function shortcomings({ status, text, pattern, json, within }, answer) {
    const isStatus = status.some(({ from, to }) => answer.status >= from && answer.status <= to);
    const differing = json === undefined ? undefined : difference(json, parsed(answer.body), '');
    return [
        ...(isStatus ? [] : [`status ${(0,smoke_test/* statusText */.q)(status)} was expected, and it is ${answer.status}`]),
        ...(text === undefined || answer.body.includes(text) ? [] : [`the text ${JSON.stringify(text)} is not in it`]),
        ...(pattern === undefined || pattern.test(answer.body) ? [] : [`nothing in it matches ${String(pattern)}`]),
        ...(differing === undefined ? [] : [differing]),
        ...(within === undefined || answer.took <= within ? [] : [tooSlow(within, answer)]),
    ];
}
/** Whether an answer comes too late and is right otherwise. */
function isOnlyLate(expected, answer) {
    return shortcomings(expected, answer).length > 0 && shortcomings(expected, { ...answer, took: 0 }).length === 0;
}
/** An answer for a reader: `500 in 35 ms: {"message": …}`, without what is secret. */
function answerText({ status, body, took, reason }, secrets) {
    const text = withoutSecrets(body, secrets).replace(/\s+/g, ' ').trim();
    const cut = text.length > shownCharacters ? `${text.slice(0, shownCharacters)}… (${text.length} characters)` : text;
    return `${status} in ${Math.round(took)} ms${reason === undefined ? '' : `, because ${reason}`}${cut === '' ? '' : `: ${cut}`}`;
}
/** A text with every secret in it replaced, as it is and as JSON writes it. */
function withoutSecrets(text, secrets) {
    const spellings = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]).filter((each) => each !== '');
    return spellings.sort((a, b) => b.length - a.length).reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
function tooSlow(within, { took }) {
    return `an answer within ${within} ms was expected, and it took ${Math.round(took)} ms`;
}
/** Where a JSON value first lacks what is expected of it: objects may have more members, lists must be as long. */
function difference(expected, actual, path) {
    if (typeof expected !== 'object' || expected === null) {
        return expected === actual ? undefined : `${path === '' ? 'its JSON' : path} should be ${shown(expected)}, and is ${shown(actual)}`;
    }
    if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length)) {
        const found = Array.isArray(actual) ? `a list of ${actual.length}` : shown(actual);
        return `${path === '' ? 'its JSON' : path} should be a list of ${expected.length}, and is ${found}`;
    }
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual) !== Array.isArray(expected)) {
        return `${path === '' ? 'its JSON' : path} should be an object, and is ${shown(actual)}`;
    }
    const entries = Object.entries(expected).map(([key, value]) => {
        const below = Array.isArray(expected) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
        return difference(value, Object.hasOwn(actual, key) ? actual[key] : undefined, below);
    });
    return entries.find((each) => each !== undefined);
}
function parsed(body) {
    try {
        return JSON.parse(body);
    }
    catch {
        return undefined;
    }
}
function shown(value) {
    if (value === undefined)
        return 'missing';
    const text = JSON.stringify(value);
    return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

;// CONCATENATED MODULE: ./src/release/settle.ts

/*
 * AWS answers a write before every part of it knows the change. No document says how long that may last; each of these times is longer
 * than what was seen. They are waited, not asked for: no call would show it. In milliseconds.
 */
/** A stage serves what it served before for up to 12 s (LocalStack's tests against AWS poll for so long after UpdateStage). */
const stageSettles = 15_000;
/** A new permission is honoured on the invoke URL only after some seconds (500 for about 5 s, terraform-provider-aws#17604). */
const permissionSettles = 10_000;
/** An alias that was moved calls the version that it named before for a while (DataBiosphere/azul#7883, AWS support: no figure). */
const aliasSettles = 5_000;
/**
 * Waits until all of AWS knows the aliases and permissions that this run has changed; only a stage with callers needs that.
 * @returns whether there was anything to wait for
 */
async function waitForSlot({ ids, progress }) {
    const permission = rest(ids.permissionAddedAt, permissionSettles);
    const alias = rest(ids.aliasMovedAt, aliasSettles);
    const wait = Math.max(permission, alias);
    if (wait === 0)
        return false;
    const what = permission > alias ? 'the new permission' : 'the moved slot';
    progress.info(`Waiting ${Math.ceil(wait / 1000)} s until ${what} is known everywhere.`);
    await (0,cancellation/* pause */.v7)(wait);
    return true;
}
/**
 * Waits before the idle slot takes other versions, where it was the live one or a canary's a short while ago. Some callers still reach it,
 * and must not get the code of the next release before that is live. When a canary went nothing but the stage's own time tells.
 * @param needs what takes a canary off
 */
function idleSlotGuard({ served, stage }, needs = []) {
    const changedAt = Math.max(served.record[0]?.wentLiveAt ?? 0, (stage?.lastUpdatedDate?.getTime() ?? 0) / 1000);
    const until = 'nobody sees the release before the live one';
    return {
        id: 'slot/unused', phase: 'prepare', needs,
        check: ({ progress, ids }) => waitSince(Math.max(changedAt, (ids.canaryEndedAt ?? 0) / 1000), { progress, until }),
    };
}
/**
 * Waits before anything is taken away that was served a short while ago.
 * @param since when the last of it went out of service, in seconds since the epoch; undefined for the moment at which this run goes live,
 * or ends a canary
 */
function disuseGuard(id, since) {
    return {
        id, phase: 'prune', needs: [],
        check: ({ ids, progress }) => {
            const now = Math.max(ids.wentLiveAt ?? 0, ids.canaryEndedAt ?? 0) / 1000;
            return waitSince(since ?? now, { progress, until: 'nobody sees what is taken away' });
        },
    };
}
/** The steps after a guard. */
function after(guard, steps) {
    return steps.map((each) => ({ ...each, needs: [...each.needs, guard] }));
}
async function waitSince(seconds, { progress, until }) {
    const wait = rest(seconds === undefined ? undefined : seconds * 1000, stageSettles);
    if (wait === 0)
        return;
    progress.info(`Waiting ${Math.ceil(wait / 1000)} s until ${until}.`);
    await (0,cancellation/* pause */.v7)(wait);
}
/** What is left of a time that began at `from`, which another machine's clock may have written: at most all of it. */
function rest(from, milliseconds) {
    return from === undefined ? 0 : Math.min(Math.max(from + milliseconds - Date.now(), 0), milliseconds);
}

// EXTERNAL MODULE: ./src/defined.ts
var defined = __webpack_require__(2050);
;// CONCATENATED MODULE: ./src/release/smoke/failure.ts



/** A test's failure with its place, what was expected and what was got. */
function smokeFailure(test, answer, { when, cure, secrets, from }) {
    const lacks = withoutSecrets(shortcomings(test.expected, answer).join('; '), secrets);
    return new src_errors/* UserError */.yo((0,defined/* defined */.s)({
        what: `The smoke test ${test.line} failed ${when}: ${lacks}.`,
        why: `${from} answered ${answerText(answer, secrets)}`,
        cure,
        docs: 'releases.md#smoke-tests',
        place: test.place,
    }));
}

;// CONCATENATED MODULE: ./src/release/held.ts



/** The record with its marks as they are once the next release is live: a rollback holds what it leaves, a new release frees all. */
function markedFor(next, { record, digest }) {
    if (next.goesBackTo === undefined)
        return record.map((release) => marked(release, false));
    // Where somebody has put another deployment on the stage, no release of the record is left.
    const left = digest === undefined ? undefined : record[0];
    return record.map((release) => {
        if (isContentOf(next, release))
            return marked(release, false);
        return left !== undefined && isSameContent(left, release) ? marked(release, true) : release;
    });
}
/** A record whose first release gives way to one of those before it, which is live again: what is left is held. */
function heldAfter(record, again) {
    const [left] = record;
    return record.map((release) => {
        if (isSameContent(release, again))
            return marked(release, false);
        return left !== undefined && isSameContent(release, left) ? marked(release, true) : release;
    });
}
/**
 * Refuses what was taken back.
 * @throws UserError where the next release is made of just what a held one is
 */
function refuseHeld(next, record, { name, stage }) {
    const held = record.find((release) => release.isHeld === true && isContentOf(next, release));
    if (held === undefined)
        return;
    throw new src_errors/* UserError */.yo({
        what: `Release ${held.number} of ${name} on ${stage} is held: it was taken back, and this deploy would bring it back unchanged.`,
        why: `Code, settings and routes are those of release ${held.number}${held.commit === '' ? '' : ` (commit ${held.commit})`}.`,
        cure: 'Change the code, or give the input `force: true` to deploy it all the same.',
        docs: 'releases.md#rollback',
    });
}
/** Whether a next release is made of just what a release of the record is. */
function isContentOf({ digest, versions }, release) {
    const known = [...versions].flatMap(([name, version]) => (version === undefined ? [] : [[name, version]]));
    return known.length === versions.size && isSameContent({ digest, ...releaseVersions(new Map(known)) }, release);
}
function marked(release, isHeld) {
    return (0,defined/* defined */.s)({ ...release, isHeld: isHeld ? true : undefined });
}

;// CONCATENATED MODULE: ./src/release/smoke/verified.ts



/** The newest release that a failing one can give way to: one whose smoke tests have passed, or that had none, and that nobody left. */
function lastVerified(record) {
    return record.find(({ isUnverified, isHeld }) => isUnverified !== true && isHeld !== true);
}
/**
 * Whether a release goes live marked, so that the next run asks its smoke tests where this one is killed before it has. Not where there is
 * nothing that it could be taken back to: a first release, or one that takes the place of what the record does not know.
 */
function goesLiveUnverified({ service, actual, handover }) {
    const isKnown = actual.stage !== undefined && actual.served.digest !== undefined;
    return handover.isNew && service.release.smokeTests.length > 0 && isKnown && lastVerified(handover.kept) !== undefined;
}
/** Whether the live release is one whose smoke tests a run that was killed has not asked to the end. */
function isLiveUnverified({ served: { record, digest } }) {
    return digest !== undefined && record[0]?.isUnverified === true;
}
/** Takes the mark away once the smoke tests have passed. */
function planVerified(service, { number }, verify) {
    return step({
        id: 'stage/verified', kind: 'stage', name: service.stage, action: 'update', phase: 'verify', needs: [verify],
        reason: `release ${number} counts as verified once its smoke tests have passed`,
        apply: (context) => clearMark(context, service, number),
    });
}
/** API Gateway has no write that compares, and a record over another run's would name what is not served: so it is looked at before. */
async function clearMark(context, service, number) {
    const now = await readStage(context.aws, known(context.ids.apiId, 'the API'), service.stage);
    const [live, ...before] = parseRecord(service.name, now.variables);
    if (live?.number !== number || live.deploymentId !== now.deploymentId || live.isUnverified !== true)
        return;
    const { isUnverified: _isUnverified, ...verified } = live;
    await putRecord(context, now, formatRecord(service.name, [verified, ...before]));
}

;// CONCATENATED MODULE: ./src/release/smoke/take-back.ts








/**
 * Puts the release before back, with its settings of the stage, in one UpdateStage: its slot was left as it was. What it takes the place of
 * is held, so that the next run of the same job does not bring it back.
 * @throws OtherRunWon where another run has gone live meanwhile: what is live is that one's
 */
async function takeBack(context, { service, actual, handover }) {
    const { aws, ids, progress } = context;
    const { stage: before } = actual;
    if (before === undefined) {
        const fix = 'Fix the code, or the test, and deploy again';
        return { isBack: false, words: `${fix}. This is the first release of the stage: there is nothing to go back to, so it stays live.` };
    }
    const now = await readStage(aws, known(ids.apiId, 'the API'), service.stage);
    const [live] = parseRecord(service.name, now.variables);
    if (live?.number !== handover.number || now.variables?.[(0,service_names/* aliasVariable */.lb)(service.name)] !== (0,service_names/* slotAlias */.z)(service.stage, handover.slot)) {
        throw new OtherRunWon(service, `Stage ${service.stage} does not serve release ${handover.number}, which this run had put live.`);
    }
    const back = returnTo({ service, actual, stage: before, handover }, now);
    if (back === undefined) {
        const fix = 'Fix the code, or the test, and deploy again';
        const words = `${fix}. Nothing stands ready to go back to, so it stays live; \`command: rollback\` leads to what is kept.`;
        return { isBack: false, words };
    }
    const { number, again } = back;
    await putStageBack(context, { now, ...back });
    ids.wentLiveAt = Date.now();
    const what = number === undefined ? 'what it served before' : `release ${again?.number} again, as release ${number}`;
    progress.info(`Took release ${handover.number} back: stage ${service.stage} serves ${what}.`);
    const fix = `It has been taken back: the stage serves ${what}. Fix the code, or the test, and deploy again.`;
    const held = `Release ${handover.number} is held: the same is refused until it changes or \`force: true\` is given.`;
    const verified = lastVerified(actual.served.record);
    const doubt = again?.isUnverified !== true ? '' : ` Release ${number} has not passed its own smoke tests yet: \`command: rollback\` ` +
        `leads to release ${verified?.number}, the last one that did.`;
    return { isBack: true, words: number === undefined ? fix : `${fix} ${held}${doubt}` };
}
/** What the stage goes back to; its variables as they were where it is not known which release that was. */
function returnTo({ service, actual, stage, handover }, now) {
    const record = parseRecord(service.name, now.variables);
    const [left] = record;
    const { served } = actual;
    const again = handover.isNew ? (served.digest === undefined ? undefined : served.record[0]) : lastVerified(served.record.slice(1));
    if (left === undefined || again === undefined) {
        return handover.isNew ? { before: stage, variables: stage.variables ?? {}, former: {} } : undefined;
    }
    const number = left.number + 1;
    const back = handover.isNew ? served.liveSlot : slotOf(again, actual);
    if (back === undefined)
        return undefined;
    const slot = { [(0,service_names/* aliasVariable */.lb)(service.name)]: (0,service_names/* slotAlias */.z)(service.stage, back) };
    const variables = { ...slot, ...formatRecord(service.name, recordBack(record, again, number)) };
    // A run that was killed has put the settings there with the release: what they were before is what it remembered.
    const former = handover.isNew ? {} : parseFormerSettings(service.name, now.variables);
    return { before: { ...stage, deploymentId: again.deploymentId }, variables, former, number, again };
}
/** The slot that names all of a release still: another run may have moved the idle one. */
function slotOf(release, { functions }) {
    const versions = versionsIn(release, [...functions.keys()]);
    if (versions === undefined)
        return undefined;
    const named = (name, slot) => functions.get(name)?.state?.slots[slot].version?.Version;
    return service_names/* slots */.Q0.find((slot) => [...versions].every(([name, version]) => named(name, slot) === version));
}
function recordBack(record, former, number) {
    const { isHeld: _isHeld, ...again } = former;
    return [{ ...again, number, wentLiveAt: Math.ceil(Date.now() / 1000) }, ...heldAfter(record, former)];
}

;// CONCATENATED MODULE: ./src/release/smoke/verify.ts








/** So many answers in a row must be right. */
const wanted = 3;
/** So many requests are out at once. */
const lanes = 4;
/** How long what means "not yet" is waited out: a new name, a new stage, a new permission. In milliseconds. */
const verify_patience = 60_000;
/** The release did not hold, and the stage serves what it served before. */
class TakenBack extends src_errors/* SeveralErrors */.AJ {
}
/** Asks the live stage over HTTP. Where a test fails for good, the stage goes back to the release before. */
function verifyGuard(tests, input, report) {
    return {
        id: 'smoke-test/verify', phase: 'verify', needs: [],
        check: (context) => context.progress.group('Smoke tests on the live stage', async () => {
            const queue = new dist/* default */.Ay({ concurrency: lanes });
            const attempts = await Promise.all(tests.map((test) => verify(context, test, queue)));
            attempts.forEach(({ told }, index) => report.note(index, { live: told }));
            tests.forEach(({ line }, index) => context.progress.info(`Smoke test ${line} on the live stage: ${attempts[index]?.told}`));
            if (attempts.every(({ failure }) => failure === undefined))
                return;
            const back = await takeBack(context, input);
            const failures = attempts.flatMap(({ failure }) => failure?.(back.words) ?? []);
            throw back.isBack ? new TakenBack(failures) : new src_errors/* SeveralErrors */.AJ(failures);
        }),
    };
}
/** Asks until three answers in a row are right, or until it is sure that they will not be. */
async function verify(context, test, queue) {
    const { aws, ids, secrets, invokeUrl } = context;
    const { path, query, ...request } = test.request;
    const url = `${invokeUrl(known(ids.apiId, 'the API'))}${path}${query === '' ? '' : `?${query}`}`;
    const live = ids.wentLiveAt ?? Date.now();
    const send = async () => {
        try {
            return await aws.ask({ ...request, url });
        }
        catch (error) {
            if (error instanceof cancellation/* Cancelled */.cJ)
                throw error;
            return error instanceof Error ? error : new Error(String(error));
        }
    };
    for (let right = 0;;) {
        const answer = (await queue.add(send)) ?? new Error('no answer');
        const isRight = !(answer instanceof Error) && !isUnrouted(answer) && shortcomings(test.expected, answer).length === 0;
        right = isRight ? right + 1 : 0;
        if (right === wanted && !(answer instanceof Error))
            return { told: answerText({ ...answer, body: '' }, secrets) };
        if (isRight)
            continue;
        const limit = answer instanceof Error || isNotYet(answer) ? verify_patience : stageSettles;
        if (Date.now() - live > limit)
            return verify_failed(test, answer, { url, secrets });
        await (0,cancellation/* pause */.v7)(1_000);
    }
}
function verify_failed(test, answer, { url, secrets }) {
    const when = 'on the live stage';
    if (!(answer instanceof Error)) {
        const from = `${test.request.method} ${url}`;
        const told = answerText({ ...answer, body: '' }, secrets);
        return { told, failure: (cure) => smokeFailure(test, answer, { when, cure, secrets, from }) };
    }
    const told = `no answer: ${answer.message}`;
    const text = { what: `The smoke test ${test.line} failed ${when}: no answer came.`, why: `${url}: ${answer.message}` };
    const place = test.place === undefined ? {} : { place: test.place };
    return { told, failure: (cure) => new src_errors/* UserError */.yo({ ...text, cure, docs: 'releases.md#smoke-tests', ...place }) };
}
/** API Gateway knows no such route, or not yet (recorded: test_routing_not_found); the config has one, so this is never right. */
function isUnrouted({ status, errorType }) {
    return status === 403 && errorType === 'MissingAuthenticationTokenException';
}
/** Whether API Gateway answers for itself, as it may for a while: a new permission (terraform-provider-aws#17604), too many requests. */
function isNotYet(answer) {
    const { status, errorType } = answer;
    return isUnrouted(answer) || status === 429 || (status === 500 && errorType === 'InternalServerErrorException');
}

// EXTERNAL MODULE: ./src/render/index.ts + 13 modules
var render = __webpack_require__(7762);
;// CONCATENATED MODULE: ./src/service/invoke-url.ts
/**
 * Where a stage is called, without a trailing slash. The SDK's own endpoint variables are the only switch between AWS and an emulator;
 * there the path form is used, which ministack, localemu and localstack know.
 */
function invokeUrl({ apiId, stage, region, dnsSuffix, env }) {
    const endpoint = env['AWS_ENDPOINT_URL_API_GATEWAY'] || env['AWS_ENDPOINT_URL'];
    const ignored = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true';
    if (endpoint && !ignored)
        return `${endpoint.replace(/\/+$/, '')}/restapis/${apiId}/${stage}/_user_request_`;
    return `https://${apiId}.execute-api.${region}.${dnsSuffix}/${stage}`;
}

;// CONCATENATED MODULE: ./src/commands/run.ts


/** Shows a plan in the log, with the smoke tests that stand between its phases. */
async function showPlan({ progress }, plan, smokeTests = []) {
    await progress.group('Plan', async () => [...(0,render/* planLines */.HN)(plan), ...(0,render/* smokePlanLines */.m4)(smokeTests)].forEach((line) => progress.info(line)));
}
/** What the steps of a plan are applied with. */
function applyContext({ aws, env, secrets, progress }, { service, account, ids, claim }) {
    const { region, dnsSuffix } = aws;
    return {
        aws, account, service, ids, claim, progress,
        invokeUrl: (apiId) => invokeUrl({ apiId, stage: service.stage, region, dnsSuffix, env }),
        secrets: secrets.flatMap((name) => env[name] ?? []),
    };
}

;// CONCATENATED MODULE: ./src/commands/carry-out.ts









/** Shows a plan and applies it. */
async function carryOut(run, { steps, guards, actual, ids, smoke }) {
    const { service, progress, stopwatch } = run;
    await showPlan(run, steps, smoke?.results);
    if (steps.every((step) => step.action === 'keep'))
        return [];
    const claim = newClaim(run.env, service, actual);
    const context = applyContext(run, { service, account: actual.account, ids, claim });
    try {
        const tasks = [...steps, ...guards];
        return await progress.group('Apply', () => stopwatch.time('apply', () => applyPlan([...tasks, ...lastLook(run, tasks)], context)));
    }
    catch (error) {
        const failure = await orOtherRun(error, context, actual);
        await coolAfterFailure(context, src_errors/* Interrupted */.j$.from(failure).cause);
        throw orTakenBack(failure, service.stage);
    }
}
/** Comes after everything else that is looked at before a release goes live, however long that takes. */
function lastLook({ beforeLive }, tasks) {
    if (beforeLive === undefined || tasks.every(({ phase }) => phase !== 'go live'))
        return [];
    return [{ id: 'last look', phase: 'check', needs: tasks.filter(({ phase }) => phase === 'check'), check: beforeLive }];
}
/** How often a run begins again. */
const attempts = 5;
/**
 * Does its work, and once more where what is live then is half another run's, or may be.
 * @param once does it; adds to `done` what it has changed
 * @throws Interrupted which says whether it was another run that was in the way
 */
async function untilWhole({ progress, service }, once) {
    const done = [];
    for (let attempt = 1;; attempt++) {
        try {
            return await once(done);
        }
        catch (error) {
            const { cause, done: before } = src_errors/* Interrupted */.j$.from(error);
            done.push(...before);
            const beginsAgain = cause instanceof OtherRunWon && cause.beginsAgain;
            if (!beginsAgain || attempt === attempts)
                throw new src_errors/* Interrupted */.j$(done, asOtherRun(cause, service));
            progress.warning('Another run has changed what this one stands on. Beginning again, so that what is live is not half of each.');
        }
    }
}
/** A release that was taken back is among what was done: callers get again what they got before. */
function orTakenBack(error, stage) {
    const { cause, done } = src_errors/* Interrupted */.j$.from(error);
    if (!(cause instanceof TakenBack))
        return error;
    const back = {
        id: 'stage/back', kind: 'stage', name: stage, action: 'update', phase: 'verify', reason: 'the release before is live again', fields: [],
    };
    return new src_errors/* Interrupted */.j$([...done, back], cause);
}
/**
 * Where AWS does not show what this run has made, the stage tells whether another run has gone live, and with that removed it. A run that
 * has lost and has moved aliases which callers get to now, by the other's going live, begins again.
 */
async function orOtherRun(error, context, { stage }) {
    const { cause, done } = src_errors/* Interrupted */.j$.from(error);
    if (cause instanceof OtherRunWon) {
        if (cause.beginsAgain || !(await servesOwnAlias(context)))
            return error;
        return new src_errors/* Interrupted */.j$(done, new OtherRunWon(context.service, cause.text.why ?? '', { cause, beginsAgain: true }));
    }
    const causes = cause instanceof src_errors/* SeveralErrors */.AJ ? cause.errors : [cause];
    if (context.ids.apiId === undefined || !causes.some((each) => each instanceof refusal/* AwsRefusal */.iT && each.sighting === 'made'))
        return error;
    const look = await refuseOtherRelease(context, stage, { looksAtCanary: false }).catch((reason) => reason);
    return look instanceof OtherRunWon ? new src_errors/* Interrupted */.j$(done, look) : error;
}

;// CONCATENATED MODULE: ./src/commands/placed.ts


/** The failure with its place in the user's file, where AWS does not take a setting of a function that stands there. */
function placed(error, functions) {
    if (error instanceof src_errors/* SeveralErrors */.AJ)
        return new src_errors/* SeveralErrors */.AJ(error.errors.map((each) => placed(each, functions)));
    const setting = error instanceof refusal/* AwsRefusal */.iT ? error.setting : undefined;
    const place = functions.find(({ name }) => name === setting?.functionName)?.places?.[setting?.name ?? ''];
    return error instanceof refusal/* AwsRefusal */.iT && place !== undefined ? error.at(place) : error;
}

;// CONCATENATED MODULE: ./src/resources/iam/role-statements.ts



/** IAM's client is large and few runs need it, so it is loaded when it is first used. */
const sdk = () => __webpack_require__.e(/* import() */ 764).then(__webpack_require__.t.bind(__webpack_require__, 6764, 19));
const roleStatementActions = (/* unused pure expression or super */ null && (['iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:PutRolePolicy', 'iam:DeleteRolePolicy']));
/** Says on a role that it may hold a policy of ours: only then is it asked for its inline policies, which is a call more. */
const statementsTag = 'lambda-api-deploy:role-statements';
/** Policies of other names are somebody else's, and stay as found. */
const role_statements_prefix = 'lambda-api-deploy-';
/**
 * The inline policy that says what the statements say. Its name holds a digest of it, so that a changed policy is another one: it is put
 * beside the former, which goes once no release needs it any more.
 */
function inlinePolicy(statements) {
    if (statements.length === 0)
        return new Map();
    const Statement = statements.map(({ allow, on }) => ({ Effect: 'Allow', Action: allow, Resource: on }));
    const document = JSON.stringify({ Version: '2012-10-17', Statement });
    return new Map([[`${role_statements_prefix}${(0,external_node_crypto_.createHash)('sha256').update(document).digest('hex').slice(0, 16)}`, document]]);
}
/** Reads those of a role that are ours. */
async function readInlinePolicies(aws, RoleName) {
    const { ListRolePoliciesCommand, GetRolePolicyCommand } = await sdk();
    const names = await allPages(async (from) => {
        const found = await (0,refusal/* orUndefined */.y0)(aws.iam(new ListRolePoliciesCommand({ RoleName, Marker: from })));
        return { items: found?.PolicyNames, next: found?.Marker };
    });
    const ours = names.filter((name) => name.startsWith(role_statements_prefix));
    const documents = await Promise.all(ours.map((PolicyName) => (0,refusal/* orUndefined */.y0)(aws.iam(new GetRolePolicyCommand({ RoleName, PolicyName })))));
    return new Map(ours.flatMap((name, index) => {
        const document = documents[index]?.PolicyDocument;
        // IAM gives documents URL-encoded (API reference, GetRolePolicy).
        return document === undefined ? [] : [[name, decodeURIComponent(document)]];
    }));
}
/** Puts the policies that the role lacks, or has in other words. */
async function putMissing(aws, RoleName, { wanted, actual }) {
    const { PutRolePolicyCommand, TagRoleCommand } = await sdk();
    const missing = missingPolicies(wanted, actual);
    if (missing.length === 0)
        return;
    await aws.iam(new TagRoleCommand({ RoleName, Tags: [{ Key: statementsTag, Value: 'true' }] }));
    for (const PolicyName of missing)
        await aws.iam(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: wanted.get(PolicyName) }));
}
/** Deletes policies of ours. */
async function deletePolicies(aws, RoleName, names) {
    const { DeleteRolePolicyCommand } = await sdk();
    for (const PolicyName of names)
        await (0,refusal/* orUndefined */.y0)(aws.iam(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
}
/** What a policy of ours allows, for the plan; one that was changed by hand may be written in other ways. */
function statementsText(document) {
    const { Statement } = (canonical(document) ?? {});
    const rows = Array.isArray(Statement) ? Statement : [];
    return rows.map(({ Action, Resource }) => `${words(Action)} on ${words(Resource)}`).join('; ');
}
function words(value) {
    return (Array.isArray(value) ? value : [value]).map(String).join(', ');
}
function canonical(document) {
    try {
        return JSON.parse(document);
    }
    catch {
        return undefined;
    }
}
/** Names of the wanted policies that are not there, or were changed by hand. */
function missingPolicies(wanted, actual) {
    return [...wanted].filter(([name, document]) => JSON.stringify(canonical(actual.get(name) ?? '')) !== document).map(([name]) => name);
}

;// CONCATENATED MODULE: ./src/resources/iam/role.ts


/** IAM's client is large and few runs need it, so it is loaded when it is first used. */
const role_sdk = () => __webpack_require__.e(/* import() */ 764).then(__webpack_require__.t.bind(__webpack_require__, 6764, 19));
const roleActions = (/* unused pure expression or super */ null && ([
    'iam:GetRole',
    'iam:ListAttachedRolePolicies',
    'iam:CreateRole',
    'iam:TagRole',
    'iam:AttachRolePolicy',
    'iam:DetachRolePolicy',
    'iam:PutRolePermissionsBoundary',
    'iam:DeleteRolePermissionsBoundary',
    'iam:DeleteRole',
]));
/** A trust policy that lets one AWS service assume a role. */
function trustOf(principal) {
    const statement = { Effect: 'Allow', Principal: { Service: principal }, Action: 'sts:AssumeRole' };
    return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
/** Reads a role and what is attached to it; nothing where there is none. */
async function readRole(aws, RoleName) {
    const { GetRoleCommand, ListAttachedRolePoliciesCommand } = await role_sdk();
    const [found, attached] = await Promise.all([
        (0,refusal/* orUndefined */.y0)(aws.iam(new GetRoleCommand({ RoleName }))),
        (0,refusal/* orUndefined */.y0)(aws.iam(new ListAttachedRolePoliciesCommand({ RoleName, MaxItems: 100 }))),
    ]);
    if (found?.Role === undefined)
        return undefined;
    const state = stateOf(found.Role, (attached?.AttachedPolicies ?? []).map((policy) => policy.PolicyArn ?? ''));
    return statementsTag in state.tags ? { ...state, inline: await readInlinePolicies(aws, RoleName) } : state;
}
/** Makes a role, or finds it, and attaches what it lacks; gives its ARN. */
async function ensureRole(aws, wanted) {
    const state = (await readRole(aws, wanted.name)) ?? (await createRole(aws, wanted));
    await attachMissing(aws, wanted, state);
    return state.arn;
}
/**
 * Makes a role, or takes the one that has come to be meanwhile.
 * @param refuse looks whose that one is before it is taken; it may be somebody else's
 */
async function createRole(aws, wanted, refuse = () => undefined) {
    const { CreateRoleCommand } = await role_sdk();
    try {
        const { Role } = await aws.iam(new CreateRoleCommand({
            RoleName: wanted.name,
            AssumeRolePolicyDocument: wanted.trust,
            PermissionsBoundary: wanted.permissionsBoundary,
            Tags: Object.entries(wanted.tags).map(([Key, Value]) => ({ Key, Value })),
        }));
        return stateOf(Role, []);
    }
    catch (error) {
        // A create whose answer was lost, or another run's.
        const existing = (0,refusal/* isRefusal */.vu)(error, 'EntityAlreadyExists', 'EntityAlreadyExistsException') ? await readRole(aws, wanted.name) : undefined;
        if (existing === undefined)
            throw error;
        refuse(existing);
        return existing;
    }
}
/** Attaches and puts the policies that a role lacks. */
async function attachMissing(aws, wanted, state) {
    const { AttachRolePolicyCommand } = await role_sdk();
    for (const PolicyArn of wanted.policies.filter((policy) => !state.policies.includes(policy))) {
        await aws.iam(new AttachRolePolicyCommand({ RoleName: wanted.name, PolicyArn }));
    }
    await putMissing(aws, wanted.name, { wanted: wanted.inline ?? new Map(), actual: state.inline });
}
async function detach(aws, RoleName, policies) {
    const { DetachRolePolicyCommand } = await role_sdk();
    for (const PolicyArn of policies)
        await (0,refusal/* orUndefined */.y0)(aws.iam(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
}
function stateOf(role, policies) {
    return {
        name: role?.RoleName ?? '',
        arn: role?.Arn ?? '',
        tags: Object.fromEntries((role?.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
        permissionsBoundary: role?.PermissionsBoundary?.PermissionsBoundaryArn,
        policies,
        inline: new Map(),
    };
}

;// CONCATENATED MODULE: ./src/resources/iam/cloudwatch-role.ts



/** The managed policy that AWS documents for this role (developer guide, "Set up CloudWatch logging for REST APIs"). */
const cloudwatchPolicy = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';
function cloudwatchRoleName(region) {
    return `lambda-api-deploy-api-gateway-logs-${region}`;
}
/** Makes the role by which API Gateway writes logs, or finds the one that an earlier run made. */
async function ensureCloudwatchRole({ aws, account }) {
    const role = await ensureRole(aws, {
        name: cloudwatchRoleName(aws.region),
        trust: trustOf('apigateway.amazonaws.com'),
        policies: [managedPolicyArn(account, cloudwatchPolicy)],
        tags: { 'managed-by': 'lambda-api-deploy' },
    });
    return known(role, 'the role for logs');
}

;// CONCATENATED MODULE: ./src/resources/api/account-role.ts






/**
 * Texts by which API Gateway says that a fresh role is not known to it yet (terraform-provider-aws, account.go; jazz-installer#597; of the
 * trust: go-to-k/cdkd).
 */
const rolePassing = /role ARN does not have required|could not successfully write to CloudWatch Logs/;
/**
 * The account's setting stays when the role is deleted; stages keep their access log, nothing is written, and nobody is told
 * (aws/aws-cdk#6194, #10878, #12769). So the role itself is looked at, where that is allowed.
 */
async function readAccountRole(aws) {
    const arn = (await aws.api(new dist_cjs/* GetAccountCommand */.rC_({}))).cloudwatchRoleArn ?? '';
    return arn === '' ? undefined : { arn, fault: await faultOf(aws, arn) };
}
async function faultOf(aws, arn) {
    const { GetRoleCommand } = await __webpack_require__.e(/* import() */ 764).then(__webpack_require__.t.bind(__webpack_require__, 6764, 19));
    try {
        const found = await (0,refusal/* orUndefined */.y0)(aws.iam(new GetRoleCommand({ RoleName: nameInArn(arn) })));
        if (found?.Role?.Arn !== arn)
            return 'gone';
        // It comes percent-encoded (IAM API reference, Role).
        return /apigateway\.|\*|NotPrincipal/.test(decodeURIComponent(found.Role.AssumeRolePolicyDocument ?? '*')) ? undefined : 'closed';
    }
    catch (error) {
        if (error instanceof refusal/* AwsRefusal */.iT)
            return undefined;
        throw error;
    }
}
/** What the user is told of a role by which nothing is written; a role of somebody else's is not repaired. */
function accountRoleWarning(wanted, actual) {
    if (actual?.fault === undefined || isReplaced(wanted, actual))
        return undefined;
    const why = actual.fault === 'gone' ? 'does not exist any more' : 'does not trust apigateway.amazonaws.com';
    const cure = actual.fault === 'gone' ? 'Set `cloudwatch-role: create` once.' : 'Let its trust policy name that service.';
    return `The access log stays empty: the role by which API Gateway writes logs in this account and Region, ${actual.arn}, ${why}. ${cure}`;
}
/** A role that does not exist is none; one that exists belongs to the whole account. */
function isReplaced(wanted, actual) {
    return actual.fault === 'gone' && wanted.kind !== 'keep';
}
/** Sets the account's role where none is set, or where it is gone; any other belongs to the whole account and is never replaced. */
function planAccountRole(wanted, actual, region) {
    if (actual !== undefined && !isReplaced(wanted, actual))
        return [];
    if (wanted.kind === 'keep')
        throw missingRole(region);
    const name = wanted.kind === 'given' ? wanted.arn : cloudwatchRoleName(region);
    return [
        step({
            id: 'account-role',
            kind: 'account CloudWatch role',
            name,
            action: 'create',
            phase: 'prepare',
            reason: actual === undefined
                ? 'API Gateway may not write logs in this account and Region yet'
                : `${actual.arn} is set, and does not exist`,
            apply: async (context) => {
                const value = wanted.kind === 'given' ? wanted.arn : await ensureCloudwatchRole(context);
                const update = new dist_cjs/* UpdateAccountCommand */.K_L({ patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value }] });
                await context.aws.api(update, { passing: rolePassing });
                context.ids.isAccountRoleNew = true;
            },
        }),
    ];
}
function missingRole(region) {
    return new src_errors/* UserError */.yo({
        what: `API Gateway has no role for writing logs in this account and Region (${region}), so the access log cannot be switched on.`,
        why: 'The role is a setting of the whole account, which this action leaves alone unless you ask for it.',
        cure: 'Set `cloudwatch-role: create` once (or to the ARN of a role that apigateway.amazonaws.com may assume), ' +
            'or set `access-log: off`.',
        docs: 'access-log.md#cloudwatch-role',
    });
}

;// CONCATENATED MODULE: ./src/resources/api/definition/tree.ts



/** The tree of a new API, which has nothing but its root. */
function emptyTree(rootResourceId) {
    return new Map([['/', { id: rootResourceId, path: '/', methods: {} }]]);
}
/** Reads the whole tree in pages of 500 with the methods in them, which takes the place of two calls a method. */
async function readTree(aws, restApiId) {
    const resources = await allPages(async (from) => {
        const { items, position } = await aws.api(new dist_cjs/* GetResourcesCommand */.zR8({ restApiId, limit: 500, embed: ['methods'], position: from }));
        return { items, next: position };
    });
    return withOperationNames(aws, restApiId, new Map(resources.map((resource) => [resource.path ?? '/', nodeOf(resource)])));
}
/**
 * The same tree, where embedded methods lacked their operation names, with those that GetMethod shows: without them our own methods
 * would look foreign. That AWS embeds them is unverified, as no recorded answer has embedded methods. So where no method has a name,
 * one that is built as ours are is asked for by itself, and if it has one, all the others are, too.
 */
async function withOperationNames(aws, restApiId, tree) {
    const all = treeMethods(tree);
    const sample = all.find(({ actual }) => actual.methodIntegration?.uri?.includes('${stageVariables.'));
    if (sample === undefined || all.some(({ actual }) => actual.operationName !== undefined))
        return tree;
    const operationNameOf = async ({ path, method: httpMethod }) => {
        const resourceId = tree.get(path)?.id;
        return (await (0,refusal/* orUndefined */.y0)(aws.api(new dist_cjs/* GetMethodCommand */.lds({ restApiId, resourceId, httpMethod }))))?.operationName;
    };
    const ofSample = await operationNameOf(sample);
    if (ofSample === undefined)
        return tree;
    const nameOf = async (each) => (each === sample ? ofSample : operationNameOf(each));
    const named = await Promise.all(all.map(async (each) => ({ ...each, operationName: await nameOf(each) })));
    const byPath = Map.groupBy(named, ({ path }) => path);
    const methodsAt = (path) => (byPath.get(path) ?? []).map(({ method, actual, operationName }) => [method, { ...actual, operationName }]);
    return new Map([...tree.values()].map((node) => [node.path, { ...node, methods: Object.fromEntries(methodsAt(node.path)) }]));
}
/** All methods of a tree. */
function treeMethods(tree) {
    return [...tree.values()].flatMap(({ path, methods }) => Object.entries(methods).map(([method, actual]) => ({ path, method, actual })));
}
/** `/a/{id}/b` gives `/a`, `/a/{id}`, `/a/{id}/b`; the root gives none. */
function prefixes(path) {
    const names = path.split('/').filter((name) => name !== '');
    return names.map((_name, index) => `/${names.slice(0, index + 1).join('/')}`);
}
/** The path of the level above; the root's children give ''. */
function parentOf(path) {
    return path.slice(0, path.lastIndexOf('/'));
}
/** Whether a path ends in a variable, such as `/a/{id}` or `/a/{proxy+}`. A level takes one of either kind. */
function isVariable(path) {
    return /\/\{[^/]+\}$/.test(path);
}
function nodeOf(resource) {
    return { id: resource.id ?? '', path: resource.path ?? '/', methods: resource.resourceMethods ?? {} };
}

;// CONCATENATED MODULE: ./src/resources/api/definition/method.ts




/** The methods that a service asks for: those of its routes. */
function methodsOf(service) {
    return service.api.routes.map((route) => methodOf(route, service));
}
/** What a route is as a method. */
function methodOf({ method, path, functionName }, { name }) {
    return {
        method, path, operationName: mark(name, method, path),
        authorizationType: 'NONE', apiKeyRequired: false,
        integration: { type: 'AWS_PROXY', functionName, aliasVariable: (0,service_names/* aliasVariable */.lb)(name) },
    };
}
/** `GET /events/{id}` */
function methodName({ method, path }) {
    return `${method} ${path}`;
}
/** Our mark in a method's `operationName`, unique in the API as an operation's name must be. */
function mark(service, method, path) {
    return `lambda-api-deploy-${service}-${(0,external_node_crypto_.createHash)('sha256').update(methodName({ method, path })).digest('hex').slice(0, 12)}`;
}
/** Whether a method bears the mark of a service, whichever it is. */
function isMarked(operationName) {
    return operationName?.startsWith('lambda-api-deploy-') === true;
}
/** Compares a method as AWS has it with the wanted one; undefined where nothing is to be done. */
function methodProblem(spec, actual, account) {
    if (actual === undefined)
        return 'missing';
    if (actual.operationName !== spec.operationName)
        return 'not marked';
    const { methodIntegration: integration, authorizationType = 'NONE', apiKeyRequired = false } = actual;
    if (integration === undefined)
        return 'no integration';
    const { type, integrationHttpMethod, uri } = putIntegrationInput(spec, account);
    const isRight = authorizationType === spec.authorizationType && apiKeyRequired === spec.apiKeyRequired &&
        integration.type === type && integration.httpMethod === integrationHttpMethod && integration.uri === uri;
    return isRight ? undefined : 'differs';
}
/** What PutMethod takes, besides the ids of the API and of the resource. */
function putMethodInput({ method, operationName, authorizationType, apiKeyRequired }) {
    return { httpMethod: method, operationName, authorizationType, apiKeyRequired };
}
/** What PutIntegration takes, besides the same ids. */
function putIntegrationInput({ method, integration }, account) {
    // Lambda is always called by POST (developer guide, "Lambda proxy integrations").
    const input = { httpMethod: method, type: integration.type, integrationHttpMethod: 'POST', uri: integrationUri(integration, account) };
    return input;
}
/** The function behind the alias of the live slot. */
function integrationUri({ functionName, aliasVariable: variable }, account) {
    return invocationArn(account, functionArn(account, functionName, `\${stageVariables.${variable}}`));
}
/** The name of the function that an integration calls by its URI, whoever has made it. */
function functionNameOf(uri) {
    return /:function:([\w-]+)[:/]/.exec(uri ?? '')?.[1];
}
/** A method as an OpenAPI operation. One without responses is a warning (aws-apigateway-importer#202). */
function operationOf(spec, account) {
    const { type, integrationHttpMethod, uri } = putIntegrationInput(spec, account);
    return {
        operationId: spec.operationName,
        parameters: pathVariables(spec.path).map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
        responses: { 200: { description: 'The function decides.' } },
        'x-amazon-apigateway-integration': { type: type.toLowerCase(), httpMethod: integrationHttpMethod, uri },
    };
}
/** The name of a method's operation in a path of an OpenAPI document. */
function verb(method) {
    return method === 'ANY' ? anyMethod : method.toLowerCase();
}
/** The method of such a name; undefined for the other members that a path may have, such as `parameters`. */
function methodOfVerb(name) {
    if (name === anyMethod)
        return 'ANY';
    return /^(get|post|put|delete|patch|options|head)$/.test(name) ? name.toUpperCase() : undefined;
}
const anyMethod = 'x-amazon-apigateway-any-method';
function pathVariables(path) {
    return prefixes(path).flatMap((prefix) => /\{([^}+]+)\+?\}$/.exec(prefix)?.[1] ?? []);
}

;// CONCATENATED MODULE: ./src/resources/api/definition/frozen-methods.ts



/**
 * Reads the methods of a deployment, whether it is on a stage or not (GetDeployment, `embed`, in the API reference).
 * @returns undefined where AWS does not show them
 */
async function readFrozenMethods(aws, restApiId, deploymentId) {
    const { apiSummary } = await aws.api(new dist_cjs/* GetDeploymentCommand */.Tvn({ restApiId, deploymentId, embed: ['apisummary'] }));
    if (apiSummary === undefined)
        return undefined;
    const namesAt = (path, methods) => Object.keys(methods).map((method) => methodName({ method, path }));
    return new Set(Object.entries(apiSummary).flatMap(([path, methods]) => namesAt(path, methods)));
}
/** Whether a deployment holds just the methods of the working copy. */
function isFrozenWhole(frozen, copy) {
    const names = treeMethods(copy.methods).map(methodName);
    return names.length === frozen.size && names.every((name) => frozen.has(name));
}

;// CONCATENATED MODULE: ./src/resources/api/definition/document.ts



/**
 * Many edits as one OpenAPI document for PutRestApi, in the mode `merge`: what the document does not name stays as it is, and a method
 * that it names is replaced whole (developer guide, "Updating APIs"), so that it adopts and corrects as single calls do. `operationId`
 * becomes the method's `operationName` (recorded, test_import_swagger_api), which bears our mark.
 */
class DefinitionDocument {
    #info;
    #members;
    #sent;
    constructor(info, members) {
        this.#info = info;
        this.#members = members;
    }
    /** Sends the document once, whichever edit asks first. False where AWS refuses it as such, and has changed nothing. */
    send(context) {
        return (this.#sent ??= this.#put(context));
    }
    async #put({ aws, ids, progress }) {
        const restApiId = known(ids.apiId, 'the API');
        const body = Buffer.from(JSON.stringify(openApi(this.#info, this.#members)));
        try {
            // With a warning AWS would leave something out; so a warning is to change nothing (API reference, PutRestApi: failonwarnings).
            // Without `ignore` the descriptions of a document become documentation parts (API reference, PutRestApi: parameters).
            const parameters = { ignore: 'documentation' };
            await aws.api(new dist_cjs/* PutRestApiCommand */.fdq({ restApiId, mode: 'merge', failOnWarnings: true, parameters, body }));
            ids.isImported = true;
            return true;
        }
        catch (error) {
            if (!(0,refusal/* isRefusal */.vu)(error, 'BadRequestException'))
                throw error;
            progress.info(`AWS does not take the routes as one document (${error.detail}); they are made one by one.`);
            return false;
        }
    }
}
/** The document. Title and version become the API's, in both modes (recorded, test_put_rest_api_mode_binary_media_types). */
function openApi(info, members) {
    const document = { openapi: '3.0.1', info, paths: {} };
    for (const each of members)
        merge(document, each);
    return document;
}
/** Puts members into others, and where both have members of one name, those of the one into those of the other. */
function merge(target, members) {
    for (const [name, value] of Object.entries(members)) {
        const before = target[name];
        if (hasMembers(before) && hasMembers(value))
            merge(before, value);
        else
            target[name] = hasMembers(value) ? { ...value } : value;
    }
}
function hasMembers(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// EXTERNAL MODULE: ./src/service/route-order.ts
var route_order = __webpack_require__(4539);
;// CONCATENATED MODULE: ./src/resources/api/definition/adopted-method.ts



/** What a method of somebody else's has, and loses when it becomes a route of ours: methods are replaced whole. */
function lossesOf(method) {
    const { authorizationType = 'NONE', authorizerId, apiKeyRequired, requestModels = {}, requestValidatorId, methodIntegration } = method;
    const templates = Object.keys(methodIntegration?.requestTemplates ?? {});
    const integration = functionNameOf(methodIntegration?.uri) ?? methodIntegration?.uri ?? methodIntegration?.type;
    const rows = [
        ['integration', integration],
        ['authorizer', authorizationType === 'NONE' ? undefined : authorizerId ?? authorizationType],
        ['api-key', apiKeyRequired === true ? 'required' : undefined],
        ['models', Object.values(requestModels).join(', ') || undefined],
        ['request-validator', requestValidatorId],
        ['mapping-templates', templates.join(', ') || undefined],
    ];
    return rows.flatMap(([field, from]) => (from === undefined ? [] : [{ field: `loses ${field}`, from, to: change/* notSet */.U }]));
}
/**
 * Refuses to take over methods of a joined API unless that is asked for.
 * @throws UserError
 */
function refuseForeignRoutes(joined, tree, puts) {
    if (joined === undefined || joined.adopts)
        return;
    const foreign = puts.flatMap(({ spec, problem }) => (spec !== undefined && problem === 'not marked' ? [spec] : []));
    if (foreign.length === 0)
        return;
    const told = foreign.map((spec) => {
        const losses = lossesOf(tree.get(spec.path)?.methods[spec.method] ?? {});
        return `${methodName(spec)} (${losses.map(({ field, from }) => `${field} ${from}`).join(', ')})`;
    });
    throw new src_errors/* UserError */.yo({
        what: `API ${joined.id} has routes of the config already, which this service did not make: ${told.join('; ')}.`,
        why: 'They would be replaced, with what they have.',
        cure: 'To take them over, write `api: { join: true }`, or the input `adopt-routes: true`; ' +
            'a run with `command: plan` shows what they lose. Or take them out of the config.',
        docs: 'ownership.md#join-an-api',
    });
}

;// CONCATENATED MODULE: ./src/resources/api/definition/tree-editor.ts





/** Makes the calls that change the tree of resources, and remembers the ids of resources that it makes. */
class TreeEditor {
    #ids;
    /** `tree` is missing for an API that is yet to be made. */
    constructor(tree) {
        this.#ids = new Map([...(tree ?? [])].map(([path, node]) => [path, node.id]));
    }
    async deleteMethod({ aws, ids }, { method, path }) {
        const at = { restApiId: ids.apiId, resourceId: this.#ids.get(path), httpMethod: method };
        await (0,refusal/* orUndefined */.y0)(aws.api(new dist_cjs/* DeleteMethodCommand */.kBY(at)));
    }
    /** Deletes a resource with everything below it (recorded, test_resource_lifecycle). */
    async deleteResource({ aws, ids }, path) {
        const resourceId = this.#ids.get(path);
        if (resourceId === undefined)
            return;
        await (0,refusal/* orUndefined */.y0)(aws.api(new dist_cjs/* DeleteResourceCommand */.pNJ({ restApiId: ids.apiId, resourceId })));
        for (const each of this.#ids.keys())
            if (prefixes(each).includes(path))
                this.#ids.delete(each);
    }
    /** Makes a method, or replaces the one that stands there; only the calls that its problem asks for. */
    async putMethod(context, spec, problem) {
        const { aws, account, ids } = context;
        const at = { restApiId: ids.apiId, resourceId: await this.#resource(context, spec.path) };
        if (problem === 'not marked' || problem === 'differs')
            await this.deleteMethod(context, spec);
        if (problem !== 'no integration')
            await ignoreConflict(aws.api(new dist_cjs/* PutMethodCommand */.mUw({ ...at, ...putMethodInput(spec) })));
        await aws.api(new dist_cjs/* PutIntegrationCommand */.z7Q({ ...at, ...putIntegrationInput(spec, account) }));
    }
    /** The id of the resource at a path; what is missing on the way there is made. */
    async #resource({ aws, ids }, path) {
        const restApiId = known(ids.apiId, 'the API');
        let parentId = this.#ids.get('/') ?? known(ids.rootResourceId, 'the root resource');
        for (const prefix of prefixes(path)) {
            const id = this.#ids.get(prefix) ?? (await createResource(aws, { restApiId, parentId }, prefix));
            this.#ids.set(prefix, id);
            parentId = id;
        }
        return parentId;
    }
}
/** A resource that is there already, after a lost answer or by another run's hand, is used as it is. */
async function createResource(aws, to, path) {
    const pathPart = path.slice(path.lastIndexOf('/') + 1);
    try {
        return known((await aws.api(new dist_cjs/* CreateResourceCommand */.U4D({ ...to, pathPart }))).id, `the resource ${path}`);
    }
    catch (error) {
        if (!(0,refusal/* isRefusal */.vu)(error, 'ConflictException'))
            throw error;
        return known((await readTree(aws, to.restApiId)).get(path)?.id, `the resource ${path}`);
    }
}
async function ignoreConflict(call) {
    try {
        await call;
    }
    catch (error) {
        if (!(0,refusal/* isRefusal */.vu)(error, 'ConflictException'))
            throw error;
    }
}

;// CONCATENATED MODULE: ./src/resources/api/definition/variables.ts



/**
 * Refuses a plan that API Gateway could never carry out: "A sibling ({id}) of this resource already has a variable path part -- only one is
 * allowed" (recorded). What the config itself says is checked before; here it is what stays in the API because this service did not make
 * it.
 * @throws UserError
 */
function refuseTakenLevels(tree, specs, { paths, methods }) {
    const stays = [...tree.keys()].filter((path) => !paths.some((root) => isBelow(path, root)));
    const taken = new Map(stays.filter((path) => isVariable(path)).map((path) => [parentOf(path), path]));
    const clashes = specs.flatMap((spec) => {
        const standing = prefixes(spec.path).filter(isVariable).flatMap((path) => {
            const other = taken.get(parentOf(path));
            return other === undefined || other === path ? [] : [other];
        });
        return standing.slice(0, 1).map((path) => ({ spec, standing: path }));
    });
    if (clashes.length === 0)
        return;
    const left = treeMethods(tree).filter((each) => !methods.some((one) => methodName(one) === methodName(each)));
    throw new src_errors/* UserError */.yo({
        what: ['Routes name a variable otherwise than what stands in the API.', ...clashes.map((each) => clashText(left, each))].join('\n'),
        why: 'API Gateway takes one variable a level, and this service did not make what is there.',
        cure: 'Use the name that stands there, or remove what holds it from the API by hand.',
        docs: 'ownership.md',
    });
}
function clashText(left, { spec, standing }) {
    const holders = left.filter(({ path }) => isBelow(path, standing)).map(methodName);
    return `${methodName(spec)}: on its level stands ${standing}, with ${holders.join(', ')}.`;
}
const isBelow = (path, root) => path === root || path.startsWith(`${root}/`);

;// CONCATENATED MODULE: ./src/resources/api/definition/methods.ts







/** The methods of the API with their integrations, on the tree of its resources. */
const methods = {
    canonical: (service) => [...methodsOf(service)].sort(route_order/* byPathThenMethod */.H),
    read: readTree,
    plan: (goal, copy) => planMethods(goal, copy?.methods),
    foreign: ({ name }, copy) => treeMethods(copy.methods)
        .filter((each) => !isOurs(name, each))
        .map((each) => ({ name: methodName(each), functionName: functionNameOf(each.actual.methodIntegration?.uri) })),
};
/** Compares the tree with the wanted methods. What is taken away comes first, so that a renamed path variable finds its level free. */
function treeOperations(tree, specs, { service, account }) {
    const surplus = surplusMethods(tree, specs, service.name);
    const emptied = emptiedPaths(tree, specs, surplus);
    // On an API that is joined an empty resource may be somebody's own.
    const inTheWay = service.api?.joined === undefined ? pathsInTheWay(tree, specs, surplus) : [];
    refuseTakenLevels(tree, specs, { paths: [...emptied, ...inTheWay], methods: surplus });
    const puts = specs.flatMap((spec) => {
        const problem = methodProblem(spec, tree.get(spec.path)?.methods[spec.method], account);
        return problem === undefined ? [] : [{ do: 'put method', spec, problem }];
    });
    refuseForeignRoutes(service.api?.joined, tree, puts);
    const holderOf = (path) => prefixes(path).find((prefix) => emptied.includes(prefix));
    return [
        ...surplus.map(({ method, path }) => ({ do: 'delete method', method, path, with: holderOf(path) })),
        ...inTheWay.map((path) => ({ do: 'delete resource', path })),
        ...puts,
    ];
}
/** The edits that take away all methods of a service. */
function withoutMethods({ name }, account, tree) {
    return editsOf(treeOperations(tree, [], { service: { name }, account }), tree, account);
}
function planMethods(goal, tree) {
    return editsOf(treeOperations(tree ?? emptyTree(''), methodsOf(goal.service), goal), tree, goal.account);
}
function editsOf(operations, tree, account) {
    const editor = new TreeEditor(tree);
    return operations.map((operation) => {
        switch (operation.do) {
            case 'delete method':
                return { step: deleteMethodStep(operation, editor) };
            case 'delete resource':
                return { step: deleteResourceStep(operation.path, editor) };
            case 'put method':
                return { step: putMethodStep(operation, editor, tree), document: pathMember(operation.spec, account) };
        }
    });
}
function deleteMethodStep(at, editor) {
    const name = methodName(at);
    return step({
        id: `route/${name}`, kind: 'route', name, action: 'delete', phase: 'prepare', reason: 'is no longer in the config',
        apply: (context) => (at.with === undefined ? editor.deleteMethod(context, at) : editor.deleteResource(context, at.with)),
    });
}
function deleteResourceStep(path, editor) {
    return step({
        id: `resource/${path}`, kind: 'resource', name: path, action: 'delete', phase: 'prepare',
        reason: 'it is empty and stands in the way of a route',
        apply: (context) => editor.deleteResource(context, path),
    });
}
function putMethodStep({ spec, problem }, editor, tree) {
    const name = methodName(spec);
    const loses = problem === 'not marked' ? lossesOf(tree?.get(spec.path)?.methods[spec.method] ?? {}) : [];
    return step({
        id: `route/${name}`, kind: 'route', name, phase: 'prepare',
        action: problem === 'missing' ? 'create' : problem === 'not marked' ? 'adopt' : 'update', reason: reasons[problem],
        fields: [{ field: 'function', to: spec.integration.functionName }, ...loses],
        apply: (context) => editor.putMethod(context, spec, problem),
    });
}
const reasons = {
    missing: 'is not in the API yet',
    'not marked': 'exists without our mark and is adopted',
    'no integration': 'leads nowhere',
    differs: 'leads elsewhere',
};
function pathMember(spec, account) {
    return { paths: { [spec.path]: { [verb(spec.method)]: operationOf(spec, account) } } };
}
/** Whether a method bears our mark. */
function isOurs(service, { method, path, actual }) {
    return actual.operationName === mark(service, method, path);
}
/** Marked methods that nothing asks for any more. */
function surplusMethods(tree, specs, service) {
    const wanted = new Set(specs.map(methodName));
    return treeMethods(tree).filter((each) => isOurs(service, each) && !wanted.has(methodName(each)));
}
/**
 * Resources that nothing needs once the surplus methods are gone, and that were there for those alone: an empty one is somebody's own. Of
 * a subtree its root alone, because deleting a resource deletes its subtree.
 */
function emptiedPaths(tree, specs, surplus) {
    const ours = new Set(surplus.flatMap(({ path }) => prefixes(path)));
    const others = [...tree.keys()].filter((path) => !ours.has(path));
    const needed = new Set([...neededPaths(tree, specs, surplus), ...others.flatMap(prefixes)]);
    return roots([...ours].filter((path) => !needed.has(path)));
}
/**
 * Empty resources with another name for a path variable that a route needs: of those one level takes only one. A run that was stopped
 * before its first method may have left such a one.
 */
function pathsInTheWay(tree, specs, surplus) {
    const [needed, emptied] = [neededPaths(tree, specs, surplus), emptiedPaths(tree, specs, surplus)];
    const levels = new Set(specs.flatMap(({ path }) => prefixes(path)).filter(isVariable).map(parentOf));
    const isLeft = (path) => !needed.has(path) && !prefixes(path).some((each) => emptied.includes(each));
    return [...tree.keys()].filter((path) => isVariable(path) && levels.has(parentOf(path)) && isLeft(path));
}
/** The paths on the way to what is wanted, and to what others have there. */
function neededPaths(tree, specs, surplus) {
    const gone = new Set(surplus.map(methodName));
    const left = treeMethods(tree).filter((each) => !gone.has(methodName(each)));
    return new Set([...specs, ...left].flatMap(({ path }) => prefixes(path)));
}
function roots(paths) {
    return paths.filter((path) => !prefixes(path).some((prefix) => prefix !== path && paths.includes(prefix)));
}

;// CONCATENATED MODULE: ./src/resources/api/definition/settings.ts



/** The settings of the API itself. */
const settings = {
    canonical: ({ api }) => Object.fromEntries(frozenRows(api).map(({ field, wanted }) => [field, wanted(api)])),
    read: (aws, restApiId) => aws.api(new dist_cjs/* GetRestApiCommand */.Wy4({ restApiId })),
    plan: ({ service }, copy) => (copy === undefined ? [] : planSettings(service.api, copy.settings).map((each) => ({ step: each }))),
    foreign: () => [],
};
/** No deployment freezes the API's name, so a new name needs none. */
function frozenRows(api) {
    return rows.filter((row) => row.isUnfrozen !== true && isWritten(row, api));
}
/** Every setting of the API that we manage. One more is one more entry here. */
const rows = [
    {
        field: 'api-name',
        wanted: (api) => api.name,
        actual: (api) => api.name,
        create: ({ name }) => ({ name }),
        patch: ({ name }) => [replace('/name', name)],
        isUnfrozen: true,
    },
    {
        field: 'endpoint-type',
        wanted: (api) => api.endpointType,
        actual: endpointType,
        create: (api) => ({ endpointConfiguration: { types: [api.endpointType] } }),
        patch: (api, actual) => [replace(`/endpointConfiguration/types/${endpointType(actual) ?? ''}`, api.endpointType)],
    },
    {
        field: 'binary-media-types',
        wanted: (api) => [...api.binaryMediaTypes].sort(),
        actual: (api) => [...(api.binaryMediaTypes ?? [])].sort(),
        create: ({ binaryMediaTypes }) => (binaryMediaTypes.length === 0 ? {} : { binaryMediaTypes: [...binaryMediaTypes] }),
        patch: (api, actual) => listPatch('/binaryMediaTypes', api.binaryMediaTypes, actual.binaryMediaTypes ?? []),
    },
    {
        field: 'minimum-compression-size',
        wanted: (api) => api.minimumCompressionSize,
        actual: (api) => api.minimumCompressionSize,
        create: ({ minimumCompressionSize }) => ({ minimumCompressionSize }),
        // An operation without a value turns compression off (developer guide, "Enable payload compression").
        patch: ({ minimumCompressionSize }) => [replace('/minimumCompressionSize', minimumCompressionSize)],
    },
    {
        // Somebody may have turned it off by hand; then every request to the invoke URL is refused.
        field: 'default-endpoint',
        wanted: () => 'on',
        actual: ({ disableExecuteApiEndpoint }) => (disableExecuteApiEndpoint === true ? 'off' : 'on'),
        create: () => ({}),
        patch: () => [replace('/disableExecuteApiEndpoint', 'false')],
    },
];
/** All settings, and with them the name, as CreateRestApi takes them. */
function createInput(api) {
    return rows.reduce((input, row) => ({ ...input, ...row.create(api) }), { name: api.name });
}
/** The update of an API whose settings differ from the wanted ones; nothing where none does. */
function planSettings(wanted, actual) {
    const differing = rows.filter((row) => isWritten(row, wanted) && !isEqual(row.wanted(wanted), row.actual(actual)));
    if (differing.length === 0)
        return [];
    const patchOperations = differing.flatMap((row) => row.patch(wanted, actual));
    return [step({
            id: 'api', kind: 'API', name: wanted.joined?.id ?? wanted.name, action: 'update', phase: 'prepare',
            reason: wanted.joined === undefined ? 'settings differ' : 'settings differ; other stages get them with their next deployment',
            fields: differing.map((row) => ({ field: row.field, from: print(row.actual(actual)), to: print(row.wanted(wanted)) })),
            apply: async ({ aws }) => {
                await aws.api(new dist_cjs/* UpdateRestApiCommand */.XUg({ restApiId: actual.id, patchOperations }));
            },
        })];
}
/** On an API that is joined only what the config names, which is never its name. */
function isWritten({ field }, { joined }) {
    return joined === undefined || (field !== 'api-name' && joined.named.has(field));
}
function endpointType(api) {
    return api.endpointConfiguration?.types?.[0];
}
function replace(path, value) {
    return { op: 'replace', path, ...(value === undefined ? {} : { value: String(value) }) };
}
/**
 * Adds and removes members one by one, as JSON pointers: `~` is `~0` in them and `/` is `~1` (developer guide, "Patch operations";
 * recorded in test_update_rest_api_*).
 */
function listPatch(path, wanted, actual) {
    const pointer = (member) => `${path}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return [
        ...without(wanted, actual).map((member) => ({ op: 'add', path: pointer(member) })),
        ...without(actual, wanted).map((member) => ({ op: 'remove', path: pointer(member) })),
    ];
}
function without(members, others) {
    return members.filter((member) => !others.includes(member));
}
function isEqual(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
}
function print(value) {
    const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
    return text === '' ? change/* notSet */.U : text;
}

;// CONCATENATED MODULE: ./src/resources/api/definition/parts.ts




/** Every kind of thing that a deployment freezes. What another one refers to comes before it. */
const parts = { settings: settings, methods: methods };
const list = Object.values(parts);
/** Raised whenever a part's canonical form changes its meaning, so that digests of two schemes never look equal. */
const scheme = 2;
/** From so many edits on, one document is cheaper: single calls are two or more a route, and AWS takes ten a second. */
const documentFrom = 5;
/** 16 hex digits that are equal exactly for equal definitions: of two services with equal digests one deployment serves both. */
function definitionDigest(service) {
    const definition = Object.entries(parts).map(([name, part]) => [name, part.canonical(service)]);
    return (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify([scheme, ...definition])).digest('hex').slice(0, 16);
}
/** Reads the parts of the working copy; what was read before is not read again. */
async function readWorkingCopy(aws, restApiId, before = {}) {
    const read = async ([name, part]) => [name, before[name] ?? (await part.read(aws, restApiId))];
    return Object.fromEntries(await Promise.all(Object.entries(parts).map(read)));
}
/**
 * The changes of the working copy, one after another.
 * @param copy missing for an API that is yet to be made
 * @param needs what must be done before the first change
 */
function planDefinition(goal, copy, needs) {
    const edits = parts_editsOf(goal, copy);
    const members = edits.flatMap(({ document }) => (document === undefined ? [] : [document]));
    const info = documentInfo(goal, copy);
    const document = info !== undefined && members.length >= documentFrom ? new DefinitionDocument(info, members) : undefined;
    const steps = [];
    for (const edit of edits) {
        const step = document === undefined || edit.document === undefined ? edit.step : byDocument(edit.step, document);
        steps.push({ ...step, needs: steps.length === 0 ? needs : steps.slice(-1) });
    }
    return steps;
}
/** Takes our methods out of the working copy of an API that stays. */
function planMethodsGone(service, account, copy) {
    const steps = [];
    for (const { step } of withoutMethods(service, account, copy.methods)) {
        steps.push({ ...step, reason: 'its last stage is gone', needs: steps.slice(-1) });
    }
    return steps;
}
/** Whether the working copy is all that is wanted, as far as what is ours goes. */
function isAtGoal(goal, copy) {
    return parts_editsOf(goal, copy).length === 0;
}
/** What the working copy lacks, in words: `API shop: endpoint-type REGIONAL -> EDGE`. Empty where it is all that is wanted. */
function missingWords(goal, copy) {
    const words = parts_editsOf(goal, copy).map(({ step: { kind, name, fields } }) => {
        const differing = fields.map(({ field, from, to }) => `${field} ${from ?? '(none)'} -> ${to ?? '(none)'}`);
        return `${kind} ${name}${differing.length === 0 ? '' : `: ${differing.join(', ')}`}`;
    });
    return words.join('; ');
}
/** Leads the working copy to the goal, whatever another writer has made of it. */
async function mendDefinition(context, service, copy) {
    for (const { step } of parts_editsOf({ service, account: context.account }, copy))
        await step.apply(context);
}
/** Everything in the working copy that the service did not make. */
function foreignInDefinition(service, copy) {
    return list.flatMap((part) => part.foreign(service, copy));
}
/** The edits of all parts. What a document cannot say, taking away above all, comes before what it can. */
function parts_editsOf(goal, copy) {
    const edits = list.flatMap((part) => part.plan(goal, copy));
    const isInDocument = ({ document }) => document !== undefined;
    return [...edits.filter((edit) => !isInDocument(edit)), ...edits.filter(isInDocument)];
}
/**
 * What a document says of the API itself. PutRestApi sets the API's name and version from it (recorded,
 * test_put_rest_api_mode_binary_media_types), so that on an API that is joined it says what stands there; undefined where no version stands
 * there, as an OpenAPI document must have one.
 */
function documentInfo({ service: { api } }, copy) {
    if (api.joined === undefined)
        return { title: api.name, version: '1.0' };
    const { name: title, version } = copy?.settings ?? {};
    return title === undefined || version === undefined ? undefined : { title, version };
}
function byDocument(step, document) {
    return {
        ...step,
        apply: async (context) => {
            if (!(await document.send(context)))
                await step.apply(context);
        },
    };
}

;// CONCATENATED MODULE: ./src/resources/api/deployment.ts













/** How often a deployment is made anew because somebody else changed the API meanwhile. */
const deployment_attempts = 10;
/**
 * How often it is made again where it lacks methods that a document of this run has just brought in. That AWS freezes such an older state
 * is unverified (terraform-provider-aws#41375 waits between the two), so the run goes on where it still lacks them after that.
 */
const lateAttempts = 2;
/** All deployments of an API, without the definitions that they hold. */
async function readDeployments(aws, restApiId) {
    return allPages(async (from) => {
        const { items, position } = await aws.api(new dist_cjs/* GetDeploymentsCommand */._1U({ restApiId, limit: 500, position: from }));
        return { items, next: position };
    });
}
/** Our mark in a deployment's description. */
function deploymentMark(service, digest) {
    return `${markPrefix(service)}${digest}`;
}
/** Freezes the working copy, and makes sure that what was frozen is what the config asks for, and that nobody has gone live meanwhile. */
function planDeployment(service, { digest, existing, stage, needs }) {
    const own = { service, description: deploymentMark(service, digest), others: new Set(existing.map(({ id }) => id)) };
    return step({
        id: 'deployment', kind: 'deployment', name: service.stage, action: 'create', phase: 'prepare', needs,
        reason: stage === undefined ? 'there is no stage yet' : 'the routes or the settings of the API differ',
        apply: (context) => deploy(context, own, stage),
    });
}
/** Deletes deployments of this stage that no kept release serves, also those that an interrupted run left. */
function planDeploymentPrune(service, deployments, needed) {
    return deployments
        .filter(({ id, description }) => id !== undefined && description?.startsWith(markPrefix(service)) === true && !needed.has(id))
        .map(({ id }) => step({
        id: `deployment/${id}`, kind: 'deployment', name: id ?? '', action: 'delete', phase: 'prune', reason: 'no kept release serves it',
        apply: ({ aws, ids }) => deleteDeployment(aws, known(ids.apiId, 'the API'), id ?? ''),
    }));
}
/** AWS refuses this for what another run has put on a stage meanwhile ("Active stages pointing to this deployment", recorded): it stays. */
async function deleteDeployment(aws, restApiId, deploymentId) {
    try {
        await (0,refusal/* orUndefined */.y0)(aws.api(new dist_cjs/* DeleteDeploymentCommand */.Esf({ restApiId, deploymentId })));
    }
    catch (error) {
        if (!(0,refusal/* isRefusal */.vu)(error, 'BadRequestException'))
            throw error;
        return 'left';
    }
}
async function deploy(context, own, stage) {
    const { aws, ids, progress } = context;
    const restApiId = known(ids.apiId, 'the API');
    const discards = [];
    const lacks = new Set();
    for (let attempt = 1;; attempt++) {
        const { id, refusal } = await freeze(context, { ...own, others: new Set([...own.others, ...discards]) });
        const { agrees, missing, isLate, isPassing } = await look(context, own, { id, stage });
        lacks.add(missing);
        if (agrees && isLate && attempt <= lateAttempts) {
            progress.info('The deployment does not hold yet what the document has made; making it again.');
            if (id !== undefined)
                discards.push(id);
            continue;
        }
        // Our own methods are whole, so where AWS misses an integration, it is that of somebody's own edit, which may stay so for ever; or that
        // of another service on the same API, which is about to make it.
        if (agrees && refusal !== undefined && (!isPassing || attempt === deployment_attempts))
            throw refusal;
        if (agrees && id !== undefined) {
            ids.deploymentId = id;
            for (const discarded of discards)
                await deleteDeployment(aws, restApiId, discarded);
            return;
        }
        if (id !== undefined)
            discards.push(id);
        if (attempt === deployment_attempts)
            throw lacks.size === 1 ? notTaken(own.service, missing) : keepsChanging(own.service);
        progress.warning(`The API is not as it was set, most often because somebody else changed it; trying again (${attempt} of ${deployment_attempts}).`);
        await (0,cancellation/* pause */.v7)(500 * attempt + Math.random() * 1_000);
        await mend(context, own.service);
    }
}
/** The same is missing after each attempt: nothing tells whether another writer is there at all. */
function notTaken({ name }, missing) {
    return new src_errors/* UserError */.yo({
        what: `The API of ${name} does not become what the config asks for: ${missing}.`,
        why: `Each change was answered as done, and was not to be seen afterwards, ${deployment_attempts} times in a row. Either it is not taken, or ` +
            'somebody sets it back each time. What is served is as it was.',
        cure: 'Look whether another tool manages this API. If none does, take what is named out of the config, or make a new API with it.',
    });
}
function keepsChanging(service) {
    return new OtherRunWon(service, `It keeps changing the API: what was deployed differed from the config ${deployment_attempts} times in a row.`);
}
/** Texts by which AWS refuses to freeze methods without integrations, or none (moto#9466, terraform-provider-aws#21210). */
const halfDone = /No integration defined for method|doesn't contain any methods/;
/** Makes a deployment; gives AWS's refusal where the working copy is half done, which is another writer's doing: ours was whole. */
async function freeze({ aws, ids }, own) {
    const restApiId = known(ids.apiId, 'the API');
    const create = new dist_cjs/* CreateDeploymentCommand */.ttP({ restApiId, description: own.description });
    try {
        const made = await aws.api(create, { lookup: () => lookup(aws, restApiId, own) });
        return { id: known(made.id, 'the deployment') };
    }
    catch (error) {
        if ((0,refusal/* isRefusal */.vu)(error, 'BadRequestException') && halfDone.test(error.detail))
            return { refusal: error };
        throw error;
    }
}
/** The look behind it: reads every part of the definition again, the stage, and which run goes on. */
async function look(context, { service }, { id, stage }) {
    const { aws, account, ids } = context;
    const restApiId = known(ids.apiId, 'the API');
    const [copy, frozen] = await Promise.all([
        readWorkingCopy(aws, restApiId),
        ids.isImported && id !== undefined ? readFrozenMethods(aws, restApiId, id) : undefined,
        stage === undefined ? undefined : refuseOtherRelease(context, stage),
    ]);
    if (stage === undefined)
        refuseRival(context, copy.settings.tags);
    const isLate = ids.isImported && (id === undefined || (frozen !== undefined && !isFrozenWhole(frozen, copy)));
    const missing = missingWords({ service, account }, copy);
    const all = treeMethods(copy.methods);
    const halves = all.filter(({ actual }) => actual.methodIntegration === undefined);
    const isPassing = all.length > 0 && halves.every(({ actual }) => isMarked(actual.operationName));
    return { agrees: missing === '', missing, isLate, isPassing };
}
/**
 * Leads the working copy back to the config. Another writer at the same moment may take away what this one stands on; then the next
 * attempt looks again.
 */
async function mend(context, service) {
    try {
        await mendDefinition(context, service, await readWorkingCopy(context.aws, known(context.ids.apiId, 'the API')));
    }
    catch (error) {
        if (!isOtherRuns(error))
            throw error;
    }
}
/** After a lost answer: the newest deployment that this run may have made. It is looked at just as one that was answered. */
async function lookup(aws, restApiId, { description, others }) {
    const found = (await readDeployments(aws, restApiId)).filter((each) => each.description === description && !others.has(each.id));
    return found.sort((a, b) => (b.createdDate?.getTime() ?? 0) - (a.createdDate?.getTime() ?? 0))[0];
}
/** Whether a service of this action has made a deployment, whichever it is. */
function isOwnDeployment({ description }) {
    return description?.startsWith('lambda-api-deploy ') === true;
}
function markPrefix({ name, stage }) {
    return `lambda-api-deploy ${name} ${stage} `;
}

;// CONCATENATED MODULE: ./src/resources/api/definition/served-methods.ts





/**
 * Reads the methods of the deployment that a stage serves, with their integrations: GetExport shows that deployment, never the working
 * copy (recorded: LocalStack's test_export_oas30_openapi; its extensions: developer guide, "Export a REST API from API Gateway").
 * @returns undefined where AWS does not export it, as of an API that OpenAPI cannot say
 */
async function readServedMethods(aws, restApiId, stage) {
    const uris = await readUris(aws, restApiId, stage);
    return uris && new Map([...uris].map(([name, { uri }]) => [name, functionNameOf(uri)]));
}
/**
 * Reads the routes of a service that a stage serves: those methods that lead to the live slot of a function.
 * @returns undefined where AWS does not export them
 */
async function readServedRoutes(aws, restApiId, { name, stage: stageName }) {
    const uris = await readUris(aws, restApiId, { stageName });
    const isOurs = (uri = '') => uri.includes(`\${stageVariables.${(0,service_names/* aliasVariable */.lb)(name)}}`);
    return uris && [...uris.values()].flatMap(({ method, path, uri }) => {
        const functionName = functionNameOf(uri);
        return functionName === undefined || !isOurs(uri) ? [] : [{ method, path, functionName }];
    }).sort(route_order/* byPathThenMethod */.H);
}
async function readUris(aws, restApiId, { stageName }) {
    const parameters = { extensions: 'integrations' };
    try {
        const input = { restApiId, stageName, exportType: 'oas30', accepts: 'application/json', parameters };
        const { body } = await aws.api(new dist_cjs/* GetExportCommand */.Gz1(input));
        return targetsIn(JSON.parse(Buffer.from(body ?? []).toString()));
    }
    catch (error) {
        if (error instanceof refusal/* AwsRefusal */.iT || error instanceof SyntaxError)
            return undefined;
        throw error;
    }
}
/** What callers of a stage reach that serves what the service asks for. */
function wantedMethods(service) {
    return new Map(methodsOf(service).map((spec) => [methodName(spec), spec.integration.functionName]));
}
function targetsIn({ paths = {} }) {
    const entries = Object.entries(paths).flatMap(([path, operations]) => Object.entries(operations).flatMap(([verb, operation]) => {
        const method = methodOfVerb(verb);
        if (method === undefined)
            return [];
        return [[methodName({ method, path }), { method, path, uri: operation['x-amazon-apigateway-integration']?.uri }]];
    }));
    return new Map(entries);
}

;// CONCATENATED MODULE: ./src/resources/api/rest-api.ts










const restApiActions = (/* unused pure expression or super */ null && (['apigateway:GET', 'apigateway:POST', 'apigateway:PATCH', 'apigateway:PUT', 'apigateway:DELETE']));
/**
 * Finds the service's API by our tags: the name alone says nothing, because names are not unique (CreateRestApi of the same name
 * succeeds).
 */
async function readRestApi(aws, service) {
    return (await readRestApis(aws, service))[0];
}
/** All APIs with our tags. The first is the one that is used: the oldest. One that is joined stands alone. */
async function readRestApis(aws, service) {
    if (service.api.joined !== undefined)
        return [await readJoined(aws, service.api.joined.id)];
    const ours = [];
    const sameName = [];
    for (const api of await listRestApis(aws)) {
        refuseOtherRepository(api.tags, service, `API ${api.name} (${api.id})`);
        if (ownership(api.tags, service) === 'ours')
            ours.push(api);
        else if (api.name === service.api.name)
            sameName.push(api);
    }
    if (ours.length > 0)
        return byAge(ours);
    if (sameName.length === 0)
        return [];
    throw foreignThing(service, `an API named ${service.api.name} (${sameName.map(apiText).join(', ')})`, {
        cure: `To join it, write \`api-id: ${sameName[0]?.id}\`${sameName.length > 1 ? ', or the id of the one that is meant' : ''}; ` +
            'a run with `command: plan` shows what that changes, and writes nothing. Or choose another `api-name`.',
    });
}
function apiText({ id, createdDate }) {
    return `${id}, made ${createdDate?.toISOString().slice(0, 10) ?? 'some day'}`;
}
async function readJoined(aws, restApiId) {
    const api = await (0,refusal/* orUndefined */.y0)(aws.api(new dist_cjs/* GetRestApiCommand */.Wy4({ restApiId })));
    if (api !== undefined)
        return api;
    throw new src_errors/* UserError */.yo({
        what: `There is no API ${restApiId} in this account and Region.`,
        why: 'The config names it by `api-id`.',
        cure: 'Check `api-id` and `aws-region`; `aws apigateway get-rest-apis` lists the APIs.',
        docs: 'ownership.md#join-an-api',
    });
}
/** Whether this action has made an API; one that is joined bears no such tag. */
function isOwnApi({ tags }) {
    return tags?.[managedBy.key] === managedBy.value;
}
/** Makes the API, with its settings. */
function planRestApi(service, needs) {
    return step({
        id: 'api', kind: 'API', name: service.api.name, action: 'create', phase: 'prepare', reason: 'does not exist yet', needs,
        apply: (context) => rest_api_create(context, service),
    });
}
/** Deletes the API with everything in it. */
function planRestApiDelete(api, needs) {
    return step({
        id: 'api', kind: 'API', name: `${api.name} (${api.id})`, action: 'delete', phase: 'prune', reason: 'its last stage is gone', needs,
        apply: async ({ aws }) => {
            await deleteRestApi(aws, api.id);
        },
    });
}
/** In milliseconds: a second, and one for clocks that differ and lists that lag. */
const sameSecond = 2_000;
async function rest_api_create(context, service) {
    const { aws, ids } = context;
    const input = { ...createInput(service.api), tags: { ...ownTags(service), ...claimTags(context, 'API') } };
    const made = await aws.api(new dist_cjs/* CreateRestApiCommand */.KtA(input), { lookup: () => readRestApi(aws, service) });
    // Two first runs at once make two; both choose the oldest, and the one that lost takes its own empty one away again. Moments of creation
    // are whole seconds, so that of two in one second the smaller id is the older; this run looks when no more can come to be in its second.
    await (0,cancellation/* pause */.v7)(sameSecond);
    const chosen = (await readRestApi(aws, service)) ?? made;
    ids.apiId = known(chosen.id, 'the id of the API');
    ids.rootResourceId = known(chosen.rootResourceId, 'the root resource');
    if (chosen.id === made.id)
        return;
    await deleteRestApi(aws, made.id);
    await claim(context);
}
/**
 * AWS takes one such call in 30 seconds from an account and Region (developer guide, "Quotas"): of thirty pull requests that are closed at
 * once the last one waits for a quarter of an hour.
 */
const deletionPatience = 15 * 60_000;
/** Deletes an API; one that is gone already is none to delete. */
async function deleteRestApi(aws, restApiId) {
    await (0,refusal/* orUndefined */.y0)(aws.api(new dist_cjs/* DeleteRestApiCommand */.XtB({ restApiId }), { throttledFor: deletionPatience }));
}
/** All APIs of the account and Region. */
async function listRestApis(aws) {
    return allPages(async (from) => {
        const { items, position } = await aws.api(new dist_cjs/* GetRestApisCommand */.hwD({ limit: 500, position: from }));
        return { items, next: position };
    });
}
function byAge(apis) {
    const madeAt = (api) => api.createdDate?.getTime() ?? 0;
    return [...apis].sort((a, b) => madeAt(a) - madeAt(b) || ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
}

;// CONCATENATED MODULE: ./src/resources/api/lost-api.ts




/** Another first deploy may have made one a moment ago, and is about to see that it is not the oldest. In milliseconds. */
const youth = 60_000;
/**
 * Of our APIs besides the one that is used, those that a run has left which lost a race of first deploys and was killed: they are
 * empty.
 */
async function lostAmong(aws, others) {
    const old = others.filter(({ createdDate }) => createdDate !== undefined && Date.now() - createdDate.getTime() > youth);
    const empty = await Promise.all(old.map(async (api) => ((await isEmpty(aws, api)) ? [api] : [])));
    return empty.flat();
}
/** Whether it holds no more than a new API does: no stage, and no resource but the root. */
async function isEmpty(aws, { id: restApiId }) {
    const [stages, resources] = await Promise.all([
        readStages(aws, restApiId ?? ''),
        aws.api(new dist_cjs/* GetResourcesCommand */.zR8({ restApiId, limit: 2, embed: ['methods'] })),
    ]);
    return stages.length === 0 && (resources.items ?? []).every(({ path, resourceMethods }) => path === '/' && resourceMethods === undefined);
}
/** Deletes such APIs. */
function planLostApis(lost) {
    return lost.map(({ id, name }) => step({
        id: `api/${id}`, kind: 'API', name: `${name} (${id})`, action: 'delete', phase: 'prune',
        reason: 'a run that was stopped has left it, empty',
        apply: async ({ aws }) => {
            await deleteRestApi(aws, id);
        },
    }));
}

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-cloudwatch-logs/dist-cjs/index.js
var client_cloudwatch_logs_dist_cjs = __webpack_require__(2684);
;// CONCATENATED MODULE: ./src/resources/logs/log-group.ts






const logGroupActions = (/* unused pure expression or super */ null && ([
    'logs:DescribeLogGroups',
    'logs:CreateLogGroup',
    'logs:TagResource',
    'logs:ListTagsForResource',
    'logs:PutRetentionPolicy',
    'logs:DeleteRetentionPolicy',
    'logs:DeleteLogGroup',
]));
/** Finds one log group by its exact name. Whose it is costs a call, so it is asked only where the answer decides something, or `always`. */
async function readLogGroup(aws, name, { service, retentionDays, always = false }) {
    const group = await findGroup(aws, name);
    if (group === undefined)
        return undefined;
    const isUndecided = retentionDays === undefined && group.retentionInDays !== undefined;
    if (!isUndecided && !always)
        return { name, retentionDays: group.retentionInDays, ours: false };
    // Tag operations want the ARN without the `:*` that `arn` ends in (public service model, ListTagsForResource).
    const resourceArn = group.logGroupArn ?? group.arn?.replace(/:\*$/, '') ?? '';
    const { tags } = await aws.logs(new client_cloudwatch_logs_dist_cjs/* ListTagsForResourceCommand */.a_e({ resourceArn }));
    return { name, retentionDays: group.retentionInDays, ours: ownership(tags, service) === 'ours' };
}
/** The groups whose names hold a text, each with its tags. */
async function readGroupsNamed(aws, logGroupNamePattern, isMeant) {
    const groups = await allPages(async (nextToken) => {
        const page = await aws.logs(new client_cloudwatch_logs_dist_cjs/* DescribeLogGroupsCommand */.VlF({ logGroupNamePattern, nextToken }));
        return { items: page.logGroups, next: page.nextToken };
    });
    const meant = groups.filter(({ logGroupName = '' }) => isMeant(logGroupName));
    return Promise.all(meant.map(async ({ logGroupName = '', logGroupArn, arn }) => {
        const resourceArn = logGroupArn ?? arn?.replace(/:\*$/, '') ?? '';
        const found = await (0,refusal/* orUndefined */.y0)(aws.logs(new client_cloudwatch_logs_dist_cjs/* ListTagsForResourceCommand */.a_e({ resourceArn })));
        return { name: logGroupName, tags: found?.tags ?? {} };
    }));
}
/** A log group and its retention. Where the config names no retention, that of a group which is not ours is left as found. */
function planLogGroup({ id, name, nameAtLast, retentionDays, state, needs }) {
    const entry = { kind: 'log group', name, phase: 'prepare', needs };
    const to = String(retentionDays ?? 'never expires');
    const nameOf = nameAtLast ?? (() => name);
    if (state === undefined) {
        return [step({
                ...entry, id, nameAtLast: nameOf, action: 'create', reason: 'does not exist yet',
                fields: [{ field: 'retention-days', to }],
                apply: (context) => log_group_create(context, nameOf(context), retentionDays),
            })];
    }
    if (state.retentionDays === retentionDays || (retentionDays === undefined && !state.ours))
        return [keep({ id, kind: 'log group', name })];
    return [step({
            ...entry, id, action: 'update', reason: 'the retention differs',
            fields: [{ field: 'retention-days', from: String(state.retentionDays ?? 'never expires'), to }],
            apply: ({ aws }) => setRetention(aws, name, retentionDays),
        })];
}
/** Deletes a group with all its events. */
function planLogGroupDelete(name) {
    return step({
        id: `log-group/${name}`, kind: 'log group', name, action: 'delete', phase: 'prune', reason: 'delete-logs is set',
        apply: ({ aws }) => remove(aws, name),
    });
}
/** How long the last lines of what is gone may be on their way, in milliseconds. */
const late = 15_000;
/**
 * Looks once more for groups that were deleted, when what wrote to them is gone: Lambda delivers late, and makes a group anew, never to
 * expire, with a line that comes after (aws/aws-cdk#32689, serverless-plugin-log-retention#6).
 */
async function removeLateGroups(aws, names) {
    if (names.length === 0)
        return;
    await (0,cancellation/* pause */.v7)(late);
    await Promise.all(names.map(async (name) => {
        if ((await findGroup(aws, name)) !== undefined)
            await remove(aws, name);
    }));
}
async function findGroup(aws, name) {
    const page = await aws.logs(new client_cloudwatch_logs_dist_cjs/* DescribeLogGroupsCommand */.VlF({ logGroupNamePrefix: name, limit: 50 }));
    return page.logGroups?.find((each) => each.logGroupName === name);
}
async function remove(aws, logGroupName) {
    await (0,refusal/* orUndefined */.y0)(aws.logs(new client_cloudwatch_logs_dist_cjs/* DeleteLogGroupCommand */.ID1({ logGroupName })));
}
async function log_group_create({ aws, service }, logGroupName, retentionDays) {
    try {
        await aws.logs(new client_cloudwatch_logs_dist_cjs/* CreateLogGroupCommand */.BOU({ logGroupName, tags: ownTags(service) }));
    }
    catch (error) {
        // Lambda and API Gateway make their groups themselves with the first event, so it may have come to be meanwhile.
        if (!(0,refusal/* isRefusal */.vu)(error, 'ResourceAlreadyExistsException'))
            throw error;
    }
    if (retentionDays !== undefined)
        await setRetention(aws, logGroupName, retentionDays);
}
async function setRetention(aws, logGroupName, retentionInDays) {
    if (retentionInDays === undefined)
        await aws.logs(new client_cloudwatch_logs_dist_cjs/* DeleteRetentionPolicyCommand */.X4Y({ logGroupName }));
    else
        await aws.logs(new client_cloudwatch_logs_dist_cjs/* PutRetentionPolicyCommand */.h5R({ logGroupName, retentionInDays }));
}

;// CONCATENATED MODULE: ./src/resources/lambda/joined.ts

/*
 * A function that this service did not make, and that it has taken over. Only what the config names is written; what stands in its tags
 * tells the runs to come what is ours, so that it can be given back.
 */
/** Begins the keys of the tags in which the names of the variables that we have set stand, as many as they take. */
const variablesTag = 'lambda-api-deploy:variables';
/** A tag's value takes 256 characters (Lambda API reference, TagResource; AWS general reference, "Tagging your AWS resources"). */
const joined_valueLimit = 256;
/** Stands between names; tags may hold it, and names of variables may not. */
const separator = ':';
/** Stands at the end of the description of a version that we have published of such a function. */
const versionMark = ' [lambda-api-deploy]';
/** Description in Lambda's service model. */
const descriptionLimit = 256;
/** Whether this or another run has taken the function over. */
function isJoined({ tags }) {
    return tags[joinedTag] !== undefined;
}
/** Whether all that a function has is ours: we have made it. */
function isWhollyOurs({ tags }) {
    return tags[managedBy.key] === managedBy.value && !isJoined({ tags });
}
/** The tags that hold the names of variables. */
function variableTags(names) {
    const text = [...names].sort().join(separator);
    const pieces = Array.from({ length: Math.ceil(text.length / joined_valueLimit) }, (_each, index) => text.slice(index * joined_valueLimit, (index + 1) * joined_valueLimit));
    return Object.fromEntries(pieces.map((piece, index) => [variablesKey(index), piece]));
}
/** Whether a tag is one of {@link variableTags}. */
function isVariablesTag(key) {
    return key.startsWith(variablesTag);
}
/** The names that an earlier run has put into the tags. */
function rememberedVariables({ tags }) {
    const pieces = [];
    for (let index = 0; tags[variablesKey(index)] !== undefined; index++)
        pieces.push(tags[variablesKey(index)] ?? '');
    return pieces.join('').split(separator).filter((name) => name !== '');
}
function variablesKey(index) {
    return index === 0 ? variablesTag : `${variablesTag}-${index + 1}`;
}
/** Settings that make the role. */
const roleSettings = ['role', 'role-policies', 'role-statements', 'role-permissions-boundary'];
/**
 * What a config asks for of a function that stands there and that we have not made: what it does not name is as it stands. The same where
 * there is no such function, or where it is wholly ours.
 */
function asFound(spec, state) {
    if (spec.join === undefined || state === undefined || isWhollyOurs(state))
        return spec;
    const { named } = spec.join;
    const reserved = named.has('reserved-concurrency') ? spec.reservedConcurrency : state.reservedConcurrency;
    const { reservedConcurrency: _config, ...rest } = spec;
    return {
        ...rest,
        ...(reserved === undefined ? {} : { reservedConcurrency: reserved }),
        role: namesRole(spec) ? spec.role : { kind: 'given', arn: state.latest.Role ?? '' },
        found: { named, variables: rememberedVariables(state), environment: foundEnvironment(state) },
    };
}
/** Whether the config says with which role a function that is taken over runs. */
function namesRole({ join }) {
    return join === undefined || roleSettings.some((name) => join.named.has(name));
}
/** The variables of a function that is taken over: those of others, those of the config, and what stood there before one of ours. */
function mergedVariables({ found, settings }, { Environment }) {
    const own = settings.environmentVariables;
    if (found === undefined)
        return own;
    const gone = found.variables.filter((name) => !(name in own));
    return { ...restored(Environment?.Variables ?? {}, gone, found.environment), ...own };
}
/** Variables without some of them, or with what these were before. */
function restored(standing, names, before) {
    const rest = Object.entries(standing).filter(([name]) => !names.includes(name));
    const back = names.flatMap((name) => (before[name] === undefined ? [] : [[name, before[name]]]));
    return Object.fromEntries([...rest, ...back]);
}
/** The version in which a function was published as found; undefined before that is done. */
function foundVersion(state) {
    const number = state.tags[joinedTag];
    return number === undefined ? undefined : state.versions.find(({ Version }) => Version === number);
}
/** The environment of that version; that of $LATEST before there is one. */
function foundEnvironment(state) {
    const version = isJoined(state) ? foundVersion(state) : state.latest;
    return version?.Environment?.Variables ?? {};
}
/** The description with which a version of such a function is published, so that it is told from those that others publish. */
function markedDescription(description) {
    return `${(description ?? '').slice(0, descriptionLimit - versionMark.length)}${versionMark}`;
}
/** Whether we have published a version of such a function. */
function isOwnVersion({ Description }) {
    return Description?.endsWith(versionMark) === true;
}

;// CONCATENATED MODULE: ./src/actual/account.ts

/**
 * Told from an ARN where one is at hand, since a function and its role share the account; else asked of STS. A role's ARN is only what
 * the user wrote, so it does not count where accounts are to be checked.
 */
async function readAccount(aws, { service, functions, allowedAccountIds }) {
    const roles = service.functions.flatMap(({ role }) => (role.kind === 'given' && allowedAccountIds.length === 0 ? [role.arn] : []));
    const account = { ...(fromArn(functions[0]?.arn) ?? fromArn(roles[0]) ?? (await ask(aws))), region: aws.region };
    if (allowedAccountIds.length === 0 || allowedAccountIds.includes(account.accountId))
        return account;
    throw new src_errors/* UserError */.yo({
        what: `The credentials belong to account ${account.accountId}, which \`allowed-account-ids\` does not name.`,
        why: `It names ${allowedAccountIds.join(', ')}.`,
        cure: 'Check the role that the workflow assumes, or add the account to `allowed-account-ids`.',
    });
}
async function ask(aws) {
    const { GetCallerIdentityCommand } = await __webpack_require__.e(/* import() */ 695).then(__webpack_require__.t.bind(__webpack_require__, 1695, 19));
    const { Arn } = await aws.sts(new GetCallerIdentityCommand({}));
    const account = fromArn(Arn);
    if (account === undefined)
        throw new Error(`GetCallerIdentity answered without an ARN of an account: ${Arn}`);
    return account;
}
function fromArn(arn) {
    const match = /^arn:([^:]+):[^:]+:[^:]*:(\d{12}):/.exec(arn ?? '');
    return match?.[1] === undefined || match[2] === undefined ? undefined : { partition: match[1], accountId: match[2] };
}

;// CONCATENATED MODULE: ./src/resources/iam/execution-role.ts









/** The role that a function runs with, where we make it: its name, and what stands of it. */
async function readExecutionRole(aws, service, spec) {
    const state = await readRole(aws, (0,service_names/* roleName */.S3)(spec.name, aws.region));
    if (state !== undefined)
        refuseForeignRole(service, spec, state);
    return state;
}
function refuseForeignRole(service, spec, { name, arn, tags }) {
    const cure = `To run ${spec.name} with it, write its ARN: \`role: ${arn}\`; ` +
        'a run with `command: plan` shows what that changes, and writes nothing.';
    refuseUnlessOurs(tags, service, { thing: `role ${name}`, cure });
}
/** Makes the role, or gives it what it lacks. What it is to lose waits until nothing served needs it: {@link planExecutionRoleLoss}. */
function planExecutionRole(service, spec, { state, account }) {
    if (spec.role.kind === 'given')
        return [];
    const wanted = roleGoal(service, spec, account);
    const entry = { id: `function/${spec.name}/role`, kind: 'role', name: wanted.name, phase: 'prepare' };
    if (state === undefined) {
        return [
            step({
                ...entry,
                action: 'create',
                reason: 'does not exist yet',
                fields: [
                    { field: 'role-policies', to: policyNames(wanted.policies) },
                    ...[...wanted.inline.values()].map((each) => ({ field: 'role-statements', to: statementsText(each) })),
                ],
                apply: async ({ aws, ids }) => {
                    const made = await createRole(aws, wanted, (found) => refuseForeignRole(service, spec, found));
                    await attachMissing(aws, wanted, made);
                    ids.roleArns.set(spec.name, made.arn);
                },
            }),
        ];
    }
    const fields = gains(wanted, state);
    if (fields.length === 0)
        return [];
    return [step({ ...entry, action: 'update', reason: 'it lacks rights', fields, apply: (context) => widen(context, wanted, state) })];
}
/** Takes from a role that we made what the config does not give it: it is wholly ours. The code that was live may have needed it. */
function planExecutionRoleLoss(service, spec, { state, account }) {
    if (spec.role.kind === 'given' || state === undefined)
        return [];
    const wanted = roleGoal(service, spec, account);
    const fields = losses(wanted, state);
    if (fields.length === 0)
        return [];
    return [step({
            id: `function/${spec.name}/role/loss`, kind: 'role', name: wanted.name, action: 'update', phase: 'prune', fields,
            reason: 'it has rights that the config does not give',
            apply: (context) => narrow(context, wanted, state),
        })];
}
/** Deletes a role of ours; its policies must be detached before (IAM API reference, DeleteRole). */
function planExecutionRoleDelete(state, needs) {
    return step({
        id: `role/${state.name}`, kind: 'role', name: state.name, action: 'delete', phase: 'prune', reason: 'its function is gone', needs,
        apply: async ({ aws, progress }) => {
            const { DeleteRoleCommand } = await __webpack_require__.e(/* import() */ 764).then(__webpack_require__.t.bind(__webpack_require__, 6764, 19));
            await detach(aws, state.name, state.policies);
            await deletePolicies(aws, state.name, state.inline.keys());
            try {
                await (0,refusal/* orUndefined */.y0)(aws.iam(new DeleteRoleCommand({ RoleName: state.name })));
            }
            catch (error) {
                // An inline policy of somebody else's, or an instance profile (IAM API reference, DeleteRole).
                if (!(0,refusal/* isRefusal */.vu)(error, 'DeleteConflict', 'DeleteConflictException'))
                    throw error;
                progress.warning(`Role ${state.name} stays, because something that this service did not make hangs on it: ${error.detail}`);
            }
        },
    });
}
function roleGoal(service, spec, account) {
    const managed = (name) => managedPolicyArn(account, name);
    const role = spec.role.kind === 'create' ? spec.role : undefined;
    // AWS managed policies for execution roles: Lambda developer guide, "Defining Lambda function permissions with an execution role".
    const policies = [
        managed('service-role/AWSLambdaBasicExecutionRole'),
        ...(spec.settings.vpcSubnetIds.length > 0 ? [managed('service-role/AWSLambdaVPCAccessExecutionRole')] : []),
        ...(spec.settings.tracing === 'active' ? [managed('AWSXRayDaemonWriteAccess')] : []),
        ...(role?.policies ?? []).map((policy) => (policy.startsWith('arn:') ? policy : managed(pathOf(policy)))),
    ];
    return {
        name: (0,service_names/* roleName */.S3)(spec.name, account.region),
        trust: trustOf('lambda.amazonaws.com'),
        policies: [...new Set(policies)],
        inline: inlinePolicy(role?.statements ?? []),
        permissionsBoundary: role?.permissionsBoundary,
        tags: ownTags(service),
    };
}
/** Where AWS keeps its policies for the roles of functions, and where all others (AWS managed policy reference). */
function pathOf(name) {
    return /^AWSLambda(\w+Execution)?Role$|^AWSLambdaENIManagementAccess$/.test(name) ? `service-role/${name}` : name;
}
/** Policies that follow from settings which stages need not share: what one stage needs, another must not take from the shared role. */
const derived = /^arn:[^:]+:iam::aws:policy\/(service-role\/AWSLambdaVPCAccessExecutionRole|AWSXRayDaemonWriteAccess)$/;
function surplusOf(wanted, state) {
    return state.policies.filter((policy) => !wanted.policies.includes(policy) && !derived.test(policy));
}
/** Policies of ours whose statements are no longer wanted, by name. */
function inlineSurplus({ inline }, state) {
    return [...state.inline].filter(([name]) => !inline.has(name));
}
function gains(wanted, state) {
    const missing = wanted.policies.filter((policy) => !state.policies.includes(policy));
    const isFreed = wanted.permissionsBoundary === undefined && state.permissionsBoundary !== undefined;
    return [
        ...(missing.length === 0 ? [] : [{ field: 'role-policies', to: policyNames(missing) }]),
        ...missingPolicies(wanted.inline, state.inline).map((name) => ({
            field: 'role-statements',
            to: statementsText(wanted.inline.get(name) ?? ''),
        })),
        ...(isFreed ? [{ field: 'role-permissions-boundary', from: state.permissionsBoundary, to: change/* notSet */.U }] : []),
    ];
}
function losses(wanted, state) {
    const surplus = surplusOf(wanted, state);
    const [from, to] = [state.permissionsBoundary, wanted.permissionsBoundary];
    return [
        ...(surplus.length === 0 ? [] : [{ field: 'role-policies', from: policyNames(surplus), to: change/* notSet */.U }]),
        ...inlineSurplus(wanted, state).map(([, document]) => ({ field: 'role-statements', from: statementsText(document), to: change/* notSet */.U })),
        ...(to === undefined || to === from ? [] : [{ field: 'role-permissions-boundary', from: from ?? change/* notSet */.U, to }]),
    ];
}
async function widen({ aws }, wanted, state) {
    await attachMissing(aws, wanted, state);
    if (wanted.permissionsBoundary !== undefined || state.permissionsBoundary === undefined)
        return;
    const { DeleteRolePermissionsBoundaryCommand } = await __webpack_require__.e(/* import() */ 764).then(__webpack_require__.t.bind(__webpack_require__, 6764, 19));
    await aws.iam(new DeleteRolePermissionsBoundaryCommand({ RoleName: state.name }));
}
async function narrow({ aws }, wanted, state) {
    await detach(aws, state.name, surplusOf(wanted, state));
    await deletePolicies(aws, state.name, inlineSurplus(wanted, state).map(([name]) => name));
    const { permissionsBoundary: PermissionsBoundary } = wanted;
    if (PermissionsBoundary === undefined || PermissionsBoundary === state.permissionsBoundary)
        return;
    const { PutRolePermissionsBoundaryCommand } = await __webpack_require__.e(/* import() */ 764).then(__webpack_require__.t.bind(__webpack_require__, 6764, 19));
    await aws.iam(new PutRolePermissionsBoundaryCommand({ RoleName: state.name, PermissionsBoundary }));
}
function policyNames(arns) {
    return arns.map(nameInArn).join(', ') || change/* notSet */.U;
}

;// CONCATENATED MODULE: ./src/resources/iam/former-role.ts




/** Whether a function, or a version of it, runs with the role that we would make for it. */
function runsWith({ Role }, madeRole) {
    return Role?.endsWith(`/${madeRole}`) === true;
}
/** Looks for the role that we made for a function before its config named another; nothing where there is none of ours. */
async function readFormerRole(aws, service, { name, role }) {
    const made = (0,service_names/* roleName */.S3)(name, aws.region);
    if (role.kind === 'create' || runsWith({ Role: role.arn }, made))
        return undefined;
    try {
        const state = await readRole(aws, made);
        return ownership(state?.tags, service) === 'ours' ? { name: made, state } : undefined;
    }
    catch (error) {
        if ((0,refusal/* isRefusal */.vu)(error, 'AccessDenied', 'AccessDeniedException'))
            return { name: made, state: undefined };
        throw error;
    }
}

// EXTERNAL MODULE: ./src/diagnostics.ts
var diagnostics = __webpack_require__(4851);
;// CONCATENATED MODULE: ./src/resources/iam/given-role.ts




/** AWS support says that a role may take up to 15 minutes to be known everywhere (terraform-provider-aws#44517). */
const fresh = 15 * 60_000;
/** Whether somebody has made a role so short a while ago that Lambda may not know it yet. */
function isFresh(role) {
    return role?.createdAt !== undefined && Date.now() - role.createdAt < fresh;
}
/**
 * Looks at the roles that functions are to be given for the first time, each once.
 * @returns what is known, by ARN
 * @throws DiagnosticsError for those that Lambda cannot assume
 */
async function readGivenRoles(aws, functions) {
    const roles = new Map(functions.flatMap(({ role }) => (role.kind === 'given' ? [[role.arn, role]] : [])));
    const read = async (role) => [role.arn, await readGivenRole(aws, role)];
    return new Map(await (0,diagnostics/* allOrFindings */.LY)([...roles.values()].map(read)));
}
async function readGivenRole(aws, role) {
    const { GetRoleCommand } = await __webpack_require__.e(/* import() */ 764).then(__webpack_require__.t.bind(__webpack_require__, 6764, 19));
    const RoleName = nameInArn(role.arn);
    let found;
    try {
        found = (await (0,refusal/* orUndefined */.y0)(aws.iam(new GetRoleCommand({ RoleName }))))?.Role;
    }
    catch (error) {
        // Handing a role over takes iam:PassRole alone, so a look that is refused, or that no answer comes to, must stop nobody.
        if (error instanceof refusal/* AwsRefusal */.iT)
            return { createdAt: undefined };
        throw error;
    }
    if (found === undefined)
        throw wrongRole(role, `There is no role ${RoleName} in this account.`);
    if (found.Arn !== role.arn)
        throw wrongRole(role, `The role ${RoleName} of this account has the ARN ${found.Arn}.`);
    if (!mayTrustLambda(found.AssumeRolePolicyDocument))
        throw wrongRole(role, 'Its trust policy does not name lambda.amazonaws.com.');
    return { createdAt: found.CreateDate?.getTime() };
}
/** Lambda takes roles of the function's account only (developer guide, "Defining Lambda function permissions with an execution role"). */
function wrongRole({ arn, place }, why) {
    return new src_errors/* UserError */.yo({
        what: `Lambda cannot run a function with the role ${arn}.`,
        why,
        cure: 'Write the ARN of a role of this account whose trust policy lets lambda.amazonaws.com assume it, or `role: create`.',
        place,
    });
}
/** Only a policy in which nothing can stand for Lambda is sure not to trust it. It comes percent-encoded (IAM API reference, Role). */
function mayTrustLambda(document) {
    return document === undefined || /lambda\.|\*|NotPrincipal/.test(decodeURIComponent(document));
}

;// CONCATENATED MODULE: ./src/resources/code.ts
/** The description of a slot's alias: which inputs gave which code, and which version it named before. */
function codeMark({ inputDigest, sha256 }, before) {
    return `inputs ${inputDigest} code ${sha256}${before === undefined ? '' : ` before ${before}`}`;
}
/** Reads {@link codeMark} back; nothing where somebody else wrote the description. */
function parseCodeMark(description) {
    const [, inputDigest, sha256, before] = /^inputs (\S+) code (\S+?)(?: before (\d+))?$/.exec(description ?? '') ?? [];
    return inputDigest === undefined || sha256 === undefined ? undefined : { inputDigest, sha256, before };
}

;// CONCATENATED MODULE: ./src/resources/lambda/configuration.ts


/**
 * Every setting with the value that it has in AWS where the config is silent (defaults: CreateFunction in the Lambda API reference, and
 * recorded in test_lambda_api `test_function_lifecycle`), so that what leaves the config goes back to AWS's default.
 */
const configuration_settings = [
    // These two belong to the code, which is always written.
    { ...plain('handler', 'Handler', (spec) => spec.code.handler), isNamed: () => true },
    { ...plain('runtime', 'Runtime', (spec) => spec.code.runtime), isNamed: () => true },
    { ...plain('role', 'Role', (_spec, roleArn) => roleArn), isNamed: namesRole },
    {
        ...plain('description', 'Description', (spec) => spec.settings.description ?? ''),
        isAlike: (wanted, actual) => actual === markedDescription(String(wanted)),
    },
    plain('memory-size', 'MemorySize', (spec) => spec.settings.memorySize ?? 128),
    plain('timeout', 'Timeout', (spec) => spec.settings.timeout ?? 3),
    {
        field: 'ephemeral-storage',
        wanted: (spec) => spec.settings.ephemeralStorage ?? 512,
        actual: (configuration) => configuration.EphemeralStorage?.Size ?? 512,
        send: (spec) => ({ EphemeralStorage: { Size: spec.settings.ephemeralStorage ?? 512 } }),
    },
    {
        field: 'environment-variables',
        wanted: (spec, _roleArn, standing) => sorted(mergedVariables(spec, standing)),
        actual: (configuration) => sorted(configuration.Environment?.Variables ?? {}),
        send: (spec, _roleArn, standing) => ({ Environment: { Variables: { ...mergedVariables(spec, standing) } } }),
        isNamed: () => true,
        secret: true,
    },
    {
        field: 'layers',
        wanted: (spec) => spec.settings.layers,
        actual: (configuration) => (configuration.Layers ?? []).map((layer) => layer.Arn),
        send: (spec) => ({ Layers: [...spec.settings.layers] }),
    },
    {
        field: 'vpc',
        wanted: (spec) => [[...spec.settings.vpcSubnetIds].sort(), [...spec.settings.vpcSecurityGroupIds].sort()],
        actual: ({ VpcConfig }) => [[...(VpcConfig?.SubnetIds ?? [])].sort(), [...(VpcConfig?.SecurityGroupIds ?? [])].sort()],
        send: ({ settings: own }) => ({ VpcConfig: { SubnetIds: [...own.vpcSubnetIds], SecurityGroupIds: [...own.vpcSecurityGroupIds] } }),
        isNamed: (_spec, named) => named.has('vpc-subnet-ids'),
    },
    {
        field: 'tracing',
        wanted: (spec) => tracingMode(spec),
        actual: (configuration) => configuration.TracingConfig?.Mode ?? 'PassThrough',
        send: (spec) => ({ TracingConfig: { Mode: tracingMode(spec) } }),
    },
    {
        field: 'log-format',
        wanted: (spec) => logFormat(spec),
        actual: (configuration) => configuration.LoggingConfig?.LogFormat ?? 'Text',
        send: (spec, _roleArn, { LoggingConfig }) => ({ LoggingConfig: { ...keptLogging(spec, LoggingConfig), LogFormat: logFormat(spec) } }),
    },
    {
        field: 'snap-start',
        wanted: (spec) => snapStart(spec),
        actual: (configuration) => configuration.SnapStart?.ApplyOn ?? 'None',
        send: (spec) => ({ SnapStart: { ApplyOn: snapStart(spec) } }),
    },
];
/**
 * All settings as CreateFunction takes them. An empty VPC is left out, because only an update may clear one; and SnapStart where it is off,
 * because not every Region has it.
 */
function allSettings(spec, roleArn, standing = {}) {
    const input = merged(configuration_settings.filter((setting) => configuration_isWritten(setting, spec)).map((setting) => setting.send(spec, roleArn, standing)));
    if (spec.settings.vpcSubnetIds.length === 0)
        delete input.VpcConfig;
    if (snapStart(spec) === 'None')
        delete input.SnapStart;
    return input;
}
/**
 * All settings as an update sends them again; also what $LATEST has and the config has not, such as a VPC:
 * UpdateFunctionConfiguration keeps what it is not given, and only empty lists clear a VPC (API reference).
 */
function allSettingsAgain(spec, roleArn, latest) {
    return { ...allSettings(spec, roleArn, latest), ...updateInput(spec, roleArn, latest) };
}
/** The settings of a version or of $LATEST that differ from the wanted ones, without the values of secrets. */
function settingDiffs({ spec, roleArn, latest }, configuration) {
    const at = { spec, roleArn: roleArn ?? '(created)', latest: latest ?? configuration };
    return differing(at, configuration).flatMap((setting) => {
        if (setting.secret === true)
            return namesDiff(setting, at, configuration);
        return [{ field: setting.field, from: configuration_print(setting.actual(configuration)), to: configuration_print(wantedOf(setting, at)) }];
    });
}
/** What UpdateFunctionConfiguration must send: only what differs. */
function updateInput(spec, roleArn, configuration) {
    const changed = differing({ spec, roleArn, latest: configuration }, configuration);
    return changed.length === 0 ? undefined : merged(changed.map((setting) => setting.send(spec, roleArn, configuration)));
}
function merged(inputs) {
    return inputs.reduce((all, each) => ({ ...all, ...each }), {});
}
function differing(at, configuration) {
    return configuration_settings.filter((setting) => {
        const [wanted, actual] = [wantedOf(setting, at), setting.actual(configuration)];
        return wanted !== undefined && JSON.stringify(wanted) !== JSON.stringify(actual) && setting.isAlike?.(wanted, actual) !== true;
    });
}
function wantedOf(setting, { spec, roleArn, latest }) {
    return configuration_isWritten(setting, spec) ? setting.wanted(spec, roleArn, latest) : setting.actual(latest);
}
/** Whether the config decides a setting: of a function that was found only those that it names. */
function configuration_isWritten({ field, isNamed }, spec) {
    return spec.found === undefined || (isNamed?.(spec, spec.found.named) ?? spec.found.named.has(field));
}
function plain(field, key, wanted) {
    return {
        field,
        wanted,
        actual: (configuration) => configuration[key] ?? (key === 'Description' ? '' : undefined),
        send: (spec, roleArn) => {
            const value = wanted(spec, roleArn, {});
            return value === undefined ? {} : { [key]: value };
        },
    };
}
const withheld = '(value withheld)';
/** Which variables come, go or change, by name; one that changes has neither value. */
function namesDiff(setting, at, configuration) {
    const before = new Map(setting.actual(configuration));
    const after = new Map(wantedOf(setting, at));
    const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name)).sort();
    return names.map((name) => {
        const field = `${setting.field} ${name}`;
        if (before.has(name) && after.has(name))
            return { field };
        return after.has(name) ? { field, to: withheld } : { field, from: withheld };
    });
}
function sorted(variables) {
    return Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1));
}
function configuration_print(value) {
    return typeof value === 'string' ? value : JSON.stringify(value) ?? change/* notSet */.U;
}
function tracingMode(spec) {
    return spec.settings.tracing === 'active' ? 'Active' : 'PassThrough';
}
/** The group of a log that was found: it is not documented whether an update without it keeps it. */
function keptLogging({ found }, standing) {
    return found === undefined || standing?.LogGroup === undefined ? {} : { LogGroup: standing.LogGroup };
}
function snapStart(spec) {
    return spec.settings.snapStart === true ? 'PublishedVersions' : 'None';
}
function logFormat(spec) {
    return spec.settings.logFormat === 'json' ? 'JSON' : 'Text';
}

;// CONCATENATED MODULE: ./src/resources/lambda/goal.ts

/**
 * Whether a version has the code and the settings that are asked for.
 * @param latest $LATEST, where the version is another one: what the config leaves as found is compared with that
 */
function goal_isAtGoal({ spec, code, roleArn }, version, latest = version) {
    return !codeDiffers(spec, code, version) && settingDiffs({ spec, roleArn, latest }, version).length === 0;
}
/** Whether a version, or $LATEST, has other code; the architecture goes with it, because UpdateFunctionCode is what sets it. */
function codeDiffers(spec, code, configuration) {
    return configuration.CodeSha256 !== code.sha256 || architectureOf(configuration) !== spec.code.architecture;
}
/** The architecture of a version; Lambda's default where the answer names none. */
function architectureOf(configuration) {
    return configuration.Architectures?.[0] ?? 'x86_64';
}

;// CONCATENATED MODULE: ./src/resources/lambda/joinable.ts







/**
 * Refuses a function that stands and that the config may not be led to.
 * @throws UserError
 */
function refuseFunction(service, spec, state) {
    const { name, tags } = state;
    refuseOtherRepository(tags, service, `The function ${name}`);
    refuseHiddenVariables(spec, state);
    if (ownership(tags, service) === 'ours')
        return refuseSilentOwner(spec, state);
    const wayOut = { another: '`function-name`', join: `function ${spec.key}` };
    if (spec.join === undefined)
        return refuseUnlessOurs(tags, service, { thing: `function ${name}`, ...wayOut });
    if (tags[managedBy.key] === managedBy.value)
        throw othersFunction(state);
    refuseImage(spec, state);
    refuseUnsaid(spec, state);
    refuseTakenAliases(service, state);
}
/** Of a function that was taken over a config without `join` would reset all that it does not name. */
function refuseSilentOwner({ key, join, places }, state) {
    if (join !== undefined || !isJoined(state))
        return;
    throw new src_errors/* UserError */.yo({
        what: `The function ${state.name} was taken over, and the config of ${key} does not say \`join: true\` any more.`,
        why: 'Without it every setting that the config does not name would go back to its default.',
        cure: 'Write `join: true` again. To part with the function, run `destroy`, which gives it back, or take it out of the config.',
        place: places?.['handler'],
        docs: 'ownership.md#join',
    });
}
function othersFunction({ name, tags }) {
    return new src_errors/* UserError */.yo({
        what: `The function ${name} belongs to the service ${tags[serviceTag] ?? '(unnamed)'}, so it is not taken over.`,
        why: 'Two services of lambda-api-deploy would overwrite each other.',
        cure: 'Choose another `function-name`, or `destroy` that service first.',
        docs: 'ownership.md',
    });
}
/** A function's package type is for good (Lambda developer guide, "Create a Lambda function using a container image"). */
function refuseImage({ places }, { name, latest }) {
    if (latest.PackageType !== 'Image')
        return;
    throw new src_errors/* UserError */.yo({
        what: `The function ${name} runs a container image, so it cannot be taken over.`,
        why: 'Lambda does not change an existing function from an image to a zip.',
        cure: 'Choose another `function-name`.',
        place: places?.['function-name'],
    });
}
/** For which handler and processor a package is made must be said where the function has others than the defaults. */
function refuseUnsaid({ key, join, code, places }, { name, latest }) {
    const rows = [
        { setting: 'handler', wanted: code.handler, found: latest.Handler },
        { setting: 'architecture', wanted: code.architecture, found: architectureOf(latest) },
    ];
    const unsaid = rows.filter(({ setting, wanted, found }) => join?.named.has(setting) === false && wanted !== found);
    if (unsaid.length === 0)
        return;
    const has = unsaid.map(({ setting, found }) => `the ${setting} ${found}`).join(' and ');
    const lines = unsaid.map(({ setting, found }) => `\`${setting}: ${found}\``).join(' and ');
    throw new src_errors/* UserError */.yo({
        what: `The function ${name} has ${has}, and the config of ${key} does not say so.`,
        why: `The package would be made for ${unsaid.map(({ wanted }) => wanted).join(' and ')}.`,
        cure: `Write ${lines}; or another value, if the code is for that.`,
        place: places?.['function-name'],
    });
}
/**
 * Variables of others cannot be kept where they cannot be read: an update sends all of them. "Error messages for environment variables
 * that couldn't be applied" stand in their place, as where a key may not be used (Lambda API reference, EnvironmentResponse).
 */
function refuseHiddenVariables({ join, settings, places }, state) {
    const { Environment, KMSKeyArn } = state.latest;
    const isSet = Object.keys(settings.environmentVariables).length > 0 || rememberedVariables(state).length > 0;
    if (join === undefined || Environment?.Error === undefined || !isSet)
        return;
    const key = KMSKeyArn === undefined ? 'its key' : `the key ${KMSKeyArn}`;
    throw new src_errors/* UserError */.yo({
        what: `The environment variables of the function ${state.name} cannot be read: ${Environment.Error.Message ?? 'no reason given'}`,
        why: 'Those of others are kept, and an update sends all of them.',
        cure: `Allow kms:Decrypt on ${key}, or take \`environment-variables\` out of the config.`,
        place: places?.['environment-variables'],
        docs: 'ownership.md#join',
    });
}
/** An alias that the slots would need, and that somebody else has made. */
function refuseTakenAliases({ stage }, { name, aliases }) {
    const names = service_names/* slots */.Q0.map((slot) => (0,service_names/* slotAlias */.z)(stage, slot));
    const taken = aliases.find(({ Name = '', Description }) => names.includes(Name) && parseCodeMark(Description) === undefined);
    if (taken === undefined)
        return;
    throw new src_errors/* UserError */.yo({
        what: `The function ${name} has an alias ${taken.Name} that this service did not make.`,
        why: `The stage ${stage} needs the aliases ${names.join(' and ')} for itself.`,
        cure: 'Choose another `stage`, or rename that alias.',
        docs: 'ownership.md#join',
    });
}

;// CONCATENATED MODULE: ./src/resources/lambda/memory.ts

/**
 * The tag in which we remember what we set on a function, so that it can be taken away again while what others have set stays: each of
 * the user's tags by a hash of its key (a tag's value has room for 256 characters), and the retention of the function's log.
 */
const memoryTag = 'lambda-api-deploy:tags';
const retentionWord = 'log-retention-days=';
/** The tag's value for what the config sets; empty where that is nothing. */
function memoryOf({ tags, logRetentionDays }) {
    const retention = logRetentionDays === undefined ? [] : [`${retentionWord}${logRetentionDays}`];
    return [...Object.keys(tags).map(keyHash).sort(), ...retention].join(' ');
}
/** The retention that an earlier run has set, in days. */
function rememberedRetention(state) {
    const word = wordsOf(state).find((each) => each.startsWith(retentionWord));
    return word === undefined ? undefined : Number(word.slice(retentionWord.length));
}
/** Whether an earlier run has set the tag of this key. */
function isRememberedTag(state, key) {
    return wordsOf(state).includes(keyHash(key));
}
function wordsOf(state) {
    return state?.tags[memoryTag]?.split(' ') ?? [];
}
function keyHash(key) {
    return (0,external_node_crypto_.createHash)('sha256').update(key).digest('hex').slice(0, 4);
}

;// CONCATENATED MODULE: ./src/resources/lambda/state.ts







/** GetFunction leaves the tags out unless lambda:ListTags is allowed, too (public service model, TagsError of GetFunctionResponse). */
const readActions = (/* unused pure expression or super */ null && ([
    'lambda:GetFunction',
    'lambda:ListTags',
    'lambda:ListAliases',
    'lambda:ListVersionsByFunction',
    'lambda:GetPolicy',
]));
/** Reads one function in two rounds; nothing where there is no such function. */
async function readFunction(aws, FunctionName, { stage, versions: scope = 'all', policies = service_names/* slots */.Q0, provisioned: isProvisioned = false }) {
    const found = await (0,refusal/* orUndefined */.y0)(aws.lambda(new client_lambda_dist_cjs/* GetFunctionCommand */.YF5({ FunctionName })));
    if (found?.Configuration === undefined)
        return undefined;
    if (found.TagsError !== undefined)
        throw tagsWithheld(FunctionName, found.TagsError.Message);
    const policyOf = async (slot) => policies.includes(slot) ? readStatements(aws, FunctionName, (0,service_names/* slotAlias */.z)(stage, slot)) : undefined;
    const { Tags: tags = {} } = found;
    const mayBeProvisioned = isProvisioned || rememberedProvisioned(tags, stage) !== undefined;
    const [aliases, all, a, b, provisioned] = await Promise.all([
        listAliases(aws, FunctionName),
        scope === 'all' ? listVersions(aws, FunctionName) : undefined,
        policyOf('a'),
        policyOf('b'),
        mayBeProvisioned ? readProvisioned(aws, FunctionName) : undefined,
    ]);
    const versions = all ?? numbered(namedBy(aliases));
    const slotsRead = slotsOf({ aliases, versions }, stage);
    return {
        ...(all === undefined ? { onlyNamed: true } : {}),
        ...(provisioned === undefined ? {} : { provisioned }),
        name: FunctionName,
        arn: found.Configuration.FunctionArn ?? '',
        tags,
        reservedConcurrency: found.Concurrency?.ReservedConcurrentExecutions,
        latest: found.Configuration,
        versions,
        aliases,
        slots: { a: { ...slotsRead.a, statements: a }, b: { ...slotsRead.b, statements: b } },
    };
}
/** The slots that a stage has on a function, without who may call them. */
function slotsOf({ aliases, versions }, stage) {
    return { a: slotOf('a'), b: slotOf('b') };
    function slotOf(slot) {
        const alias = aliases.find((each) => each.Name === (0,service_names/* slotAlias */.z)(stage, slot));
        return { alias, version: versions.find((each) => each.Version === alias?.FunctionVersion), statements: undefined };
    }
}
/** A function that was read in part, with all of its versions. */
async function withAllVersions(aws, { onlyNamed: _onlyNamed, ...state }) {
    return { ...state, versions: await listVersions(aws, state.name) };
}
/** Neither $LATEST nor $LATEST.PUBLISHED, which is Managed Instances' own (developer guide), is a version to go back to. */
function numbered(versions) {
    return versions.filter(({ Version = '' }) => /^\d+$/.test(Version));
}
/** An alias names a version that stands, and one of ours says which code that has. */
function namedBy(aliases) {
    const named = new Map(aliases.map(({ FunctionVersion, Description }) => [FunctionVersion, parseCodeMark(Description)?.sha256]));
    return [...named].map(([Version, CodeSha256]) => ({ Version, CodeSha256 }));
}
/** All aliases of a function, also other stages'. */
async function listAliases(aws, FunctionName) {
    return allPages(async (Marker) => {
        const { Aliases, NextMarker } = await aws.lambda(new client_lambda_dist_cjs/* ListAliasesCommand */.UZx({ FunctionName, Marker }));
        return { items: Aliases, next: NextMarker };
    });
}
/** All that have a number, oldest first; AWS gives at most 50 a page (terraform-provider-aws, `lambda_function`). */
async function listVersions(aws, FunctionName) {
    const all = await allPages(async (Marker) => {
        const { Versions, NextMarker } = await aws.lambda(new client_lambda_dist_cjs/* ListVersionsByFunctionCommand */.Ox4({ FunctionName, Marker }));
        return { items: Versions, next: NextMarker };
    });
    return numbered(all);
}
/**
 * The statements of one alias, or of the function itself; where there is no policy, or no alias at all, there are none (404, recorded in
 * test_lambda_permission_*).
 */
async function readStatements(aws, FunctionName, Qualifier) {
    const found = await (0,refusal/* orUndefined */.y0)(aws.lambda(new client_lambda_dist_cjs/* GetPolicyCommand */.s4W({ FunctionName, Qualifier })));
    return found?.Policy === undefined ? [] : (JSON.parse(found.Policy).Statement ?? []);
}
/** Whose a function is stands in its tags, so a run that may not see them must not guess. */
function tagsWithheld(name, why) {
    return new src_errors/* UserError */.yo({
        what: `The tags of function ${name} are withheld: the credentials lack lambda:ListTags`,
        ...(why === undefined ? {} : { why }),
        cure: "Allow lambda:ListTags on the function; the policy in the docs has every action that a deploy needs.",
        docs: 'permissions.md#policy',
    });
}

;// CONCATENATED MODULE: ./src/actual/function.ts











/** Reads all functions of the config, by name. For a destroy our own roles are looked for also where the config names others. */
async function readFunctions(aws, service, isDestroy) {
    const readings = service.functions.map((spec) => ({ spec, reading: readFunction(aws, spec.name, scopeOf(service, spec)) }));
    const givenRoles = isDestroy ? Promise.resolve(new Map()) : readNewRoles(aws, readings);
    const around = readings.map((each) => readAround(aws, service, { ...each, givenRoles, isDestroy }));
    const owners = readings.map(async ({ spec, reading }) => refuse(service, spec, { state: await reading, isDestroy }));
    await allToldOf([...owners, ...around]);
    const all = await Promise.all(around);
    return new Map(all.map((each) => [each.name, isDestroy ? withoutForeign(service, each) : each]));
}
function scopeOf({ stage }, { provisionedConcurrency }) {
    return { stage, provisioned: provisionedConcurrency !== undefined };
}
function refuse(service, spec, { state, isDestroy }) {
    if (state === undefined)
        return;
    const isGoing = isDestroy && (spec.join !== undefined || isJoined(state));
    if (isGoing)
        return refuseOtherRepository(state.tags, service, `The function ${state.name}`);
    refuseFunction(service, spec, state);
}
/** A function that is to be taken over, and is not yet, or was given back already, is nothing to a destroy. */
function withoutForeign(service, actual) {
    return ownership(actual.state?.tags, service) === 'ours' ? actual : { ...actual, state: undefined };
}
/** The role that a function is to run with; undefined for one that is yet to be made. */
function roleArnOf({ role }, actual) {
    return role.kind === 'given' ? role.arn : actual?.role?.arn;
}
async function readAround(aws, service, { spec, reading, givenRoles, isDestroy }) {
    const [state, role, formerRole, roles, logGroup] = await Promise.all([
        reading,
        (async () => (spec.role.kind === 'create' && (await makesRole(spec, reading)) ? readExecutionRole(aws, service, spec) : undefined))(),
        (async () => (isDestroy || mayHaveFormerRole(aws, spec, await reading) ? readFormerRole(aws, service, spec) : undefined))(),
        givenRoles,
        readOwnLogGroup(aws, service, { spec, reading }),
    ]);
    const givenRole = spec.role.kind === 'given' ? roles.get(spec.role.arn) : undefined;
    return { name: spec.name, state, role, formerRole, givenRole, logGroup };
}
/** A function that is found keeps its role where the config names none. */
async function makesRole(spec, reading) {
    return namesRole(spec) || asFound(spec, await reading).role.kind === 'create';
}
/** The roles by ARN that are to be handed to Lambda, and that it does not have for their function already. */
async function readNewRoles(aws, readings) {
    const read = await Promise.all(readings.map(async ({ spec, reading }) => ({ spec, state: await reading })));
    return readGivenRoles(aws, read.filter(({ spec: { role }, state }) => takesRole(role, state)).map(({ spec }) => spec));
}
function takesRole(role, state) {
    return role.kind === 'given' && state?.latest.Role !== role.arn;
}
function mayHaveFormerRole(aws, spec, state) {
    if (spec.role.kind === 'create' || state === undefined)
        return false;
    return [state.latest, ...state.versions].some((version) => runsWith(version, (0,service_names/* roleName */.S3)(spec.name, aws.region)));
}
/** Asked where the config sets a retention, or where an earlier run did. */
async function readOwnLogGroup(aws, service, { spec, reading }) {
    const retentionDays = spec.logRetentionDays ?? rememberedRetention(await reading);
    return retentionDays === undefined ? undefined : readLogGroup(aws, (0,service_names/* functionLogGroup */.uy)(spec), { service, retentionDays });
}

;// CONCATENATED MODULE: ./src/resources/lambda/readiness.ts



/** A function in a VPC or a version with SnapStart may take minutes (Lambda developer guide, "Lambda function states"). */
const readiness_patience = 15 * 60_000;
/**
 * Waits until a function, or one version of it, is active and no update is under way, and gives its configuration then: the RevisionId
 * of an update's own answer is stale by that time (recorded in test_function_revisions_basic).
 * @throws UserError where Lambda could not bring it up
 */
async function waitUntilReady(aws, FunctionName, Qualifier) {
    const configuration = await waitUntilSettled(aws, FunctionName, Qualifier);
    refuseFailure(FunctionName, configuration);
    return configuration;
}
/**
 * Waits until nothing is under way, also where the last update has failed, because the next one may repair that.
 * The first polls come after tenths of a second.
 */
async function waitUntilSettled(aws, FunctionName, Qualifier) {
    const start = performance.now();
    for (let interval = 100;; interval = Math.min(interval * 1.3, 5_000)) {
        const configuration = await aws.lambda(new client_lambda_dist_cjs/* GetFunctionConfigurationCommand */.qA6({ FunctionName, Qualifier }));
        if (isSettled(configuration))
            return configuration;
        if (performance.now() - start > readiness_patience) {
            const { State, LastUpdateStatus, LastUpdateStatusReason, StateReason } = configuration;
            throw new src_errors/* UserError */.yo({
                what: `Lambda function ${FunctionName} is still not ready after 15 minutes (State ${State}, LastUpdateStatus ${LastUpdateStatus}).`,
                why: LastUpdateStatusReason ?? StateReason ?? 'Lambda gives no reason.',
                cure: 'Look at the function in the Lambda console, then run the job again; it goes on where this run stopped.',
            });
        }
        await (0,cancellation/* pause */.v7)(interval);
    }
}
/** Nothing is under way. */
function isSettled({ State, LastUpdateStatus }) {
    return State !== 'Pending' && LastUpdateStatus !== 'InProgress';
}
/** An answer without states, as for a version that has always been active, counts as ready. */
function isReady({ State, LastUpdateStatus }) {
    return (State === undefined || State === 'Active') && (LastUpdateStatus === undefined || LastUpdateStatus === 'Successful');
}
function refuseFailure(name, configuration) {
    const { State, LastUpdateStatus, StateReason, StateReasonCode, LastUpdateStatusReason, LastUpdateStatusReasonCode } = configuration;
    if (State !== 'Failed' && LastUpdateStatus !== 'Failed')
        return;
    throw new src_errors/* UserError */.yo({
        what: `Lambda could not bring ${name} up: ${LastUpdateStatusReason ?? StateReason ?? 'no reason given'}`,
        why: LastUpdateStatusReasonCode ?? StateReasonCode ?? 'Lambda gives no reason code.',
        cure: 'What was live before still serves. Fix the cause and run the job again: what has failed is made again.',
    });
}

;// CONCATENATED MODULE: ./src/resources/lambda/invocable.ts





const invocableActions = (/* unused pure expression or super */ null && (['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction', 'lambda:DeleteFunction']));
/** How long a version may take to come back (up to 90 s were seen: BeeSolve/lambda-keep-active). */
const invocable_patience = 5 * 60_000;
/**
 * Waits until a version can be called, so that no alias or stage moves to one that cannot. What nothing has called for weeks is Inactive:
 * "when you invoke an inactive function it fails and Lambda sets it to Pending" until it is there again (developer guide, function states).
 * A version whose creation failed stays Failed for good; no alias can name it, so it is removed, and the next run publishes another.
 * @throws UserError where it cannot be called
 */
async function waitUntilInvocable(aws, FunctionName, Qualifier) {
    const start = performance.now();
    for (;;) {
        const version = await waitUntilSettled(aws, FunctionName, Qualifier);
        // An answer without a state is that of a version which has always been active.
        if (version.State === undefined || version.State === 'Active')
            return refuseFailedUpdate(FunctionName, Qualifier, version);
        if (version.State === 'Failed')
            throw await removed(aws, version, { FunctionName, Qualifier });
        if (version.State !== 'Inactive' || performance.now() - start > invocable_patience)
            throw notInvocable(version, { FunctionName, Qualifier });
        await wake(aws, FunctionName, Qualifier);
        await (0,cancellation/* pause */.v7)(1_000);
    }
}
/** An Inactive version refuses this very call, and is set up again for it (boto3#3788, aws/aws-cdk#20123). */
async function wake(aws, FunctionName, Qualifier) {
    try {
        await aws.lambda(new client_lambda_dist_cjs/* InvokeCommand */.mdN({ FunctionName, Qualifier, Payload: '{}' }));
    }
    catch (error) {
        if ((0,refusal/* isRefusal */.vu)(error, 'CodeArtifactUserPendingException', 'ResourceNotReadyException', 'ResourceConflictException'))
            return;
        if (!(error instanceof refusal/* AwsRefusal */.iT) || error.status !== 403)
            throw error;
        throw new src_errors/* UserError */.yo({
            what: `Version ${Qualifier} of ${FunctionName} is Inactive, and the credentials may not wake it.`,
            why: `Lambda sets up again what nothing has called for weeks when it is called, and refuses that call. ${error.text.what}.`,
            cure: 'Allow lambda:InvokeFunction on it, or call it once ' +
                `(aws lambda invoke --function-name ${FunctionName}:${Qualifier} out.json); then run the job again.`,
        }, { cause: error });
    }
}
function refuseFailedUpdate(name, number, { LastUpdateStatus, LastUpdateStatusReason }) {
    if (LastUpdateStatus !== 'Failed')
        return;
    throw new src_errors/* UserError */.yo({
        what: `Lambda could not bring version ${number} of ${name} up: ${LastUpdateStatusReason ?? 'no reason given'}`,
        cure: 'What was live before still serves. Fix the cause and run the job again.',
    });
}
function notInvocable({ State, StateReason }, { FunctionName, Qualifier }) {
    return new src_errors/* UserError */.yo({
        what: `Version ${Qualifier} of ${FunctionName} cannot go live: it is ${State}.`,
        why: StateReason ?? 'Lambda gives no reason.',
        cure: 'What was live before still serves. Look at the version in the Lambda console, then run the job again.',
    });
}
/** PublishVersion would give the failed version again and again while $LATEST stays the same (terraform-provider-aws#49904). */
async function removed(aws, version, { FunctionName, Qualifier }) {
    await aws.lambda(new client_lambda_dist_cjs/* DeleteFunctionCommand */.Z3K({ FunctionName, Qualifier }));
    return new src_errors/* UserError */.yo({
        what: `Lambda could not bring version ${Qualifier} of ${FunctionName} up: ${version.StateReason ?? 'no reason given'}`,
        why: version.StateReasonCode ?? 'Lambda gives no reason code.',
        cure: 'The version is removed and never served; what was live before still serves. Fix the cause and run the job again: ' +
            'it publishes another.',
    });
}

;// CONCATENATED MODULE: ./src/resources/lambda/revision.ts

/** How often a write is sent with another RevisionId. */
const revision_attempts = 4;
/**
 * Sends a write that names a RevisionId. AWS changes it by itself some time after a write (aws/aws-sdk#377), and tags that somebody sets
 * change it, too; so where it is refused, a look tells whether what the write builds on still stands.
 * @param look the RevisionId now; undefined where somebody has changed what the write builds on, so that the refusal stands
 * @throws AwsRefusal
 */
async function withRevision(first, send, look) {
    let revisionId = first;
    for (let attempt = 1;; attempt++) {
        try {
            return await send(revisionId);
        }
        catch (error) {
            if (!(0,refusal/* isRefusal */.vu)(error, 'PreconditionFailedException') || attempt === revision_attempts)
                throw error;
            const now = await look();
            if (now === undefined)
                throw error;
            revisionId = now.RevisionId;
        }
    }
}

;// CONCATENATED MODULE: ./src/resources/lambda/alias.ts







const aliasActions = (/* unused pure expression or super */ null && (['lambda:CreateAlias', 'lambda:UpdateAlias', 'lambda:GetAlias', 'lambda:DeleteAlias']));
/** One alias as it is now. */
async function readAlias(aws, FunctionName, Name) {
    return aws.lambda(new client_lambda_dist_cjs/* GetAliasCommand */.MES({ FunctionName, Name }));
}
/** The alias of one slot, made or moved so that it names the version that is asked for. */
function planAlias(goal, needs) {
    const { functionName, alias, version, actual } = goal;
    if (actual !== undefined && version !== undefined && actual.FunctionVersion === version && !hasWeights(actual))
        return [];
    const id = `function/${functionName}/alias/${alias}`;
    const entry = { id, kind: 'alias', name: `${functionName}:${alias}`, phase: 'prepare', needs };
    if (actual === undefined) {
        return [step({ ...entry, action: 'create', reason: 'the slot has none yet', apply: (context) => alias_create(context, goal) })];
    }
    return [step({
            ...entry, action: 'update', reason: 'the idle slot takes the version that goes live',
            fields: [{ field: 'version', from: actual.FunctionVersion ?? '', to: version ?? '(new)' }],
            apply: (context) => update(context, goal, actual),
        })];
}
/** Deletes one alias and, with it, its permissions. */
function planAliasDelete(FunctionName, Name) {
    return step({
        id: `function/${FunctionName}/alias/${Name}`, kind: 'alias', name: `${FunctionName}:${Name}`, action: 'delete', phase: 'prune',
        reason: 'its stage is gone',
        apply: async ({ aws }) => {
            await (0,refusal/* orUndefined */.y0)(aws.lambda(new client_lambda_dist_cjs/* DeleteAliasCommand */.Hou({ FunctionName, Name })));
        },
    });
}
/** Whether an alias sends a part of its calls to a second version, which we never set. */
function hasWeights(alias) {
    return weightedVersions(alias).length > 0;
}
/** The versions that an alias sends a part of its calls to, besides the one that it names. */
function weightedVersions(alias) {
    return Object.keys(alias?.RoutingConfig?.AdditionalVersionWeights ?? {});
}
/** The version that an alias of ours named before the one that it names. */
function versionBefore(alias) {
    return parseCodeMark(alias?.Description)?.before;
}
/** A version that stood before may still be coming up, after a run that was stopped; listing versions does not tell (recorded). */
async function aliasInput({ aws, ids }, { functionName, alias, code, version, actual }) {
    if (version !== undefined)
        await waitUntilInvocable(aws, functionName, version);
    const FunctionVersion = version ?? known(ids.versions.get(functionName), `the version of ${functionName}`);
    const before = actual?.FunctionVersion === FunctionVersion ? versionBefore(actual) : actual?.FunctionVersion;
    return { FunctionName: functionName, Name: alias, FunctionVersion, Description: codeMark(code, before) };
}
async function alias_create(context, goal) {
    const { aws } = context;
    const { functionName, alias } = goal;
    const input = await aliasInput(context, goal);
    const lookup = () => (0,refusal/* orUndefined */.y0)(readAlias(aws, functionName, alias));
    try {
        await aws.lambda(new client_lambda_dist_cjs/* CreateAliasCommand */.W_e(input), { lookup });
    }
    catch (error) {
        // Made meanwhile by another run: right where it names the same version, for then both runs deploy the same.
        const made = (0,refusal/* isRefusal */.vu)(error, 'ResourceConflictException') ? await lookup() : undefined;
        if (made === undefined)
            throw error;
        if (made.FunctionVersion !== input.FunctionVersion) {
            if (!(await holdsClaim(context)))
                throw error;
            await update(context, goal, made);
        }
    }
    context.ids.putAliases.add(alias);
}
async function update(context, goal, actual) {
    const { aws } = context;
    const { functionName, alias } = goal;
    const input = await aliasInput(context, goal);
    const isDone = ({ FunctionVersion, Description }) => FunctionVersion === input.FunctionVersion && Description === input.Description;
    if (!hasWeights(actual) && isDone(actual))
        return;
    // Weights that somebody set would survive an UpdateAlias without a RoutingConfig (Lambda API reference, UpdateAlias).
    const RoutingConfig = { AdditionalVersionWeights: {} };
    const readIf = async (fits) => {
        const now = await readAlias(aws, functionName, alias);
        return fits(now) ? now : undefined;
    };
    /** Another run has moved it: this one moves it again, if it is the one that goes on. */
    const readIfGoingOn = async () => (await holdsClaim(context)) ? readAlias(aws, functionName, alias) : undefined;
    const send = (RevisionId) => aws.lambda(new client_lambda_dist_cjs/* UpdateAliasCommand */.lqC({ ...input, RoutingConfig, RevisionId }), { lookup: () => readIf(isDone) });
    await withRevision(actual.RevisionId, send, async () => (await readIf((now) => isSame(now, actual))) ?? (await readIfGoingOn()));
    context.ids.putAliases.add(alias);
    context.ids.aliasMovedAt = Date.now();
}
/** Whether an alias leads where it led before. */
function isSame(now, before) {
    const leads = ({ FunctionVersion, Description, RoutingConfig }) => JSON.stringify([FunctionVersion, Description, RoutingConfig?.AdditionalVersionWeights ?? {}]);
    return leads(now) === leads(before);
}

;// CONCATENATED MODULE: ./src/service/found-release.ts

/** Stands in the place of a definition's digest, which is hex: no config asks for it. */
const foundDigest = 'found';
/** What a stage served before this service came to it, as release 0: a deployment of others, and no version of ours. */
function foundRelease(deploymentId) {
    return { number: 0, deploymentId, digest: foundDigest, functions: functionSet([]), versions: [], commit: '', wentLiveAt: 0 };
}
/** Whether a release serves what was found, be it as release 0 or as a later one that led back to that. */
function isFound({ digest }) {
    return digest === foundDigest;
}
/** A record that ends with what was found, however many releases have come since. */
function withFoundRelease(record, deploymentId) {
    if (deploymentId === undefined || record.some(({ number }) => number === 0))
        return record;
    return [...record, foundRelease(deploymentId)];
}

;// CONCATENATED MODULE: ./src/actual/served.ts






/** Reads the slot and the record from the stage's variables; the record counts only while its deployment is the stage's. */
function servedBy(service, stage, functions) {
    const variables = stage?.variables ?? {};
    const idleSlot = idleSlotOf(service, stage);
    const liveSlot = idleSlot === 'a' ? 'b' : 'a';
    const isFirst = stage === undefined || isJoiningStage(service, stage);
    const record = withFoundRelease(parseRecord(service.name, variables), foundDeployment(service, stage));
    const isValid = record[0] !== undefined && record[0].deploymentId === stage?.deploymentId;
    const states = isFirst ? [] : [...functions.values()].flatMap(({ state }) => state ?? []);
    const live = states.map(({ name, slots }) => ({ name, ...slots[liveSlot] }));
    return {
        liveSlot,
        idleSlot,
        isFirst,
        record,
        digest: isValid ? record[0]?.digest : undefined,
        versions: new Map(live.flatMap(({ name, version }) => (version === undefined ? [] : [[name, version]]))),
        weighted: new Set(live.filter(({ alias }) => hasWeights(alias)).map(({ name }) => name)),
        canary: stage === undefined ? undefined : canaryOf(service, stage),
    };
}
/** The slot of a stage that is not live. */
function idleSlotOf(service, stage) {
    return stage?.variables?.[(0,service_names/* aliasVariable */.lb)(service.name)] === (0,service_names/* slotAlias */.z)(service.stage, 'b') ? 'a' : 'b';
}

;// CONCATENATED MODULE: ./src/actual/actual.ts


















/** Reads all of it in at most three rounds, whatever the number of functions and routes. */
async function readActual(aws, service, { allowedAccountIds, isDestroy }) {
    const readings = [
        readFunctions(aws, service, isDestroy),
        readApiActual(aws, service, isDestroy ? 'all logs' : 'wanted logs'),
    ];
    await allToldOf(readings);
    const [functions, apiActual] = await Promise.all(readings);
    const states = [...functions.values()].flatMap(({ state }) => state ?? []);
    const account = await readAccount(aws, { service, functions: states, allowedAccountIds });
    return { account, ...apiActual, functions, served: servedBy(service, apiActual.stage, functions) };
}
/** What a config asks for, where functions or the stage are found that the service did not make: what it does not name stays as found. */
function withFound(service, { functions, stage }) {
    const own = withFoundStage(service, stage);
    return { ...own, functions: own.functions.map((spec) => asFound(spec, functions.get(spec.name)?.state)) };
}
/** The working copy of the API's definition, where there is an API. Its settings are known by now. */
async function readCopy(aws, { api }) {
    return api?.id === undefined ? undefined : readWorkingCopy(aws, api.id, { settings: api });
}
/** What callers of the stage reach, where there is a stage. */
async function readServed(aws, { api, stage }) {
    return api?.id === undefined || stage === undefined ? undefined : readServedMethods(aws, api.id, stage);
}
/** The ids that are known before anything is applied. */
function idsOf(service, actual) {
    const roleArns = service.functions.flatMap((spec) => {
        const arn = roleArnOf(spec, actual.functions.get(spec.name));
        return arn === undefined ? [] : [[spec.name, arn]];
    });
    return {
        apiId: actual.api?.id,
        rootResourceId: actual.api?.rootResourceId,
        deploymentId: undefined,
        isImported: false,
        roleArns: new Map(roleArns),
        versions: new Map(),
        permissionAddedAt: undefined,
        aliasMovedAt: undefined,
        putAliases: new Set(),
        provisioned: [],
        wentLiveAt: undefined,
        canary: undefined,
        canaryEndedAt: undefined,
        isAccountRoleNew: false,
    };
}
/** The API and its stages. */
async function readApiActual(aws, service, scope) {
    const [api, ...others] = await readRestApis(aws, service);
    const lostApis = scope === 'no logs' ? [] : await lostAmong(aws, others);
    const isDestroy = scope === 'all logs';
    if (api?.id === undefined) {
        const isLogged = scope === 'wanted logs' && hasLogGroup(service.accessLog);
        const accountRole = isLogged ? await readAccountRole(aws) : undefined;
        return { api, stage: undefined, otherStages: [], deployments: [], accountRole, accessLogGroup: undefined };
    }
    const reading = readStages(aws, api.id);
    const own = { apiId: api.id, mayJoin: scope === 'wanted logs' };
    const found = service.api.joined === undefined ? service : withFoundStage(service, ownStage(service, await reading, own));
    const isLogged = scope === 'wanted logs' && hasLogGroup(found.accessLog);
    const [stages, deployments, configured, canaryLogGroup] = await Promise.all([
        reading,
        readDeployments(aws, api.id),
        isLogged ? readAccessLogGroup(aws, service, accessLogGroup(service, api.id)) : undefined,
        isLogged && service.release.canary !== undefined
            ? readAccessLogGroup(aws, service, canaryGroup(accessLogGroup(service, api.id)))
            : undefined,
    ]);
    const stage = ownStage(service, stages, own);
    const otherStages = stages.filter((each) => each !== stage);
    const isNew = isLogged && groupOfArn(stage?.accessLogSettings?.destinationArn) === undefined;
    const accountRole = isNew ? await readAccountRole(aws) : undefined;
    const [group, ...formerLogGroups] = isDestroy ? await readAllLogGroups(aws, service, { apiId: api.id, stage }) : [configured];
    const former = formerLogGroups.filter((each) => each !== undefined);
    const groups = { accessLogGroup: group, canaryLogGroup, formerLogGroups: former };
    return { api, stage, otherStages, deployments, accountRole, ...groups, lostApis };
}
/** The stage that is ours, or is to be; one of others that stays theirs is as if it were not there. */
function ownStage(service, stages, { mayJoin, apiId }) {
    const stage = stages.find((each) => each.stageName === service.stage);
    const isTheirs = service.api.joined !== undefined && isJoiningStage(service, stage) && !isJoinedStage(stage);
    if (isTheirs && !mayJoin)
        return undefined;
    refuseStage(service, stage, apiId);
    return stage;
}
/** A group that the config names may be somebody else's, so its owner is always asked for. */
async function readAccessLogGroup(aws, service, name) {
    const { group, retentionDays } = service.accessLog;
    return readLogGroup(aws, name, { service, retentionDays, always: group !== undefined });
}
/**
 * The groups of a stage's access log: the one that the stage names, which the config of this run need not know, the config's, and the one
 * that we name. What has the API's id in its name is ours; the owner of any other is asked for.
 */
async function readAllLogGroups(aws, service, { apiId, stage }) {
    const named = groupOfArn(stage?.accessLogSettings?.destinationArn);
    const own = (0,service_names/* logGroupName */.To)(service.api.name, apiId, service.stage);
    const names = new Set([...(named === undefined ? [] : [named]), accessLogGroup(service, apiId), own]);
    const ends = [`-${apiId}/${service.stage}`, canaryGroup(`-${apiId}/${service.stage}`)];
    const isOwn = (name) => name.startsWith('/aws/apigateway/') && ends.some((end) => name.endsWith(end));
    const groups = await Promise.all([...names].flatMap((name) => [name, canaryGroup(name)]).map(async (name) => {
        const state = await readLogGroup(aws, name, { service, retentionDays: undefined, always: !isOwn(name) });
        return state !== undefined && isOwn(name) ? { ...state, ours: true } : state;
    }));
    return groups.flatMap((each) => each ?? []);
}

;// CONCATENATED MODULE: ./src/actual/other-stage.ts



/**
 * What was read, as another stage of the same service has it: its slots, what it serves and its record. Takes no call, because the API and
 * the functions are those of all stages; who may call its slots was not read.
 * @param other the service, with that stage
 * @returns undefined where there is no such stage of ours
 */
function asSeenFrom(other, actual) {
    const stages = [...(actual.stage === undefined ? [] : [actual.stage]), ...actual.otherStages];
    const stage = stages.find(({ stageName }) => stageName === other.stage);
    if (stage === undefined || ownership(stage.tags, other) !== 'ours')
        return undefined;
    const functions = new Map([...actual.functions].map(([name, each]) => [name, withSlotsOf(other, each)]));
    return { ...actual, stage, otherStages: stages.filter((each) => each !== stage), functions, served: servedBy(other, stage, functions) };
}
function withSlotsOf({ stage }, { state, ...around }) {
    return { ...around, state: state === undefined ? undefined : { ...state, slots: slotsOf(state, stage) } };
}

;// CONCATENATED MODULE: ./src/actual/consistent.ts



/**
 * Reads what stands in AWS, and reads it again where one answer does not fit another: the calls go out side by side, so that another run
 * may have gone live between that of the stage and that of the aliases. A second reading that does not fit either is taken as it is:
 * somebody has moved an alias by hand.
 */
async function readConsistently(aws, service, { allowedAccountIds, fromStage }) {
    const options = { allowedAccountIds, isDestroy: false };
    const actual = await readActual(aws, service, options);
    const from = fromStage === undefined ? undefined : asSeenFrom({ ...service, stage: fromStage }, actual);
    return isTorn(actual) || (from !== undefined && isTorn(from)) ? readActual(aws, service, options) : actual;
}
/** Whether the live aliases name other versions than the record on the stage says. */
function isTorn({ functions, served }) {
    const [release] = served.record;
    const versions = release === undefined ? undefined : versionsIn(release, [...functions.keys()]);
    return [...(versions ?? [])].some(([name, version]) => served.versions.get(name)?.Version !== version);
}

;// CONCATENATED MODULE: ./src/actual/joining.ts


/** The functions that are being taken over: they are not ours yet, or are ours and the stage does not serve yet what was found. */
function joiningFunctions(service, { functions, served }) {
    const states = [...functions.values()].flatMap(({ state }) => state ?? []);
    return states.filter((state) => {
        if (ownership(state.tags, service) !== 'ours')
            return true;
        // As long as $LATEST has the code that was found, a run was stopped before it came to the new code.
        return !served.versions.has(state.name) && foundVersion(state)?.CodeSha256 === state.latest.CodeSha256;
    });
}

;// CONCATENATED MODULE: ./src/release/canary.ts


/**
 * Decides how the next release comes to its callers, and what becomes of a canary that stands.
 * @throws UserError for a canary of somebody else's, and for one that is held and is not what this run would make
 */
function courseOf(next, { handover, service, actual }) {
    const { canary } = actual.served;
    if (canary?.kind === 'foreign')
        throw foreignCanary(service, canary);
    const spec = handover.isNew && !actual.served.isFirst ? service.release.canary : undefined;
    const standing = canary !== undefined && handover.isNew && isContentOf(next, canary.release) ? canary : undefined;
    if (canary?.bake === 'hold' && (standing === undefined || spec?.bake !== 'hold'))
        throw heldCanary(service, canary);
    const needsSlot = handover.moves && canary?.slot === actual.served.idleSlot;
    return { canary: spec, standing, takenBack: standing === undefined && needsSlot ? canary : undefined };
}
/** Whether the release stays a canary until somebody decides. */
function isHeld({ canary }) {
    return canary?.bake === 'hold';
}
/** A stage's canary in words. */
function canaryWords({ name, stage }, { percent, release }) {
    const commit = release.commit === '' ? '' : ` (commit ${release.commit})`;
    return `Release ${release.number} of ${name}${commit} is a canary on ${stage}, with ${percent} % of the requests`;
}
function heldCanary(service, canary) {
    return new src_errors/* UserError */.yo({
        what: `${canaryWords(service, canary)}, and is held: it waits for a decision.`,
        why: 'It was deployed with `bake-time: hold`. Another release would take its place before anybody has decided.',
        cure: 'Run `command: promote` to give it all requests, or `command: rollback` to take it back; then deploy again.',
        docs: 'releases.md#hold',
    });
}
function foreignCanary({ name, stage }, { percent, deploymentId }) {
    return new src_errors/* UserError */.yo({
        what: `Stage ${stage} of ${name} has a canary that this service did not make: ${percent} % of the requests get deployment ` +
            `${deploymentId}.`,
        why: 'They would go on getting it whatever is deployed, and it is not ours to end.',
        cure: 'End it: promote or delete it in the API Gateway console, or run `aws apigateway update-stage --rest-api-id ID ' +
            `--stage-name ${stage} --patch-operations op=remove,path=/canarySettings\`; then deploy again.`,
        docs: 'releases.md#a-canary-made-by-hand',
    });
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./src/resources/heavy-jobs.ts


/** How much heavy work goes on at once: more builds than processors, or more large packages in memory, make no run faster. */
const heavyJobs = Math.min(4, Math.max(2, (0,external_node_os_.availableParallelism)()));
/** Bytes of a package that is sent beside whatever is sent already. */
const small = 2 * 1_048_576;
const large = new dist/* default */.Ay({ concurrency: heavyJobs });
/** Reads and sends a package: small ones at once, large ones in lanes, because a request holds its package several times over. */
async function limitUploads({ size = 0 }, send) {
    return size < small ? send() : large.add(send);
}

// EXTERNAL MODULE: ./src/package/index.ts + 134 modules
var src_package = __webpack_require__(4441);
;// CONCATENATED MODULE: ./src/resources/s3/package-object.ts









/** S3's client is large and few runs need it, so it is loaded when it is first used. */
const package_object_sdk = () => __webpack_require__.e(/* import() */ 711).then(__webpack_require__.t.bind(__webpack_require__, 3711, 19));
const packageObjectActions = (/* unused pure expression or super */ null && ([
    's3:ListBucket',
    's3:GetObject',
    's3:PutObject',
    's3:DeleteObject',
    's3:CreateBucket',
    's3:PutBucketTagging',
]));
/** A younger object may be another run's, which has uploaded or found it and has not named it to Lambda yet. */
const day = 24 * 60 * 60_000;
/** Whether a package is too large for the request itself; one that was not built is not sent. */
function goesThroughS3(code) {
    return (0,src_package/* needsBucket */.Kq)(code.size ?? 0);
}
/** Where the package of this code lies: the key is its content, so that the same package is never uploaded twice. */
function packageObject({ service, spec, code, account }) {
    const Bucket = spec.s3Bucket === 'create' ? (0,service_names/* packageBucket */.NI)(account) : known(spec.s3Bucket, 's3-bucket');
    return { Bucket, Key: `${prefixOf(service, spec)}${Buffer.from(code.sha256, 'base64').toString('hex')}.zip` };
}
/** The upload of a package that is too large for a request; none of one that is not. */
function planUpload(address) {
    if (!goesThroughS3(address.code))
        return [];
    const { Bucket, Key } = packageObject(address);
    return [step({
            id: `function/${address.spec.name}/upload`, kind: 'package upload', name: `s3://${Bucket}/${Key}`, action: 'create', phase: 'prepare',
            reason: 'a package of 50 MB or more goes through S3',
            apply: (context) => upload(context, address),
        })];
}
/** The removal of packages that an upload takes the place of. */
function planUploadPrune(address) {
    const { spec, code } = address;
    if (!goesThroughS3(code))
        return [];
    return [step({
            id: `function/${spec.name}/upload/old`, kind: 'package upload', name: `those of ${spec.name} that are older than a day`,
            action: 'delete', phase: 'prune', reason: 'Lambda has copied what it needs',
            apply: (context) => removeOld(context, address),
        })];
}
async function upload({ aws, account, service, progress }, address) {
    const { HeadObjectCommand, PutObjectCommand } = await package_object_sdk();
    const { spec, code } = address;
    const object = packageObject(address);
    const owner = expectedOwner(address, account);
    if (spec.s3Bucket === 'create')
        await ensureBucket(aws, { Bucket: object.Bucket, service, owner: account.accountId });
    const found = await unlessWithheld(address, aws.s3(new HeadObjectCommand({ ...object, ...owner })));
    // An object that is almost a day old may be removed by another run before Lambda has read it. Sending it again makes it young.
    if (found !== undefined && age(found.LastModified) < day / 2)
        return;
    await limitUploads(code, async () => {
        progress.info(`Uploading ${((code.size ?? 0) / 1_048_576).toFixed(1)} MB to s3://${object.Bucket}`);
        const Body = await (0,promises_.readFile)(known(code.path, 'the package'));
        await aws.s3(new PutObjectCommand({ ...object, ...owner, Body, ChecksumSHA256: code.sha256 }));
    });
}
/**
 * Whoever may only write to a bucket that is not ours cannot look first: without s3:ListBucket a missing object is 403 (S3 API reference,
 * HeadObject).
 */
async function unlessWithheld({ spec }, call) {
    try {
        return await (0,refusal/* orUndefined */.y0)(call);
    }
    catch (error) {
        if (spec.s3Bucket === 'create' || !(error instanceof refusal/* AwsRefusal */.iT && error.status === 403))
            throw error;
        return undefined;
    }
}
/** New buckets are private and encrypted by S3 itself (S3 user guide, since 2023). The account in its name makes the bucket ours. */
async function ensureBucket(aws, { Bucket, service, owner }) {
    const { CreateBucketCommand, HeadBucketCommand, PutBucketTaggingCommand } = await package_object_sdk();
    if ((await (0,refusal/* orUndefined */.y0)(aws.s3(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: owner })))) !== undefined)
        return;
    // us-east-1 is the one Region that must not be named (S3 API reference, CreateBucket).
    const where = aws.region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: aws.region } };
    try {
        await aws.s3(new CreateBucketCommand({ Bucket, ...where }));
    }
    catch (error) {
        if ((0,refusal/* isRefusal */.vu)(error, 'BucketAlreadyExists')) {
            throw new src_errors/* UserError */.yo({
                what: `The bucket ${Bucket} belongs to another account.`,
                cure: 'Name a bucket of your own with `s3-bucket`.',
                docs: 'packaging.md#sizes',
            });
        }
        if (!(0,refusal/* isRefusal */.vu)(error, 'BucketAlreadyOwnedByYou'))
            throw error;
    }
    const TagSet = Object.entries({ 'managed-by': ownTags(service)['managed-by'] ?? '' }).map(([Key, Value]) => ({ Key, Value }));
    await aws.s3(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
}
/** A bucket of ours must be in our account, whoever else has made one of its name; one that the config names may be in any. */
function expectedOwner({ spec }, { accountId }) {
    return spec.s3Bucket === 'create' ? { ExpectedBucketOwner: accountId } : {};
}
async function removeOld({ aws, account, progress }, address) {
    const { DeleteObjectCommand, ListObjectsV2Command } = await package_object_sdk();
    const { Bucket, Key } = packageObject(address);
    const owner = expectedOwner(address, account);
    try {
        const objects = await allPages(async (ContinuationToken) => {
            const command = new ListObjectsV2Command({ Bucket, Prefix: prefixOf(address.service, address.spec), ContinuationToken, ...owner });
            const { Contents, NextContinuationToken } = await aws.s3(command);
            return { items: Contents, next: NextContinuationToken };
        });
        for (const old of objects.filter((each) => each.Key !== Key && age(each.LastModified) > day)) {
            await aws.s3(new DeleteObjectCommand({ Bucket, Key: old.Key, ...owner }));
        }
    }
    catch (error) {
        if (address.spec.s3Bucket === 'create' || !(0,refusal/* isRefusal */.vu)(error, 'AccessDenied'))
            throw error;
        progress.warning(`Older packages of ${address.spec.name} stay in s3://${Bucket}: ${error.text.what}`);
    }
}
/** Milliseconds since an object was written; one without a time counts as new. */
function age(modified) {
    return modified === undefined ? 0 : Date.now() - modified.getTime();
}
function prefixOf(service, spec) {
    return `lambda-api-deploy/${service.name}/${spec.name}/`;
}

;// CONCATENATED MODULE: ./src/resources/lambda/contest.ts

/**
 * A write of $LATEST that another run has made impossible is left to the publication, which looks at what stands there: it writes again
 * where this is the run that goes on (resources/claim), and gives way where it is not.
 */
async function leftToPublication(write) {
    try {
        await write();
    }
    catch (error) {
        if (!isOtherRuns(error))
            throw error;
    }
}

;// CONCATENATED MODULE: ./src/resources/lambda/role-wait.ts


const notAssumable = 'cannot be assumed by Lambda';
/** A role that was just made is not known to Lambda at once (texts: terraform-provider-aws `retryFunctionOp`; usually under 30 s). */
const passing = new RegExp(`${notAssumable}|execution role does not have permissions|KMS key is invalid for CreateGrant`);
/** A role by ARN of which nobody says that it is new is most likely a wrong one. */
const role_wait_brief = 20_000;
/** How long a refusal of the role is waited out: as long as it takes where this run made the role, or somebody a short while ago. */
function roleWait({ role }, isRoleFresh) {
    return role.kind === 'create' || isRoleFresh ? { passing } : { passing, passingFor: role_wait_brief };
}
/** Says where the config names a role that Lambda refuses. */
async function handRole({ role }, call) {
    try {
        return await call;
    }
    catch (error) {
        const isRefused = (0,refusal/* isRefusal */.vu)(error, 'InvalidParameterValueException') && error.detail.includes(notAssumable);
        if (role.kind !== 'given' || !isRefused)
            throw error;
        throw new src_errors/* UserError */.yo({
            what: `Lambda cannot run a function with the role ${role.arn}: ${error.detail}`,
            why: 'The role does not exist, is of another account, or does not trust Lambda.',
            cure: "Check the ARN, and that the role's trust policy lets lambda.amazonaws.com assume it. " +
                'With iam:GetRole on the role, the next run looks before it makes anything.',
            place: role.place,
        }, { cause: error });
    }
}

;// CONCATENATED MODULE: ./src/resources/lambda/tags.ts








const tagActions = (/* unused pure expression or super */ null && (['lambda:TagResource', 'lambda:UntagResource']));
/** Our own tags, the user's, and what is remembered. */
function functionTags(service, spec) {
    const memory = memoryOf(spec);
    const variables = spec.found === undefined ? {} : variableTags(Object.keys(spec.settings.environmentVariables));
    return { ...spec.tags, ...ownTags(service), ...(memory === '' ? {} : { [memoryTag]: memory }), ...variables };
}
/**
 * On a function that was taken over, the names of the variables that this run sets for the first time are remembered before they are set,
 * beside those of before, which may still be there.
 */
function planRemember(spec, { state, needs }) {
    if (spec.found === undefined)
        return [];
    const names = new Set([...spec.found.variables, ...Object.keys(spec.settings.environmentVariables)]);
    if (names.size === spec.found.variables.length)
        return [];
    const Tags = variableTags([...names]);
    return [step({
            id: `function/${spec.name}/variables`, kind: 'function tags', name: spec.name, action: 'update', phase: 'prepare', needs,
            reason: 'the names of variables that are set are remembered, so that they can be taken away again',
            apply: async ({ aws }) => {
                await aws.lambda(new client_lambda_dist_cjs/* TagResourceCommand */.eqU({ Resource: state.arn, Tags }));
            },
        })];
}
/** Leads the tags of a function that exists to what they are to be; CreateFunction takes those of a new one. */
function planTags(service, spec, { state, needs }) {
    const standing = { ...state.tags, ...remembered(spec) };
    const wanted = functionTags(service, spec);
    const former = spec.found === undefined ? {} : formerTags(standing, wanted, (key) => isOwnTag(state, key));
    const isStale = (key) => key === memoryTag || isVariablesTag(key) || isRememberedTag(state, key);
    const left = withoutOurs(standing, Object.keys(standing).filter((key) => !(key in wanted) && isStale(key)));
    const set = Object.entries({ ...wanted, ...former, ...left.set }).filter(([key, value]) => standing[key] !== value);
    if (set.length === 0 && left.gone.length === 0)
        return [];
    const fields = [
        ...set.map(([key, value]) => ({ field: key, from: standing[key] ?? change/* notSet */.U, to: value })),
        ...left.gone.map((key) => ({ field: key, from: standing[key] ?? '', to: change/* notSet */.U })),
    ];
    return [step({
            id: `function/${spec.name}/tags`, kind: 'function tags', name: spec.name, action: 'update', phase: 'prepare',
            reason: 'tags differ', fields, needs,
            apply: async ({ aws }) => {
                if (set.length > 0)
                    await aws.lambda(new client_lambda_dist_cjs/* TagResourceCommand */.eqU({ Resource: state.arn, Tags: Object.fromEntries(set) }));
                if (left.gone.length > 0)
                    await aws.lambda(new client_lambda_dist_cjs/* UntagResourceCommand */.RP$({ Resource: state.arn, TagKeys: [...left.gone] }));
            },
        })];
}
/** The tags in which variables are remembered, as they are once this run has set its own. */
function remembered({ found, settings }) {
    return found === undefined ? {} : variableTags([...new Set([...found.variables, ...Object.keys(settings.environmentVariables)])]);
}
/** Whether a run of ours has set the tag of a function that was taken over. */
function isOwnTag(state, key) {
    const own = [managedBy.key, serviceTag, repositoryTag, joinedTag, memoryTag];
    return own.includes(key) || isVariablesTag(key) || isProvisionedTag(key) || isRememberedTag(state, key);
}

;// CONCATENATED MODULE: ./src/resources/lambda/permission.ts





const permissionActions = (/* unused pure expression or super */ null && (['lambda:AddPermission', 'lambda:RemovePermission']));
const permission_prefix = 'lambda-api-deploy-';
const principal = 'apigateway.amazonaws.com';
const action = 'lambda:InvokeFunction';
/** A name that stands for what is allowed, so that equal statements have equal names and no deploy adds a second one. */
function statementId(functionName, alias, sourceArn) {
    const allowed = [principal, functionName, alias, sourceArn].join('|');
    return permission_prefix + (0,external_node_crypto_.createHash)('sha256').update(allowed).digest('hex').slice(0, 24);
}
/** The one statement of a slot that lets the stage call it. */
function planPermission(goal, needs) {
    const { functionName, alias, stage, statements } = goal;
    const sid = statementIdOf(goal);
    const actual = statements.find((statement) => statement.Sid === sid);
    if (actual !== undefined && allows(actual, goal))
        return [];
    const entry = { id: `function/${functionName}/permission/${alias}`, kind: 'permission', name: `${functionName}:${alias}` };
    if (actual !== undefined) {
        const reason = 'the statement has our name and allows something else';
        return [step({ ...entry, action: 'update', phase: 'prepare', reason, needs, apply: (context) => permission_replace(context, goal, actual) })];
    }
    const reason = `API Gateway may not call this slot from stage ${stage} yet`;
    return [step({ ...entry, action: 'create', phase: 'prepare', reason, needs, apply: (context) => add(context, goal) })];
}
/** Whether a statement says all that ours says and no more; the source is ArnLike (recorded, test_add_lambda_permission_aws). */
function allows({ Effect, Principal, Action, Condition }, { account, apiId, stage }) {
    const SourceArn = apiId === undefined ? undefined : stageCallsArn(account, { apiId, stage });
    const wanted = ['Allow', { Service: principal }, action, { ArnLike: { 'AWS:SourceArn': SourceArn } }];
    return JSON.stringify([Effect, Principal, Action, Condition]) === JSON.stringify(wanted);
}
/** Takes away statements of ours that allow what no longer exists, such as an API that was deleted. Foreign statements stay. */
function planPermissionPrune(goal) {
    const { functionName, alias, statements } = goal;
    const sid = statementIdOf(goal);
    const stale = statements.filter((statement) => permission_isOurs(statement, alias) && statement.Sid !== sid);
    return stale.map(({ Sid }) => step({
        id: `function/${functionName}/permission/${alias}/${Sid}`, kind: 'permission', name: `${functionName}:${alias}`,
        action: 'delete', phase: 'prune', reason: 'allows an API or a stage that is gone',
        apply: ({ aws }) => permission_remove(aws, { FunctionName: functionName, Qualifier: alias, StatementId: Sid }),
    }));
}
/** Whether a statement bears our name, for whatever alias. */
function isOwnStatement({ Sid }) {
    return Sid.startsWith(permission_prefix);
}
/** Whether a statement is one that we made for this very alias. */
function permission_isOurs(statement, alias) {
    return isOwnStatement(statement) && String(statement.Resource).endsWith(`:${alias}`);
}
/** Undefined where the API is yet to be made: then whatever stands in the policy allows one that is gone. */
function statementIdOf({ functionName, alias, stage, account, apiId }) {
    return apiId === undefined ? undefined : statementId(functionName, alias, stageCallsArn(account, { apiId, stage }));
}
async function add({ aws, account, ids }, { functionName, alias, stage }) {
    const [FunctionName, Qualifier] = [functionName, alias];
    const SourceArn = stageCallsArn(account, { apiId: known(ids.apiId, 'the API'), stage });
    try {
        await aws.lambda(new client_lambda_dist_cjs/* AddPermissionCommand */.AL$({
            FunctionName, Qualifier, StatementId: statementId(FunctionName, Qualifier, SourceArn),
            Action: action, Principal: principal, SourceArn,
        }));
    }
    catch (error) {
        // Its name says what it allows, so a statement of this name is the one that is wanted. Lambda has other conflicts of this class
        // ("The statement id (…) provided already exists", recorded in test_lambda_api; the others: aws/retry).
        if (!(0,refusal/* isRefusal */.vu)(error, 'ResourceConflictException') || !/statement id .* already exists/i.test(error.detail))
            throw error;
    }
    ids.permissionAddedAt = Date.now();
}
/** Lambda changes no statement, so the slot is without one for a moment: an idle slot, or a live one that could not be called anyway. */
async function permission_replace(context, goal, { Sid }) {
    await permission_remove(context.aws, { FunctionName: goal.functionName, Qualifier: goal.alias, StatementId: Sid });
    await add(context, goal);
}
async function permission_remove(aws, input) {
    try {
        await aws.lambda(new client_lambda_dist_cjs/* RemovePermissionCommand */.h$5(input));
    }
    catch (error) {
        if (!(0,refusal/* isRefusal */.vu)(error, 'ResourceNotFoundException'))
            throw error;
    }
}

;// CONCATENATED MODULE: ./src/resources/lambda/users.ts




const userActions = (/* unused pure expression or super */ null && (['lambda:GetPolicy', 'lambda:ListEventSourceMappings', 'lambda:ListFunctionUrlConfigs']));
/** Reads who else calls functions: by statements in their policies that are not ours, by event source mappings, by function URLs. */
async function readUsers(aws, functions) {
    if (functions.length === 0)
        return new Map();
    const mappings = await listMappings(aws);
    const all = await Promise.all(functions.map(async ({ name, aliases, versions }) => {
        const urls = await listUrls(aws, name);
        const ask = (place) => usersOf(aws, { name, ...place }, { mappings, urls });
        const askAll = async (kind, names) => new Map(await Promise.all(names.map(async (qualifier) => [qualifier, await ask({ kind, qualifier })])));
        const [itself, onAliases, onVersions] = await Promise.all([
            ask({ kind: 'function', qualifier: undefined }),
            askAll('alias', aliases.flatMap(({ Name }) => Name ?? [])),
            askAll('version', versions.flatMap(({ Version }) => Version ?? [])),
        ]);
        const called = [...onVersions].filter(([, users]) => users.length > 0);
        // A version is no alias: what leads to one hangs on the function.
        const direct = [...itself, ...called.flatMap(([, users]) => users)];
        return [name, { direct, versions: new Set(called.map(([number]) => number)), aliases: onAliases }];
    }));
    return new Map(all);
}
/** Whether somebody calls a version by its number; a function URL cannot lead to one (developer guide, "Function URLs"). */
async function isCalled(aws, name, version) {
    // A list by a qualified name has the mappings of just that (API reference, ListEventSourceMappings: "Version or Alias ARN").
    const [statements, mappings] = await Promise.all([readStatements(aws, name, version), listMappings(aws, `${name}:${version}`)]);
    return statements.some((each) => !isOwnStatement(each)) || mappings.length > 0;
}
/** All of them in one list. */
function allUsers(users) {
    return users === undefined ? [] : [...users.direct, ...[...users.aliases.values()].flat()];
}
async function usersOf(aws, { name, kind, qualifier }, { mappings, urls }) {
    const end = `:function:${qualifier === undefined ? name : `${name}:${qualifier}`}`;
    const leadsHere = ({ FunctionArn = '' }) => FunctionArn.endsWith(end);
    const place = qualifier === undefined ? '' : ` on ${kind} ${qualifier}`;
    const statements = (await readStatements(aws, name, qualifier)).filter((each) => !isOwnStatement(each));
    return [
        ...statements.map(({ Sid }) => `policy statement ${Sid}${place}`),
        ...mappings.filter(leadsHere).map(({ UUID, EventSourceArn: from }) => `event source mapping ${UUID}${place}${from === undefined ? '' : ` from ${from}`}`),
        ...urls.filter(leadsHere).map(() => `function URL${place}`),
    ];
}
/** Those of the function and of its aliases (test_url_config_list_paging); one with AWS_IAM needs no statement in a policy. */
async function listUrls(aws, FunctionName) {
    return allPages(async (Marker) => {
        const { FunctionUrlConfigs, NextMarker } = await aws.lambda(new client_lambda_dist_cjs/* ListFunctionUrlConfigsCommand */.Olc({ FunctionName, Marker }));
        return { items: FunctionUrlConfigs, next: NextMarker };
    });
}
/**
 * All of the Region, where no version is named: a mapping may lead to a function, a version or an alias, and whether a list by a function's
 * name has those of its aliases is not documented (API reference, ListEventSourceMappings).
 */
async function listMappings(aws, FunctionName) {
    return allPages(async (Marker) => {
        const { EventSourceMappings, NextMarker } = await aws.lambda(new client_lambda_dist_cjs/* ListEventSourceMappingsCommand */.Cb$({ FunctionName, Marker }));
        return { items: EventSourceMappings, next: NextMarker };
    });
}

;// CONCATENATED MODULE: ./src/resources/lambda/version.ts












const versionActions = (/* unused pure expression or super */ null && (['lambda:GetFunctionConfiguration', 'lambda:PublishVersion', 'lambda:DeleteFunction']));
/** How often $LATEST is written again where another run, which gives way, has written it. */
const version_attempts = 10;
/**
 * Publishes $LATEST as it is when `needs` are done; the version's number is known after apply, in `ids.versions`.
 * @param again leads $LATEST to the goal where another run has changed it
 */
function planPublish(goal, needs, again) {
    return step({
        id: `function/${goal.spec.name}/version`, kind: 'function version', name: goal.spec.name, action: 'create', phase: 'prepare', needs,
        reason: 'what goes live is a published version',
        apply: async (context) => {
            for (let attempt = 1;; attempt++) {
                try {
                    return await publishLatest(context, goal);
                }
                catch (error) {
                    const isOthers = error instanceof OtherRunWon || isOtherRuns(error);
                    if (!isOthers || attempt === version_attempts || !(await holdsClaim(context)))
                        throw error;
                }
                context.progress.warning(`Another run has written ${goal.spec.name} meanwhile; writing it again (${attempt} of ${version_attempts}).`);
                await (0,cancellation/* pause */.v7)(500 * attempt + Math.random() * 1_000);
                await again(context);
            }
        },
    });
}
async function publishLatest({ aws, ids, service, progress }, { spec, code }) {
    const latest = await waitUntilReady(aws, spec.name);
    const roleArn = known(ids.roleArns.get(spec.name), `the role of ${spec.name}`);
    // CodeSha256 guards the code alone; somebody else's settings must not go live as ours.
    if (!goal_isAtGoal({ spec, code, roleArn }, latest)) {
        throw new OtherRunWon(service, `What stands in $LATEST of ${spec.name} now is not what this run has written.`);
    }
    const look = async () => {
        const now = await waitUntilReady(aws, spec.name);
        return goal_isAtGoal({ spec, code, roleArn }, now) ? now : undefined;
    };
    if (latest.SnapStart?.ApplyOn === 'PublishedVersions') {
        progress.info(`Lambda takes a snapshot of the new version of ${spec.name} (SnapStart), which may take minutes.`);
    }
    const description = spec.found === undefined ? undefined : markedDescription(latest.Description);
    const send = (revisionId) => publish(aws, spec.name, { sha256: code.sha256, revisionId, description });
    ids.versions.set(spec.name, await withRevision(latest.RevisionId, send, look));
}
/**
 * PublishVersion with CodeSha256 and RevisionId, so that nobody else's write gets published as ours.
 * @returns the version's number, once it can be called
 */
async function publish(aws, name, { sha256, revisionId, description }) {
    const input = { FunctionName: name, CodeSha256: sha256, Description: description };
    const send = (RevisionId, lookups) => aws.lambda(new client_lambda_dist_cjs/* PublishVersionCommand */.D3m({ ...input, RevisionId }), lookups === 0 ? {} : {
        // A lost answer may have published. Publishing again gives the same number, but asks for the RevisionId of now.
        lookup: async () => send((await aws.lambda(new client_lambda_dist_cjs/* GetFunctionConfigurationCommand */.qA6({ FunctionName: name }))).RevisionId, lookups - 1),
    });
    const version = await send(revisionId, 3);
    const number = known(version.Version, `the version of ${name}`);
    if (!isReady(version))
        await waitUntilInvocable(aws, name, number);
    return number;
}
/**
 * Deletes the published versions that nothing needs: no alias names them and no kept release of any stage served them. What somebody calls
 * by its number is left. Of a function that was taken over only those go that we have published.
 */
function planVersionPrune(state, needed) {
    const own = isWhollyOurs(state) ? state.versions : state.versions.filter(isOwnVersion);
    const surplus = own.map((version) => version.Version ?? '').filter((version) => version !== '' && !needed.has(version));
    return surplus.map((version) => ({
        version,
        ...step({
            id: `function/${state.name}/version/${version}`, kind: 'function version', name: `${state.name}:${version}`,
            action: 'delete', phase: 'prune', reason: 'no alias and no kept release names it',
            apply: ({ aws }) => deleteVersion(aws, state.name, version),
        }),
    }));
}
async function deleteVersion(aws, FunctionName, Qualifier) {
    if (await isCalled(aws, FunctionName, Qualifier))
        return 'left';
    try {
        await (0,refusal/* orUndefined */.y0)(aws.lambda(new client_lambda_dist_cjs/* DeleteFunctionCommand */.Z3K({ FunctionName, Qualifier })));
    }
    catch (error) {
        // An alias that another run has put on it meanwhile (409, go-lambda-cleanup#45): then it is needed after all.
        if (!(0,refusal/* isRefusal */.vu)(error, 'ResourceConflictException'))
            throw error;
        return 'left';
    }
}

;// CONCATENATED MODULE: ./src/resources/lambda/function.ts
















const functionActions = (/* unused pure expression or super */ null && ([
    'lambda:CreateFunction',
    'lambda:GetFunction',
    'lambda:GetFunctionConfiguration',
    'lambda:UpdateFunctionCode',
    'lambda:UpdateFunctionConfiguration',
    'lambda:DeleteFunction',
    'iam:PassRole',
]));
/** The changes that lead $LATEST to the wanted code and settings and publish it. */
function planNewVersion(goal, { needs, claim }) {
    const { spec, state } = goal;
    if (state === undefined) {
        const upload = planUpload(goal);
        const create = step({
            id: `function/${spec.name}`, kind: 'function', name: spec.name, action: 'create', phase: 'prepare', reason: 'does not exist yet',
            needs: [...needs, ...upload],
            apply: (context) => leftToPublication(() => createFunction(context, goal)),
        });
        const publish = planPublish(goal, [create, claim], (context) => writeAgain(context, goal));
        return { create, publish, steps: [...upload, create, publish, ...planUploadPrune(goal)] };
    }
    // A runtime that is past its block date takes no other code: it is left first (node-lambda PR 526; terraform-provider-aws sends the
    // configuration first, always). Nothing calls $LATEST, so that the order is free.
    const isLeaving = state.latest.Runtime !== spec.code.runtime;
    const before = [...needs, claim];
    const first = isLeaving ? planConfiguration(goal, state.latest, before) : [];
    const code = planCode(goal, state.latest, { needs: [...before, ...first], isFirst: first.length === 0 });
    const configuration = isLeaving ? first : planConfiguration(goal, state.latest, [...before, ...code]);
    const publish = planPublish(goal, [...before, ...code, ...configuration], (context) => writeAgain(context, goal));
    const prune = code.length === 0 ? [] : planUploadPrune(goal);
    return { create: undefined, publish, steps: [...code, ...configuration, publish, ...prune] };
}
/** Deletes a function with all its versions, aliases and permissions. */
function planFunctionDelete(functionName) {
    return step({
        id: `function/${functionName}`, kind: 'function', name: functionName, action: 'delete', phase: 'prune',
        reason: 'its last stage is gone',
        apply: async ({ aws }) => {
            await (0,refusal/* orUndefined */.y0)(aws.lambda(new client_lambda_dist_cjs/* DeleteFunctionCommand */.Z3K({ FunctionName: functionName })));
        },
    });
}
function planCode(goal, latest, { needs, isFirst }) {
    const { spec, code } = goal;
    if (!codeDiffers(spec, code, latest))
        return [];
    const upload = planUpload(goal);
    const [from, to] = [architectureOf(latest), spec.code.architecture];
    return [...upload, step({
            id: `function/${spec.name}/code`, kind: 'function code', name: spec.name, action: 'update', phase: 'prepare',
            reason: 'the code differs',
            fields: from === to ? [] : [{ field: 'architecture', from, to }],
            needs: [...needs, ...upload],
            apply: (context) => leftToPublication(() => updateCode(context, goal, isFirst && isSettled(latest) ? latest : undefined)),
        })];
}
function planConfiguration(goal, latest, needs) {
    const { spec, roleArn } = goal;
    const fields = settingDiffs({ spec, roleArn }, latest);
    const again = whyAllAgain(latest, roleArn);
    if (fields.length === 0 && again === undefined)
        return [];
    return [step({
            id: `function/${spec.name}/configuration`, kind: 'function configuration', name: spec.name, action: 'update', phase: 'prepare',
            reason: again === undefined ? 'settings differ' : isMore(fields) ? `${again}, and settings differ` : again, fields, needs,
            apply: (context) => leftToPublication(() => updateConfiguration(context, goal)),
        })];
}
/** Whether settings differ besides the role, of which the plan has told already. */
function isMore(fields) {
    return fields.some(({ field }) => field !== 'role');
}
async function createFunction({ aws, ids, service }, goal) {
    const { spec, code, isRoleFresh } = goal;
    const FunctionName = spec.name;
    const Role = known(ids.roleArns.get(FunctionName), `the role of ${FunctionName}`);
    const lookup = () => readOwn(aws, service, FunctionName);
    await limitUploads(code, async () => {
        const command = new client_lambda_dist_cjs/* CreateFunctionCommand */.Y8X({
            ...allSettings(spec, Role),
            FunctionName, Role,
            Code: await codeInput(goal),
            Architectures: [spec.code.architecture],
            PackageType: 'Zip',
            Tags: functionTags(service, spec),
        });
        try {
            await handRole(spec, aws.lambda(command, { ...roleWait(spec, isRoleFresh), lookup }));
        }
        catch (error) {
            // One that has come to be meanwhile may be somebody's own; else another run has made it.
            if ((0,refusal/* isRefusal */.vu)(error, 'ResourceConflictException'))
                await lookup();
            throw error;
        }
    });
}
/** The function that came to be meanwhile, if there is one, and if its tags say that it is ours. */
async function readOwn(aws, service, FunctionName) {
    const found = await (0,refusal/* orUndefined */.y0)(aws.lambda(new client_lambda_dist_cjs/* GetFunctionCommand */.YF5({ FunctionName })));
    if (found !== undefined)
        refuseUnlessOurs(found.Tags, service, { thing: `function ${FunctionName}` });
    return found?.Configuration;
}
/** Leads $LATEST to the goal once more, whatever another run has made of it; what this run has no package for stays the other's. */
async function writeAgain(context, goal) {
    const latest = await waitUntilSettled(context.aws, goal.spec.name);
    if (codeDiffers(goal.spec, goal.code, latest)) {
        if (goal.code.path === undefined) {
            // It was not built, because what is live has this code.
            throw new OtherRunWon(context.service, `${goal.spec.name} has the code of another run now.`, { beginsAgain: true });
        }
        await leftToPublication(() => updateCode(context, goal, latest));
    }
    await leftToPublication(() => updateConfiguration(context, goal));
}
/** @param latest $LATEST as it was read, where nothing has been written since */
async function updateCode({ aws }, goal, latest) {
    const { spec, code } = goal;
    const FunctionName = spec.name;
    const before = latest ?? (await waitUntilSettled(aws, FunctionName));
    await limitUploads(code, async () => {
        const input = { FunctionName, ...(await codeInput(goal)), Architectures: [spec.code.architecture] };
        const lookup = () => settledIf(aws, FunctionName, (now) => now.CodeSha256 === code.sha256);
        const send = (RevisionId) => aws.lambda(new client_lambda_dist_cjs/* UpdateFunctionCodeCommand */.KfB({ ...input, RevisionId }), { lookup });
        await withRevision(before.RevisionId, send, () => settledIf(aws, FunctionName, (now) => isUntouched(before, now)));
    });
}
/** Whether nobody has written code or settings in between; tags and permissions leave the time of the last change as it is. */
function isUntouched(before, now) {
    return now.LastModified === before.LastModified && now.CodeSha256 === before.CodeSha256;
}
/**
 * Why all settings are sent although none may differ. Only another update repairs one that failed. And a role that was deleted and made
 * again under its old name must be given to the function again, because Lambda's grant on its encryption key names the id of the old one
 * (Last Week in AWS, "The sneaky weakness behind AWS' managed KMS keys"; not in AWS's own documentation that we know of).
 */
function whyAllAgain(latest, roleArn) {
    if (latest.LastUpdateStatus === 'Failed')
        return 'the last update failed';
    return roleArn === undefined ? 'its role is new' : undefined;
}
async function updateConfiguration({ aws, ids }, { spec, roleArn: roleBefore, isRoleFresh }) {
    const FunctionName = spec.name;
    const roleArn = known(ids.roleArns.get(FunctionName), `the role of ${FunctionName}`);
    const latest = await waitUntilSettled(aws, FunctionName);
    const isWhole = whyAllAgain(latest, roleBefore) !== undefined;
    const input = isWhole ? allSettingsAgain(spec, roleArn, latest) : updateInput(spec, roleArn, latest);
    if (input === undefined)
        return;
    const lookup = () => settledIf(aws, FunctionName, (now) => updateInput(spec, roleArn, now) === undefined);
    const send = (RevisionId) => aws.lambda(new client_lambda_dist_cjs/* UpdateFunctionConfigurationCommand */.Zlw({ FunctionName, RevisionId, ...input }), { ...roleWait(spec, isRoleFresh), lookup });
    const look = () => settledIf(aws, FunctionName, (now) => isUntouched(latest, now));
    await handRole(spec, withRevision(latest.RevisionId, send, look));
}
/** After an answer was lost: the function's configuration where the write has had its effect. */
async function settledIf(aws, FunctionName, isDone) {
    const now = await waitUntilSettled(aws, FunctionName);
    return isDone(now) ? now : undefined;
}
/** The package itself, or where it lies in S3 when it is too large for a request. */
async function codeInput(goal) {
    if (!goesThroughS3(goal.code))
        return { ZipFile: await (0,promises_.readFile)(known(goal.code.path, 'the package')) };
    const { Bucket, Key } = packageObject(goal);
    return { S3Bucket: Bucket, S3Key: Key };
}

;// CONCATENATED MODULE: ./src/resources/lambda/give-back.ts












/**
 * Gives a function back that was taken over: our variables go, then our tags, by which a run that is stopped in between is carried on. The
 * function stays, with its code and settings.
 * @param needs what goes before: aliases and versions of ours
 */
function planGiveBack(state, needs) {
    const { name } = state;
    const variables = planVariables(state, needs);
    const tags = step({
        id: `function/${name}/given-back`, kind: 'function', name, action: 'update', phase: 'prune', needs: [...needs, ...variables],
        reason: 'is given back: our tags go, the function stays with its code and settings',
        apply: (context) => removeTags(context, state),
    });
    return [...variables, tags];
}
/** The same with all slots of all stages, for a function that left the config. */
function planGiveBackWhole(state) {
    const own = state.aliases.filter(({ Description }) => parseCodeMark(Description) !== undefined);
    const aliases = own.map(({ Name = '' }) => planAliasDelete(state.name, Name));
    const kept = state.aliases.filter((each) => !own.includes(each));
    const needed = kept.flatMap(({ FunctionVersion, RoutingConfig }) => [FunctionVersion ?? '', ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})]);
    const versions = planVersionPrune(state, new Set(needed)).map((each) => ({ ...each, needs: aliases }));
    return [...aliases, ...versions, ...planGiveBack(state, [...aliases, ...versions])];
}
function planVariables(state, needs) {
    const names = rememberedVariables(state).filter((name) => state.latest.Environment?.Variables?.[name] !== undefined);
    const before = foundEnvironment(state);
    const differing = names.filter((name) => state.latest.Environment?.Variables?.[name] !== before[name]);
    if (differing.length === 0)
        return [];
    return [step({
            id: `function/${state.name}/variables`, kind: 'function configuration', name: state.name, action: 'update', phase: 'prune', needs,
            reason: 'our variables go; what stood in their place comes back',
            fields: differing.map((name) => (before[name] === undefined ? { field: name, to: change/* notSet */.U } : { field: name })),
            apply: (context) => restoreVariables(context, { name: state.name, names, before }),
        })];
}
async function restoreVariables({ aws }, { name: FunctionName, names, before }) {
    const latest = await waitUntilSettled(aws, FunctionName);
    const Variables = restored(latest.Environment?.Variables ?? {}, names, before);
    const send = (RevisionId) => aws.lambda(new client_lambda_dist_cjs/* UpdateFunctionConfigurationCommand */.Zlw({ FunctionName, RevisionId, Environment: { Variables } }));
    const look = async () => {
        const now = await waitUntilSettled(aws, FunctionName);
        return now.LastModified === latest.LastModified ? now : undefined;
    };
    await withRevision(latest.RevisionId, send, look);
    await waitUntilSettled(aws, FunctionName);
}
/** As they are now, because the plan's earlier steps may have changed them, and somebody else theirs. */
async function removeTags({ aws }, { name, arn }) {
    const found = await (0,refusal/* orUndefined */.y0)(aws.lambda(new client_lambda_dist_cjs/* GetFunctionCommand */.YF5({ FunctionName: name })));
    const tags = found?.Tags ?? {};
    const { set, gone } = withoutOurs(tags, Object.keys(tags).filter((key) => !isFormerTag(key) && isOwnTag({ tags }, key)));
    if (Object.keys(set).length > 0)
        await aws.lambda(new client_lambda_dist_cjs/* TagResourceCommand */.eqU({ Resource: arn, Tags: { ...set } }));
    if (gone.length > 0)
        await aws.lambda(new client_lambda_dist_cjs/* UntagResourceCommand */.RP$({ Resource: arn, TagKeys: [...gone] }));
}

;// CONCATENATED MODULE: ./src/resources/lambda/former-function.ts














const formerFunctionActions = (/* unused pure expression or super */ null && (['lambda:ListFunctions']));
/** Finds them by our tags, whatever their names are. */
async function readFormerFunctions(aws, service, { described, everywhere }) {
    const names = (await functionNames(aws)).filter((name) => !described.has(name));
    const searched = names.filter((name) => everywhere || isNamedAlike(service, name));
    return (await Promise.all(searched.map((name) => readFormerFunction(aws, service, name)))).flat();
}
/** Names that grow too long keep their first half; those of a preview keep its number, and nothing else of it has that. */
function isNamedAlike({ name: service, preview }, name) {
    if (preview !== undefined)
        return name.endsWith((0,service_names/* previewSuffix */.US)(preview));
    return name === service || name.startsWith(`${service}-`.slice(0, 27));
}
/** Names of the functions that may be the service's, by how they begin; their tags decide. */
async function functionsNamedAlike(aws, service) {
    return (await functionNames(aws)).filter((name) => isNamedAlike(service, name));
}
/** Whose a function is, as its tags say; none where there is no such function, or where the credentials may not look. */
async function readFunctionTags(aws, FunctionName) {
    try {
        return (await (0,refusal/* orUndefined */.y0)(aws.lambda(new client_lambda_dist_cjs/* GetFunctionCommand */.YF5({ FunctionName }))))?.Tags ?? {};
    }
    catch (error) {
        if ((0,refusal/* isRefusal */.vu)(error, 'AccessDeniedException'))
            return {};
        throw error;
    }
}
/**
 * Deletes such a function and its role, unless somebody else needs it.
 * @param logs deletions of logs, which go first: a log group is found by its function
 */
function planFormerDelete({ name, role, users, joined }, reason, logs = []) {
    if (joined !== undefined)
        return planGiveBackWhole(joined);
    if (users.length > 0) {
        const why = `${reason}, but what this service did not make hangs on it: ${users.join(', ')}`;
        return [keep({ id: `function/${name}`, kind: 'function', name, reason: why, leftover: true })];
    }
    const roleSteps = role === undefined ? [] : [planExecutionRoleDelete(role, [])];
    // The role goes first: nothing calls the function any more, and a function is what the next run finds after an interruption.
    return [...roleSteps, { ...planFunctionDelete(name), reason, needs: [...roleSteps, ...logs] }];
}
/** Says that such a function stays for now. */
function planFormerKeep({ name }) {
    const reason = 'is no longer in the config, but a release that is live or kept has it';
    return [keep({ id: `function/${name}`, kind: 'function', name, reason, leftover: true })];
}
async function readFormerFunction(aws, service, name) {
    const found = await former_function_look(aws, service, name);
    if (ownership(found?.Tags, service) !== 'ours')
        return [];
    const joined = isJoined({ tags: found?.Tags ?? {} }) ? await readFunction(aws, name, service) : undefined;
    if (joined !== undefined)
        return [{ name, role: undefined, users: [], joined }];
    const made = (0,service_names/* roleName */.S3)(name, aws.region);
    // Only a function that runs with the role which we would have made has one of ours.
    const role = found?.Configuration?.Role?.endsWith(`/${made}`) === true ? await readRole(aws, made) : undefined;
    return [{ name, role: ownership(role?.tags, service) === 'ours' ? role : undefined, users: await former_function_usersOf(aws, name) }];
}
/** A function that the credentials may not look at is somebody else's, unless it has a name that they need for this service anyway. */
async function former_function_look(aws, service, name) {
    try {
        return await (0,refusal/* orUndefined */.y0)(aws.lambda(new client_lambda_dist_cjs/* GetFunctionCommand */.YF5({ FunctionName: name })));
    }
    catch (error) {
        if ((0,refusal/* isRefusal */.vu)(error, 'AccessDeniedException') && !isNamedAlike(service, name))
            return undefined;
        throw error;
    }
}
/** An alias without our mark is somebody else's, and so is the function then, in part. */
async function former_function_usersOf(aws, name) {
    const [aliases, versions] = await Promise.all([listAliases(aws, name), listVersions(aws, name)]);
    const foreign = aliases.filter(({ Description }) => parseCodeMark(Description) === undefined);
    const users = await readUsers(aws, [{ name, aliases, versions }]);
    return [...foreign.map(({ Name }) => `alias ${Name}`), ...allUsers(users.get(name))];
}
/** The names of all functions of the account and Region. */
async function functionNames(aws) {
    const functions = await allPages(async (Marker) => {
        const { Functions, NextMarker } = await aws.lambda(new client_lambda_dist_cjs/* ListFunctionsCommand */.xRr({ Marker }));
        return { items: Functions, next: NextMarker };
    });
    return functions.map((each) => each.FunctionName ?? '');
}

;// CONCATENATED MODULE: ./src/release/kept.ts




/** Whether all of a release still stands. Of two runs at once, one may have removed what the other one's record names. */
function canServeAgain(release, { deployments, functions }) {
    if (!deployments.some(({ id }) => id === release.deploymentId))
        return false;
    const versions = versionsIn(release, [...functions.keys()]) ?? [];
    return [...versions].every(([name, version]) => {
        const state = functions.get(name)?.state;
        return state?.onlyNamed === true || state?.versions.some((each) => each.Version === version);
    });
}
/**
 * Deployments that must stay: those of kept releases, and those that a stage named when the run began. That of this stage is among them
 * although another one goes live, because callers may see it for a while yet.
 * @param next the one that goes live, where it stands already
 */
function neededDeployments({ stage, otherStages }, record, next) {
    const staged = [stage, ...otherStages].flatMap((each) => [each?.deploymentId, each?.canarySettings?.deploymentId]);
    return new Set([next, ...staged, ...record.map((release) => release.deploymentId)].flatMap((id) => id ?? []));
}
/** The versions of a function that aliases or kept releases need. */
function neededVersions({ name, aliases }, { freed, moving, records, names }) {
    const users = aliases.filter(({ Name = '' }) => !freed.has(Name));
    const named = users.flatMap(({ FunctionVersion }) => FunctionVersion ?? []);
    const before = users.filter(({ Name = '' }) => !moving.has(Name)).flatMap((alias) => versionBefore(alias) ?? []);
    const recorded = records.flat().flatMap((release) => versionsIn(release, names)?.get(name) ?? numbersOf(release, names));
    return new Set([...named, ...before, ...aliases.flatMap(weightedVersions), ...recorded]);
}
/** Of a release of other functions nobody knows which version is whose, so each function keeps all its numbers. */
function numbersOf(release, names) {
    return versionsIn(release, names) === undefined ? release.versions : [];
}
/** What the other stages of the service remember, and what they try. */
function otherRecords({ name, repository }, { otherStages }) {
    return otherStages.map((stage) => {
        const canary = canaryOf({ name, repository, stage: stage.stageName ?? '' }, stage);
        return [...(canary?.kind === 'ours' ? [canary.release] : []), ...parseRecord(name, stage.variables)];
    });
}
/** Whether a release in the record of any stage was made of other functions than the config's. */
function servesOtherFunctions(service, actual, record) {
    const set = functionSet([...actual.functions.keys()]);
    return [record, ...otherRecords(service, actual)].some((each) => each.some((release) => release.functions !== set && !isFound(release)));
}

;// CONCATENATED MODULE: ./src/release/prune-roles.ts



/**
 * Deletes roles that we made for functions whose config now names a role of its own, once no version that stays runs with them. The role
 * goes before its last versions: by these the next run finds the role, where this one is stopped in between.
 * @param pruned the deletions of versions that the plan holds, by function name
 * @returns the deletions of the roles, and those of the versions after them
 */
function planFormerRoles(actual, pruned) {
    const plans = [...pruned].map(([name, deletions]) => ({ deletions, roles: roleSteps(actual, name, deletions) }));
    const versions = plans.flatMap(({ deletions, roles }) => deletions.map((each) => ({ ...each, needs: [...each.needs, ...roles] })));
    return [...plans.flatMap(({ roles }) => roles), ...versions];
}
function roleSteps(actual, functionName, deletions) {
    const { formerRole: role, state } = actual.functions.get(functionName) ?? {};
    if (role === undefined || state === undefined)
        return [];
    const gone = new Set(deletions.map(({ version }) => version));
    const left = state.versions.filter(({ Version }) => !gone.has(Version ?? ''));
    return [roleStep(role, left.some((version) => runsWith(version, role.name)))];
}
function roleStep({ name, state }, isUsed) {
    const entry = { id: `role/${name}`, kind: 'role', name, leftover: true };
    if (isUsed)
        return keep({ ...entry, reason: 'is no longer in the config, but versions that are kept run with it' });
    if (state === undefined)
        return keep({ ...entry, reason: 'is no longer used, but the credentials may not look whether it is ours' });
    return { ...planExecutionRoleDelete(state, []), reason: 'the config names another, and no version that is kept runs with it' };
}

;// CONCATENATED MODULE: ./src/release/prune.ts








/**
 * Takes away what neither the next release nor a kept one of any stage needs, what an interrupted run has left, and what roles are to
 * lose.
 */
function planPrune(input) {
    const { service, actual, next, handover, former } = input;
    const isServed = servesOtherFunctions(service, actual, handover.kept);
    const formerSteps = former.flatMap((each) => {
        return isServed ? planFormerKeep(each) : planFormerDelete(each, 'the config no longer describes it');
    });
    // The deployments go last: by one that is left the next run sees that it must look for functions, too.
    const deployments = planDeploymentPrune(service, actual.deployments, neededDeployments(actual, handover.kept, next.deploymentId));
    const unused = [
        ...planFormerRoles(actual, versionPrune(input)),
        ...formerSteps,
        ...deployments.map((each) => ({ ...each, needs: formerSteps })),
    ];
    const { account, functions } = actual;
    const stateOf = (name) => functions.get(name)?.role;
    const losses = service.functions.flatMap((spec) => planExecutionRoleLoss(service, spec, { state: stateOf(spec.name), account }));
    // Before the first release nobody sees anything.
    const atOnce = actual.stage === undefined ? 0 : undefined;
    const parts = [
        // What goes was last served by a release before the oldest kept one, so until that one went live.
        { steps: unused, guard: disuseGuard('unused', atOnce ?? handover.kept.at(-1)?.wentLiveAt) },
        { steps: losses, guard: disuseGuard('unneeded', atOnce ?? (handover.isNew ? undefined : handover.kept[0]?.wentLiveAt)) },
    ];
    const isKept = ({ action }) => action === 'keep';
    const changes = parts.map(({ steps, guard }) => ({ guard, steps: steps.filter((each) => !isKept(each)) }));
    const changing = changes.filter(({ steps }) => steps.length > 0);
    return {
        steps: [...unused.filter(isKept), ...changing.flatMap(({ steps, guard }) => after(guard, steps))],
        guards: changing.map(({ guard }) => guard),
    };
}
/** The deletions of versions, by function name. */
function versionPrune({ service, actual, next, handover }) {
    const users = {
        ...changedAliases(service, actual, handover),
        records: [handover.kept, ...otherRecords(service, actual)],
        names: [...next.versions.keys()],
    };
    return new Map([...next.versions].map(([name, version]) => {
        const state = actual.functions.get(name)?.state;
        if (state === undefined)
            return [name, []];
        // After a run that was stopped, an alias may name the version already: then it is not moved again.
        const there = state.aliases.filter(({ FunctionVersion }) => FunctionVersion === version).map(({ Name = '' }) => Name);
        const moving = new Set([...users.moving].filter((alias) => !there.includes(alias)));
        const needed = neededVersions(state, { ...users, moving });
        const unneeded = planVersionPrune(state, version === undefined ? needed : needed.add(version));
        return [name, handover.isNew ? unneeded : unneeded.filter((each) => isOld(each, needed))];
    }));
}
/**
 * Whether a version is older than all that are needed. Where no release goes live, only such a one is sure to be what a stopped run has
 * left: a newer one may be that of a run which is under way.
 */
function isOld({ version }, needed) {
    return [...needed].every((each) => Number(version) < Number(each));
}
/** The aliases that change hands: the idle slot where it moves, and before the first release both, which nobody calls yet. */
function changedAliases({ stage: name }, { served }, { moves }) {
    const names = served.isFirst ? service_names/* slots */.Q0.map((slot) => (0,service_names/* slotAlias */.z)(name, slot)) : moves ? [(0,service_names/* slotAlias */.z)(name, served.idleSlot)] : [];
    return served.isFirst ? { freed: new Set(names), moving: new Set() } : { freed: new Set(), moving: new Set(names) };
}

;// CONCATENATED MODULE: ./src/resources/lambda/invoke.ts

const invokeActions = (/* unused pure expression or super */ null && (['lambda:InvokeFunction']));
/** Calls a function and waits for its result. */
async function invoke(aws, { functionName: FunctionName, qualifier: Qualifier, event }) {
    const started = performance.now();
    const { Payload, FunctionError, ExecutedVersion } = await aws.lambda(new client_lambda_dist_cjs/* InvokeCommand */.mdN({ FunctionName, Qualifier, Payload: JSON.stringify(event) }));
    const took = performance.now() - started;
    const result = { payload: Buffer.from(Payload ?? []).toString(), version: ExecutedVersion, took };
    return FunctionError === undefined ? result : { ...result, functionError: FunctionError };
}

;// CONCATENATED MODULE: ./src/service/smoke/event.ts
/** Headers that no function sees (recorded: test_apigateway_header_remapping_aws[AWS_PROXY]). */
const hopHeaders = new Set([
    'connection', 'content-length', 'content-md5', 'expect', 'max-forwards', 'proxy-authenticate', 'server', 'te', 'trailer',
    'transfer-encoding', 'upgrade', 'www-authenticate',
]);
/** Only the API's own tree says a resource's id; it is not read for this. */
const resourceId = 'smoke0';
/**
 * The event of a Lambda proxy integration, payload format 1.0, for a request that has not been sent (recorded:
 * test_lambda_aws_proxy_integration; headers of CloudFront, which EDGE APIs have besides, are left out).
 */
function proxyEvent({ request, route, pathParameters }, around) {
    const { stage, apiId, account, deploymentId, domainName, requestId, at, variables } = around;
    const headers = event_valuesOf(headersOf(request, around));
    const query = event_valuesOf([...new URLSearchParams(request.query)]);
    const { body = '' } = request;
    const isBase64Encoded = body !== '' && isBinary(around.binaryMediaTypes, event_valueOf(request.headers, 'content-type'));
    const requestContext = {
        resourceId, resourcePath: route.path, httpMethod: request.method, extendedRequestId: extendedId(requestId), requestTime: clfTime(at),
        path: `/${stage}${request.path}`, accountId: account.accountId, protocol: 'HTTP/1.1', stage, domainPrefix: apiId, requestTimeEpoch: at,
        requestId, identity: identityOf(request, around), domainName, deploymentId, apiId,
    };
    return {
        resource: route.path,
        path: request.path,
        httpMethod: request.method,
        headers: headers.single,
        multiValueHeaders: headers.multi,
        queryStringParameters: query.single,
        multiValueQueryStringParameters: query.multi,
        pathParameters,
        stageVariables: Object.keys(variables).length === 0 ? null : variables,
        requestContext,
        body: body === '' ? null : isBase64Encoded ? Buffer.from(body).toString('base64') : body,
        isBase64Encoded,
    };
}
/** Whether a media type counts as binary for an API: only whole types and the one for all types match (developer guide, binary media). */
function isBinary(binaryMediaTypes, mediaType) {
    const bare = mediaType?.split(';')[0]?.trim().toLowerCase();
    return binaryMediaTypes.some((type) => type === '*/*' || type.toLowerCase() === bare);
}
/** The first value of a header, whatever its case. */
function event_valueOf(headers, name) {
    return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}
function headersOf({ headers }, { domainName, sourceIp, requestId, at }) {
    const traceId = `Root=1-${Math.floor(at / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(0, 24)}`;
    const own = {
        Host: domainName, 'X-Amzn-Trace-Id': traceId, 'X-Forwarded-For': sourceIp, 'X-Forwarded-Port': '443', 'X-Forwarded-Proto': 'https',
    };
    const taken = new Set([...hopHeaders, ...Object.keys(own).map((name) => name.toLowerCase())]);
    return [...headers.filter(([name]) => !taken.has(name.toLowerCase())), ...Object.entries(own)];
}
/** The members of a caller whom nobody has authorized. */
function identityOf({ headers }, { sourceIp }) {
    return {
        cognitoIdentityPoolId: null, accountId: null, cognitoIdentityId: null, caller: null, sourceIp, principalOrgId: null, accessKey: null,
        cognitoAuthenticationType: null, cognitoAuthenticationProvider: null, userArn: null,
        userAgent: event_valueOf(headers, 'user-agent') ?? null, user: null,
    };
}
/** The last value of each name, and all of them; null where there is none. */
function event_valuesOf(pairs) {
    if (pairs.length === 0)
        return { single: null, multi: null };
    const multi = Map.groupBy(pairs, ([name]) => name);
    return {
        single: Object.fromEntries(pairs),
        multi: Object.fromEntries([...multi].map(([name, all]) => [name, all.map(([, value]) => value)])),
    };
}
/** Of the form that AWS gives: fifteen letters and digits, and `=`. */
function extendedId(requestId) {
    return `${Buffer.from(requestId.replaceAll('-', ''), 'hex').toString('base64').replaceAll(/[^A-Za-z0-9]/g, '0').slice(0, 15)}=`;
}
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `22/Nov/2026:20:48:01 +0000`. */
function clfTime(milliseconds) {
    const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(new Date(milliseconds).toISOString()) ?? [];
    return `${day}/${months[Number(month) - 1]}/${year}:${time} +0000`;
}

;// CONCATENATED MODULE: ./src/service/smoke/answer.ts

/** Milliseconds that API Gateway waits for a function (developer guide, quotas). */
const longestWait = 29_000;
const members = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);
/**
 * What API Gateway makes of a function's result: the answer in it, or the 502 of a malformed one (recorded:
 * test_aws_proxy_response_payload_format_validation; developer guide, "Output format of a Lambda function for proxy integration").
 */
function gatewayAnswer({ payload, functionError, took }, { request, binaryMediaTypes }) {
    if (took > longestWait)
        return { status: 504, body: payload, took, reason: 'the function took longer than API Gateway waits (29 s)' };
    if (functionError !== undefined)
        return { status: 502, body: payload, took, reason: 'the function ended with an error' };
    const result = answer_parsed(payload);
    const wrong = malformation(result);
    if (wrong !== undefined)
        return { status: 502, body: payload, took, reason: `the result is malformed: ${wrong}` };
    const { statusCode, body, isBase64Encoded } = result;
    const text = typeof body === 'string' ? body : '';
    const accepted = event_valueOf(request.headers, 'accept')?.split(',')[0];
    // What is in Base64 is decoded only where the API lists the type that the caller accepts first (developer guide, binary payloads).
    const isDecoded = isBase64Encoded === true && isBinary(binaryMediaTypes, accepted);
    return { status: Number(statusCode ?? 200), body: isDecoded ? Buffer.from(text, 'base64').toString() : text, took };
}
function answer_parsed(payload) {
    try {
        return JSON.parse(payload);
    }
    catch {
        return undefined;
    }
}
/** Why API Gateway takes a result for no answer; undefined where it is one. */
function malformation(result) {
    if (!isMap(result))
        return 'it is no JSON object';
    const names = Object.keys(result);
    if (names.length === 0)
        return 'it is empty';
    const unknown = names.find((name) => !members.has(name));
    if (unknown !== undefined)
        return `it has the key ${JSON.stringify(unknown)}, which API Gateway does not know`;
    const { statusCode, headers, multiValueHeaders, body } = result;
    if (isGiven(body) && typeof body !== 'string')
        return 'body is not a string';
    if (isGiven(headers) && !isMap(headers))
        return 'headers is no object';
    const areLists = isMap(multiValueHeaders) && Object.values(multiValueHeaders).every(Array.isArray);
    if (isGiven(multiValueHeaders) && !areLists)
        return 'multiValueHeaders holds what is no list';
    const status = isGiven(statusCode) ? Number(statusCode) : 200;
    const isStatus = Number.isInteger(status) && status >= 100 && status <= 599;
    return isStatus ? undefined : `statusCode is ${JSON.stringify(statusCode)}`;
}
const isGiven = (value) => value !== undefined && value !== null;
function isMap(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./src/release/go-live.ts









/** The one step by which a release goes live: deployment, slot, record and settings in a single UpdateStage. */
function planGoLive(input) {
    const { next, handover, service, actual } = input;
    const scope = go_live_scopeOf(input);
    const settings = stageDiffs(service, actual.stage, { arns: stageArns(service, actual.account, { apiId: actual.api?.id }), scope });
    const entry = { id: 'stage', kind: 'stage', name: service.stage };
    if (!handover.isNew && settings.length === 0)
        return keep({ ...entry, reason: unchanged(next, actual) });
    const isFirst = actual.stage === undefined;
    return step({
        ...entry, phase: 'go live', action: isFirst ? 'create' : 'update',
        reason: isFirst ? firstReason(next) : handover.isNew ? (input.reason ?? novelty(next, handover, actual)) : 'settings differ',
        fields: [...handover.fields, ...settings],
        apply: (context) => goLive(context, input),
    });
}
function go_live_scopeOf({ scope, next: { goesBackTo } }) {
    return scope ?? (goesBackTo === undefined ? 'all' : 'release');
}
function firstReason({ origin }) {
    return origin === undefined ? 'does not exist yet' : `does not exist yet, and gets release ${origin.number} of stage ${origin.stage}`;
}
function unchanged({ goesBackTo, origin }, { served }) {
    if (origin !== undefined)
        return `serves what stage ${origin.stage} serves, as this stage is set up`;
    if (goesBackTo === undefined)
        return 'serves what the config asks for';
    return `release ${served.record[0]?.number} is live, and is what was asked for`;
}
function novelty({ goesBackTo, origin }, { number }, { served }) {
    if (origin !== undefined)
        return `release ${origin.number} of stage ${origin.stage} goes live, as release ${number}`;
    if (goesBackTo === undefined)
        return 'a new release goes live';
    return `from release ${served.record[0]?.number} back to release ${goesBackTo}, as release ${number}`;
}
/** Whether time has passed since the last look at the stage: provisioned concurrency takes minutes. */
async function waitedForSlot(context) {
    const hasWaited = await waitForSlot(context);
    return hasWaited || context.ids.provisioned.length > 0;
}
async function goLive(context, input) {
    const { ids } = context;
    const { next, handover, service, actual } = input;
    // Another run may have begun while the slot was moved and waited for. A canary that this one follows has been looked at till now.
    if (actual.stage !== undefined && handover.isNew && (await waitedForSlot(context))) {
        await refuseOtherRelease(context, actual.stage, { looksAtCanary: false });
    }
    const { deploymentId, variables } = servedAfter(next, { handover, service, ids });
    const goal = { service, scope: go_live_scopeOf(input), deploymentId, variables: { ...variables, ...go_live_memoryOf(context, input) } };
    await putStage(context, actual.stage, goal);
    if (handover.isNew)
        ids.wentLiveAt = Date.now();
    if (handover.isOtherSlot)
        await go_live_confirm(context, (0,service_names/* slotAlias */.z)(service.stage, handover.slot), versionsOf(next, ids));
}
/** What the stage's settings were, until it is sure that the release stays. */
function go_live_memoryOf({ account, ids }, { handover, service, actual: { stage } }) {
    if (handover.isUnverified !== true || stage === undefined)
        return {};
    return formatFormerSettings(service.name, formerSettings(service, stage, stageArns(service, account, ids)));
}
/** What the stage is to name once every id is known: its deployment, and its variables, of which none is written for settings alone. */
function servedAfter(next, { handover, service, ids }) {
    const deploymentId = next.deploymentId ?? known(ids.deploymentId, 'the deployment');
    if (!handover.isNew)
        return { deploymentId, variables: {} };
    const release = releaseNow(next, { handover, ids });
    const slot = { [(0,service_names/* aliasVariable */.lb)(service.name)]: (0,service_names/* slotAlias */.z)(service.stage, handover.slot) };
    return { deploymentId, variables: { ...slot, ...formatRecord(service.name, [release, ...handover.kept]) } };
}
/** The next release as the record has it, with every id known and this moment as its time. */
function releaseNow(next, { handover, ids }) {
    const { digest, commit } = next;
    const deploymentId = next.deploymentId ?? known(ids.deploymentId, 'the deployment');
    const wentLiveAt = Math.ceil(Date.now() / 1000);
    const mark = handover.isUnverified === true ? { isUnverified: true } : {};
    const versions = releaseVersions(versionsOf(next, ids));
    return { number: handover.number, deploymentId, digest, commit, wentLiveAt, ...mark, ...versions };
}
/** By function name: the versions of the next release, with every number known. */
function versionsOf({ versions }, ids) {
    return new Map([...versions].map(([name, version]) => [name, version ?? known(ids.versions.get(name), `the version of ${name}`)]));
}
/**
 * Makes sure that the slot which is live now has this run's versions. UpdateStage is one write, but the aliases are not part of it: another
 * run that had read everything before may have moved them between this run's UpdateAlias and its UpdateStage.
 * @throws OtherRunWon where one of them names another version
 */
async function go_live_confirm({ aws, service }, alias, versions) {
    const read = await Promise.all([...versions.keys()].map(async (name) => ({ name, actual: await readAlias(aws, name, alias) })));
    const other = read.find(({ name, actual }) => actual.FunctionVersion !== versions.get(name));
    if (other === undefined)
        return;
    const why = `${alias}, the live alias of ${other.name}, names another version than this run had put there.`;
    throw new OtherRunWon(service, why, { beginsAgain: true });
}

;// CONCATENATED MODULE: ./src/release/smoke/check.ts













/**
 * So many functions are called at once: a new account runs ten at once in all, and those that callers need are among them (developer guide,
 * "Lambda quotas"; the ten: awsdocs issues, new accounts).
 */
const check_lanes = 3;
/** How long an alias may call the version that it named before: longer than any that was seen (`aliasSettles`). In milliseconds. */
const aliasPatience = 60_000;
/** Documentation's own address (RFC 5737): the caller's is not known. */
const sourceIp = '192.0.2.1';
/** Invokes each test on the alias that is to go live, with the event that API Gateway would send. Callers never see it. */
function checkGuard(tests, input, report) {
    return {
        id: 'smoke-test/check', phase: 'check', needs: [],
        check: (context) => context.progress.group('Smoke tests before the release goes live', async () => {
            const queue = new dist/* default */.Ay({ concurrency: check_lanes });
            const outcomes = await Promise.allSettled(tests.map((test, index) => queue.add(() => check(context, { test, index, input, report }))));
            const failures = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
            (0,cancellation/* refuseCancelled */.qM)();
            if (failures.length > 0)
                throw failures.length === 1 ? failures[0] : new src_errors/* SeveralErrors */.AJ(failures);
        }),
    };
}
async function check(context, { test, index, input, report }) {
    (0,cancellation/* refuseCancelled */.qM)();
    const { secrets, progress } = context;
    const { answer, version } = await invoked(context, test, input);
    // The first call of a version starts it, which no caller of a live release waits for.
    const fair = isOnlyLate(test.expected, answer) ? (await invoked(context, test, input)).answer : answer;
    report.note(index, { before: answerText({ ...fair, body: '' }, secrets) });
    const isGood = shortcomings(test.expected, fair).length === 0;
    progress.info(`Smoke test ${test.line} on version ${version} of ${test.route.functionName}: ${answerText(fair, secrets)}`);
    if (isGood)
        return;
    const isFirst = input.actual.stage === undefined;
    throw smokeFailure(test, fair, {
        when: 'before the release went live', secrets,
        from: `Version ${version} of ${test.route.functionName}`,
        cure: `Fix the code, or the test, and deploy again. Callers never saw this: ${isFirst ? 'there is no stage yet' : 'the stage serves what it served before'}.`,
    });
}
/** What callers would get of the version that goes live. An alias that still calls the one before is asked again. */
async function invoked(context, test, { service, next, handover, actual }) {
    const { aws, ids } = context;
    const { functionName } = test.route;
    const alias = (0,service_names/* slotAlias */.z)(service.stage, handover.slot);
    const version = next.versions.get(functionName) ?? known(ids.versions.get(functionName), `the version of ${functionName}`);
    const served = servedAfter(next, { handover, service, ids });
    const apiId = known(ids.apiId, 'the API');
    const event = proxyEvent(test, {
        account: context.account, apiId, stage: service.stage, deploymentId: served.deploymentId,
        variables: { ...actual.stage?.variables, ...served.variables },
        binaryMediaTypes: service.api.binaryMediaTypes,
        domainName: `${apiId}.execute-api.${aws.region}.${aws.dnsSuffix}`,
        sourceIp, requestId: (0,external_node_crypto_.randomUUID)(), at: Date.now(),
    });
    const start = performance.now();
    for (;;) {
        const called = await invoke(aws, { functionName, qualifier: alias, event });
        if (called.version === undefined || called.version === version) {
            return { answer: gatewayAnswer(called, { request: test.request, binaryMediaTypes: service.api.binaryMediaTypes }), version };
        }
        if (performance.now() - start > aliasPatience) {
            throw new OtherRunWon(service, `${alias} of ${functionName} calls version ${called.version}; this run had put ${version} there.`);
        }
        await (0,cancellation/* pause */.v7)(1_000);
    }
}

;// CONCATENATED MODULE: ./src/release/smoke/report.ts

/** What smoke tests were answered, for the end of the run. */
class SmokeReport {
    #results;
    constructor(lines) {
        this.#results = new Map(lines.map((line, index) => [index, { line }]));
    }
    /** In the order in which they were written. */
    get results() {
        return [...this.#results.values()];
    }
    /** Notes an answer, in words. */
    note(index, answer) {
        const result = this.#results.get(index);
        if (result !== undefined)
            this.#results.set(index, (0,defined/* defined */.s)({ ...result, ...answer }));
    }
}

;// CONCATENATED MODULE: ./src/release/smoke/plan.ts




/**
 * The smoke tests of a release: on the alias before it goes live, over HTTP afterwards. Where none goes live, they are
 * asked only of one that a run which was killed has left without its answers.
 */
function planSmoke(input) {
    const { handover, service, actual } = input;
    const isLeft = !handover.isNew && isLiveUnverified(actual);
    const tests = handover.isNew || isLeft ? service.release.smokeTests : [];
    const report = new SmokeReport(tests.map(({ line }) => line));
    if (tests.length === 0)
        return { guards: [], steps: [], report };
    const verify = verifyGuard(tests, input, report);
    const steps = isLeft || handover.isUnverified === true ? [planVerified(service, handover, verify)] : [];
    return { guards: isLeft ? [verify] : [checkGuard(tests, input, report), verify], steps, report };
}

;// CONCATENATED MODULE: ./src/resources/api/canary.ts



const root = '/canarySettings';
/**
 * Sends a share of the requests to another deployment and slot, by one UpdateStage. The first `replace` below /canarySettings makes the
 * canary (recorded: LocalStack's test_create_canary_deployment_by_stage_update). It does not use the stage's cache.
 */
async function putCanary(context, before, { service, canary }) {
    const variables = canaryVariables(service, canary);
    const surplus = Object.keys(before.canarySettings?.stageVariableOverrides ?? {}).filter((name) => !(name in variables));
    const set = (path, value) => ({ op: 'replace', path: `${root}/${path}`, value });
    const { deploymentId } = canary.release;
    await updateStage(context, [
        set('deploymentId', deploymentId),
        ...Object.entries(variables).map(([name, value]) => set(`stageVariableOverrides/${name}`, value)),
        ...surplus.map((name) => ({ op: 'remove', path: `${root}/stageVariableOverrides/${name}` })),
        set('useStageCache', 'false'),
        set('percentTraffic', String(canary.percent)),
        ...settingsPatch(before, service, { arns: stageArns(service, context.account, context.ids), scope: 'config' }),
    ]);
}
/** Takes a canary off, so that all requests get what the stage serves; and writes variables of the stage in the same step. */
async function endCanary(context, variables = {}) {
    await updateStage(context, [
        ...Object.entries(variables).map(([name, value]) => ({ op: 'replace', path: `/variables/${name}`, value })),
        { op: 'remove', path: root },
    ]);
}

;// CONCATENATED MODULE: ./src/resources/cloudwatch/alarms.ts

const alarmActions = (/* unused pure expression or super */ null && (['cloudwatch:DescribeAlarms']));
/**
 * The alarms of these names, metric and composite ones alike: without their types, DescribeAlarms shows metric alarms alone. It takes a
 * hundred names and shows as many alarms (public service model).
 * @throws UserError where one of them is not there
 */
async function readAlarms(aws, names) {
    if (names.length === 0)
        return [];
    const { DescribeAlarmsCommand } = await __webpack_require__.e(/* import() */ 85).then(__webpack_require__.t.bind(__webpack_require__, 4085, 19));
    const query = { AlarmNames: [...names], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 100 };
    const { MetricAlarms = [], CompositeAlarms = [] } = await aws.cloudwatch(new DescribeAlarmsCommand(query));
    const found = [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName = '', StateValue, StateReason = '', ...times }) => ({
        name: AlarmName,
        isRed: StateValue === 'ALARM',
        since: (times.StateTransitionedTimestamp ?? times.StateUpdatedTimestamp)?.getTime() ?? 0,
        reason: StateReason,
    }));
    const missing = names.filter((name) => !found.some((each) => each.name === name));
    if (missing.length > 0)
        throw notThere(missing, aws);
    return names.flatMap((name) => found.filter((each) => each.name === name));
}
function notThere(missing, { region }) {
    const one = missing.length === 1;
    return new src_errors/* UserError */.yo({
        what: `There is no CloudWatch alarm ${missing.join(', ')} in ${region}, which \`alarms\` ${one ? 'names' : 'name'}.`,
        why: 'A canary would be watched less closely than the config asks for.',
        cure: 'Check the names in `alarms`, one a line, and the Region; make the alarm first where it is new.',
        docs: 'releases.md#canary',
    });
}

;// CONCATENATED MODULE: ./src/resources/logs/answers.ts



const answerActions = (/* unused pure expression or super */ null && (['logs:FilterLogEvents']));
/** A page holds 10,000 events or 1 MB (API reference, FilterLogEvents); so many are read at one look, a sample where there are more. */
const pagesAtOnce = 10;
/** Lines come late, so each look goes back by so many milliseconds. */
const answers_late = 120_000;
/**
 * Counts answers by the access log, because no metric parts a canary from its stage: API Gateway lists ApiName, Stage, Method and Resource
 * as dimensions (developer guide, "API Gateway metrics and dimensions"). The guide on canaries says that their lines are reported to the
 * stage's group as well as to one of their own, but not whether that is both for each line. Every line has the request's id in it, without
 * which API Gateway takes no format, so a line that stands in both groups counts for the canary alone.
 */
class AnswerCounter {
    #aws;
    #log;
    #seen = new Map();
    /** Where the next look begins. */
    #from;
    #counted = { canary: { requests: 0, errors: 0 }, rest: { requests: 0, errors: 0 } };
    constructor(aws, log) {
        this.#aws = aws;
        this.#log = log;
        this.#from = log.since;
    }
    /** Everything since the beginning, as far as the log has it by now. */
    async look() {
        const { group, since } = this.#log;
        const now = Date.now();
        const [canary, all] = await Promise.all([this.#read(canaryGroup(group)), this.#read(group)]);
        // Where one of the two is too long for a look, both are compared as far as that one was read.
        const end = Math.min(canary.end, all.end);
        for (const each of all.events)
            this.#note(each, { end, isCanary: false });
        for (const each of canary.events)
            this.#note(each, { end, isCanary: true });
        this.#from = Number.isFinite(end) ? end : Math.max(since, now - answers_late);
        return this.#settle(this.#from);
    }
    #note({ message = '', timestamp = 0 }, { end, isCanary }) {
        if (timestamp >= end)
            return;
        const status = this.#log.status.exec(message.trimEnd())?.[1];
        if (status === undefined)
            return;
        const known = this.#seen.get(message);
        this.#seen.set(message, { at: timestamp, isError: status.startsWith('5'), isCanary: isCanary || (known?.isCanary ?? false) });
    }
    /** What no look reads again is counted for good, so that nothing grows without end. */
    #settle(before) {
        const counted = { canary: { ...this.#counted.canary }, rest: { ...this.#counted.rest } };
        const lasting = structuredClone(counted);
        for (const [message, { at, isError, isCanary }] of this.#seen) {
            const side = isCanary ? 'canary' : 'rest';
            const isOld = at < before;
            for (const each of isOld ? [counted, lasting] : [counted]) {
                each[side] = { requests: each[side].requests + 1, errors: each[side].errors + (isError ? 1 : 0) };
            }
            if (isOld)
                this.#seen.delete(message);
        }
        this.#counted = lasting;
        return counted;
    }
    /** The lines since a moment; `end` is where the reading stopped, as a moment that is not read whole. */
    async #read(logGroupName) {
        const events = [];
        const startTime = this.#from;
        let nextToken;
        try {
            for (let page = 0; page < pagesAtOnce; page++) {
                const answer = await this.#aws.logs(new client_cloudwatch_logs_dist_cjs/* FilterLogEventsCommand */.nsW({ logGroupName, startTime, nextToken }));
                events.push(...(answer.events ?? []));
                nextToken = answer.nextToken;
                if (nextToken === undefined)
                    return { events, end: Infinity };
            }
        }
        catch (error) {
            // API Gateway, or this run, makes the group; nothing has been written to it yet.
            if ((0,refusal/* isRefusal */.vu)(error, 'ResourceNotFoundException'))
                return { events, end: Infinity };
            throw error;
        }
        return { events, end: events.at(-1)?.timestamp ?? Infinity };
    }
}

;// CONCATENATED MODULE: ./src/service/status-pattern.ts
/** Values of `$context` variables that have a form of their own; any other may hold anything, a caller's own words, too. */
const status_pattern_forms = {
    status: '(\\d{3}|-)',
    protocol: '(?:[A-Z]+/[\\d.]+|-)',
    httpMethod: '[A-Z-]+',
    requestId: '[\\w-]+',
    extendedRequestId: '[\\w=+/-]+',
    responseLength: '[\\d-]+',
    responseLatency: '[\\d-]+',
    integrationLatency: '[\\d-]+',
    'integration.status': '[\\d-]+',
};
const variable = /\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g;
/**
 * What finds the status in a line of an access log of this format, as its first group; undefined where the format does not have it.
 * The whole line is matched, so that nothing that a caller sends is taken for it.
 */
function statusPattern(format) {
    const names = [...format.matchAll(variable)].map(([, name = '']) => name);
    if (!names.includes('status'))
        return undefined;
    const texts = format.replace(/\r?\n$/, '').split(/\$context\.[A-Za-z]+(?:\.[A-Za-z]+)*/).map(literally);
    const first = names.indexOf('status');
    const parts = texts.flatMap((text, index) => {
        const name = names[index];
        if (name === undefined)
            return [text];
        const form = status_pattern_forms[name] ?? '.*?';
        // A status that is written twice is read once.
        return [text, name === 'status' && index !== first ? '(?:\\d{3}|-)' : form];
    });
    return new RegExp(`^${parts.join('')}$`, 's');
}
function literally(text) {
    return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

;// CONCATENATED MODULE: ./src/release/canary-end.ts






/**
 * Makes sure that a canary is the one that this run knows.
 * @throws OtherRunWon where it is gone, or is another one
 */
async function refuseOtherCanary({ aws, ids, service }, canary) {
    const stage = await readStage(aws, known(ids.apiId, 'the API'), service.stage);
    if (isSameCanary(canaryOf(service, stage), canary))
        return;
    const { number } = canary.release;
    const why = `Release ${number} is no longer the canary of stage ${service.stage}: it was ended, or another took its place.`;
    throw new OtherRunWon(service, why);
}
/** Takes a canary off that was there when the run began; its release is free to come again. */
async function endStandingCanary(context, canary) {
    await refuseOtherCanary(context, canary);
    await endCanary(context);
    context.ids.canaryEndedAt = Date.now();
}
/** Takes a canary back: all requests get what is live, and its release is held, so that the next run does not bring it again. */
async function canary_end_takeBack(context, canary, record) {
    await refuseOtherCanary(context, canary);
    await endCanary(context, formatRecord(context.service.name, withHeld(record, canary.release)));
    context.ids.canaryEndedAt = Date.now();
}
/** The record of a stage on which a release was tried and taken back. */
function withHeld([live, ...before], release) {
    if (live === undefined)
        return [];
    return [live, { ...release, isHeld: true }, ...before.filter((each) => !isSameContent(each, release))];
}

;// CONCATENATED MODULE: ./src/release/verdict.ts
/**
 * With fewer answers of 5XX from the canary nothing is concluded: at a share of 5 % even three, all of them the canary's, come about by
 * chance once in eight thousand times, two once in four hundred.
 */
const fewestErrors = 3;
/** A canary that is no worse is taken back by chance at most once in so many looks. */
const falseAlarms = 1 / 1000;
/**
 * Whether a canary answers clearly worse than the rest. API Gateway parts requests at random (developer guide, canary release). So if both
 * were equally good, each request that failed would have been the canary's as likely as any other request, and the number of its failures
 * would follow the hypergeometric distribution (Fisher's exact test), however few or many requests there are. It is worse where that
 * chance is below one in a thousand and its share of failures is at least twice that of the rest: among a million requests a difference
 * that matters to nobody is no chance, either.
 */
function isWorse({ canary, rest }) {
    if (canary.errors < fewestErrors)
        return false;
    if (shareOf(canary) < 2 * shareOf(rest))
        return false;
    const total = { bad: canary.errors + rest.errors, all: canary.requests + rest.requests };
    return chanceOfSoMany(canary.errors, { drawn: canary.requests, ...total }) < falseAlarms;
}
/** Of the requests, those that were answered with 5XX. */
function shareOf({ requests, errors }) {
    return requests === 0 ? 0 : errors / requests;
}
/** The chance that at least `count` of the bad ones are among those that are drawn. */
function chanceOfSoMany(count, { drawn, bad, all }) {
    const whole = logChoose(all, drawn);
    let chance = 0;
    for (let each = count; each <= Math.min(drawn, bad); each++) {
        const term = logChoose(bad, each) + logChoose(all - bad, drawn - each) - whole;
        if (Number.isFinite(term))
            chance += Math.exp(term);
    }
    return chance;
}
/** The logarithm of the number of ways to take k of n. */
function logChoose(n, k) {
    return k < 0 || k > n ? -Infinity : logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}
/** By Stirling's series, whose error is below 1e-9 from 16 on; summed below that. */
function logFactorial(n) {
    if (n < 16)
        return Array.from({ length: n }, (_each, index) => Math.log(index + 1)).reduce((sum, each) => sum + each, 0);
    return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3);
}

;// CONCATENATED MODULE: ./src/release/words.ts
/** A time as people say it: `90 s`, `5 min`, `1 h 30 min`. */
function timeWords(milliseconds) {
    const seconds = Math.round(milliseconds / 1000);
    if (seconds < 60 || (seconds < 600 && seconds % 60 !== 0))
        return `${seconds} s`;
    const minutes = Math.round(seconds / 60);
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    return [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 ? [`${rest} min`] : [])].join(' ');
}

;// CONCATENATED MODULE: ./src/release/bake.ts











/** CloudWatch judges alarms every minute at most times; lines of the access log come within seconds. */
const lookEvery = 30_000;
/** So many lines tell of a whole bake, however long it is. */
const lines = 20;
/**
 * Watches a canary, and takes it back when an alarm turns red or when it answers clearly worse than the rest ({@link isWorse}).
 * @throws UserError where it was taken back
 * @throws OtherRunWon where it is gone, or is another one
 */
async function bakeCanary(context, input) {
    const canary = context.ids.canary?.canary ?? known(input.standing, 'the canary');
    await watch(context, input, canary).catch((error) => {
        const isTold = error instanceof src_errors/* UserError */.yo || error instanceof OtherRunWon;
        if (!isTold) {
            context.progress.warning(`Release ${canary.release.number} stays a canary with ${canary.percent} % of the requests. The next deploy of the same goes on ` +
                'with it, one of another release takes it back, and so does `command: rollback`.');
        }
        throw error;
    });
}
async function watch(context, { service, spec, bake, record }, canary) {
    const { progress } = context;
    const since = canary.release.wentLiveAt * 1000;
    const until = since + bake;
    const counter = counterOf(context, service, since);
    if (counter === undefined) {
        progress.info(`The canary's answers cannot be told from the others, because ${blindness(service)}: alarms decide.`);
    }
    let told = since;
    for (let look;;) {
        await (0,cancellation/* pause */.v7)(Math.max(0, Math.min(lookEvery, until - Date.now())));
        await refuseOtherCanary(context, canary);
        const isFirst = look === undefined;
        look = await lookAt(context, { spec, counter, since });
        if (isFirst)
            tellRedBefore(context, look);
        const now = Date.now();
        const fault = bake_faultOf(look);
        if (fault !== undefined || now >= until || now - told >= Math.max(lookEvery, bake / lines)) {
            told = now;
            progress.info(`Canary, ${timeWords(Math.min(now - since, bake))} of ${timeWords(bake)}: ${lookWords(look)}`);
        }
        if (fault !== undefined) {
            await canary_end_takeBack(context, canary, record);
            throw takenBack(service, canary, fault);
        }
        if (now >= until)
            return;
    }
}
function counterOf({ aws, ids }, service, since) {
    const { accessLog } = service;
    const status = hasLogGroup(accessLog) ? statusPattern(accessLog.format ?? '') : undefined;
    return status && new AnswerCounter(aws, { group: accessLogGroup(service, known(ids.apiId, 'the API')), status, since });
}
function blindness({ accessLog }) {
    if (accessLog.format === undefined)
        return 'the access log is off';
    return accessLog.stream === undefined ? 'its format has no `$context.status`' : 'the access log goes to a stream';
}
async function lookAt({ aws, ids }, { spec, counter, since }) {
    const [split, alarms] = await Promise.all([counter?.look(), readAlarms(aws, spec.alarms)]);
    const before = ids.canary?.redBefore;
    // Where another run has put the canary there, the times tell which alarms were red before.
    const wasRed = ({ name, since: at }) => (before === undefined ? at < since : before.get(name) === at);
    return { split, alarms, turned: alarms.filter((alarm) => alarm.isRed && !wasRed(alarm)) };
}
function tellRedBefore({ progress }, { alarms, turned }) {
    const names = alarms.filter((alarm) => alarm.isRed && !turned.includes(alarm)).map(({ name }) => name);
    if (names.length === 0)
        return;
    const one = names.length === 1;
    progress.warning(`${names.join(', ')} ${one ? 'was' : 'were'} red before the canary began. ${one ? 'It counts' : 'They count'} only when ` +
        `${one ? 'it turns' : 'they turn'} red anew.`);
}
/** Why a canary is taken back, in a sentence; undefined where nothing speaks against it. */
function bake_faultOf({ split, turned }) {
    const [alarm] = turned;
    if (alarm !== undefined)
        return `The alarm ${alarm.name} turned red: ${alarm.reason}`;
    if (split === undefined || !isWorse(split))
        return undefined;
    return `It answered ${splitWords(split)}.`;
}
function lookWords({ split, alarms }) {
    const red = alarms.filter(({ isRed }) => isRed).map(({ name }) => name);
    const told = red.length === 0 ? `${alarms.length === 1 ? alarms[0]?.name : `${alarms.length} alarms`} not red` : `red: ${red.join(', ')}`;
    return [...(split === undefined ? [] : [splitWords(split)]), ...(alarms.length === 0 ? [] : [told])].join('; ') || 'nothing to look at';
}
function splitWords({ canary, rest }) {
    const share = (each) => (each.requests === 0 ? '' : ` (${(100 * shareOf(each)).toFixed(1)} %)`);
    const words = (each) => `${each.errors} of ${each.requests} requests with 5XX${share(each)}`;
    return `${words(canary)}, the others ${words(rest)}`;
}
function takenBack({ name, stage }, { release }, fault) {
    return new src_errors/* UserError */.yo({
        what: `The canary, release ${release.number} of ${name}, was taken back: all requests to ${stage} get what they got before.`,
        why: fault,
        cure: `Look into the access log's group that ends in /Canary, fix the code and deploy again. Release ${release.number} is held: ` +
            'just the same is deployed only with `force: true`.',
        docs: 'releases.md#canary',
    });
}

;// CONCATENATED MODULE: ./src/release/trial.ts










/** Takes a canary off that another release needs the slot of. */
function planTakingBack({ takenBack }, { stage }) {
    if (takenBack === undefined)
        return [];
    const { number } = takenBack.release;
    return [step({
            id: 'canary/end', kind: 'canary', name: stage, action: 'delete', phase: 'prepare',
            reason: `another run has left release ${number} there before it was done, and this one deploys another release`,
            apply: (context) => endStandingCanary(context, takenBack),
        })];
}
/** All requests at once; or a share of them first, for as long as it is watched, or until somebody decides. */
function planLive(input, course) {
    const { canary: spec, standing } = course;
    if (spec === undefined)
        return { steps: [planGoLive(input)], guards: [] };
    const put = planCanary(input, spec, standing);
    const { bake } = spec;
    if (bake === 'hold')
        return { steps: [put], guards: [] };
    const { service, actual: { served } } = input;
    const { percent } = spec;
    const check = (context) => bakeCanary(context, { service, spec, bake, standing, record: served.record });
    const watch = { id: 'canary/watched', phase: 'go live', needs: [put], check };
    const reason = `release ${input.handover.number} gets all requests, unless it is taken back within ${timeWords(bake)}`;
    const live = planGoLive({ ...input, actual: withCanary(input, percent), scope: 'release', reason });
    return { steps: [put, { ...live, needs: [...live.needs, watch] }], guards: [watch] };
}
function planCanary(input, spec, standing) {
    const { handover, service, actual } = input;
    const { percent, bake } = spec;
    const arns = stageArns(service, actual.account, { apiId: actual.api?.id });
    const settings = stageDiffs(service, actual.stage, { arns, scope: 'config' });
    const entry = { id: 'canary', kind: 'canary', name: service.stage };
    const isThere = standing?.percent === percent && standing.bake === bake && settings.length === 0;
    if (isThere)
        return keep({ ...entry, reason: `release ${handover.number} has ${percent} % of the requests already` });
    const before = actual.served.canary;
    const howLong = bake === 'hold' ? 'until somebody decides' : `for ${timeWords(bake)}`;
    return step({
        ...entry, phase: 'go live', action: before === undefined ? 'create' : 'update',
        reason: `${percent} % of the requests get release ${handover.number} ${howLong}`,
        fields: [...(before === undefined ? [] : [{ field: 'percent', from: String(before.percent), to: String(percent) }]), ...settings],
        apply: (context) => startCanary(context, input, spec),
    });
}
async function startCanary(context, { next, handover, service, actual }, spec) {
    const { aws, ids } = context;
    const stage = known(actual.stage, 'the stage');
    // A canary that was in the way of this one is off by now.
    const before = ids.canaryEndedAt === undefined ? stage : { ...stage, canarySettings: undefined };
    if (await waitedForSlot(context))
        await refuseOtherRelease(context, before);
    const red = (await readAlarms(aws, spec.alarms)).filter(({ isRed }) => isRed);
    const release = releaseNow(next, { handover, ids });
    const canary = { kind: 'ours', percent: spec.percent, release, slot: handover.slot, bake: spec.bake };
    await putCanary(context, before, { service, canary });
    ids.canary = { canary, redBefore: new Map(red.map(({ name, since }) => [name, since])) };
    if (handover.isOtherSlot)
        await go_live_confirm(context, (0,service_names/* slotAlias */.z)(service.stage, handover.slot), versionsOf(next, ids));
}
/** What stands once the canary does, so that what goes live takes it off. */
function withCanary({ next, actual }, percentTraffic) {
    const canarySettings = { percentTraffic, deploymentId: next.deploymentId ?? '(new)' };
    return { ...actual, stage: { ...known(actual.stage, 'the stage'), canarySettings } };
}

;// CONCATENATED MODULE: ./src/plan/access-logs.ts




/** API Gateway's own role for writing logs, needed once the access log is switched on. */
function planLogsRole({ accessLog }, { account, stage, accountRole: actual }) {
    const isSwitchedOn = hasLogGroup(accessLog) && groupOfArn(stage?.accessLogSettings?.destinationArn) === undefined;
    return isSwitchedOn ? planAccountRole(accessLog.cloudwatchRole, actual, account.region) : [];
}
/**
 * The access log's group, and that of a canary's lines.
 * @param needs what makes the API, whose id is part of their names
 */
function planAccessLogGroups(service, actual, needs) {
    if (!hasLogGroup(service.accessLog))
        return [];
    const nameIn = (apiId) => accessLogGroup(service, apiId);
    const { accessLogGroup: state, canaryLogGroup } = actual;
    const own = ownGroup({ id: 'access-log-group', nameIn, state });
    if (service.release.canary === undefined)
        return own;
    return [...own, ...ownGroup({ id: 'canary-log-group', nameIn: (apiId) => canaryGroup(nameIn(apiId)), state: canaryLogGroup })];
    function ownGroup(group) {
        return planLogGroup({
            id: group.id,
            name: group.nameIn(actual.api?.id ?? '<api-id>'),
            nameAtLast: ({ ids }) => group.nameIn(ids.apiId ?? ''),
            retentionDays: service.accessLog.retentionDays,
            state: group.state, needs,
        });
    }
}

;// CONCATENATED MODULE: ./src/plan/routes.ts



/**
 * Tells changes of routes as callers of the stage notice them. The edits of the working copy alone would mislead: all stages share it, so a
 * deploy of another stage may have removed routes that this one serves, or added some that it does not.
 */
function planRoutes(service, { served, foreign, edits }) {
    if (served === undefined)
        return { edits, others: [] };
    const notices = noticesOf(service, served, foreign);
    const edited = new Set(edits.flatMap((edit) => (edit.kind === 'route' ? [edit.name] : [])));
    return {
        edits: edits.map((edit) => asNoticed(edit, notices, foreign)),
        others: [...notices].filter(([name]) => !edited.has(name)).map(([name, notice]) => step({ id: `route/${name}`, kind: 'route', name, phase: 'prepare', ...notice, apply: async () => undefined })),
    };
}
function asNoticed(edit, notices, foreign) {
    // A method of somebody else's that the config lists is adopted, which says more than what callers notice of it.
    if (edit.kind !== 'route' || foreign.has(edit.name))
        return edit;
    const notice = notices.get(edit.name);
    if (notice !== undefined)
        return { ...edit, ...notice };
    const isServed = edit.action !== 'delete';
    const reason = isServed ? 'is set right there; this stage serves it already' : 'was left there; this stage does not serve it';
    return { ...edit, kind: 'working copy', reason, fields: [] };
}
/** By route: what callers of the stage will notice. */
function noticesOf(service, served, foreign) {
    const wanted = wantedMethods(service);
    const gone = [...served.keys()].filter((name) => !wanted.has(name) && !foreign.has(name));
    const changed = [...wanted].filter(([name, functionName]) => !served.has(name) || served.get(name) !== functionName);
    return new Map([
        ...gone.map((name) => [name, { action: 'delete', reason: 'is no longer in the config', fields: [] }]),
        ...changed.map(([name, to]) => {
            const from = served.get(name);
            const fields = [(0,defined/* defined */.s)({ field: 'function', from, to })];
            if (served.has(name))
                return [name, { action: 'update', reason: 'leads elsewhere', fields }];
            return [name, { action: 'create', reason: 'the stage does not serve it yet', fields }];
        }),
    ]);
}

;// CONCATENATED MODULE: ./src/plan/api.ts








/** The API, its definition and the deployment that freezes it. */
function planApi(service, input) {
    const { actual, next, doubtful, after, claim } = input;
    const create = actual.api === undefined ? [planRestApi(service, doubtful)] : [];
    const routes = planRoutesOf(service, input, definitionSteps(service, { ...input, create }));
    const steps = [...create, ...routes.edits];
    if (next.deploymentId === undefined) {
        const { deployments: existing, stage } = actual;
        const deployment = planDeployment(service, { digest: next.digest, needs: [...steps, claim, ...after], existing, stage });
        // They make no call: they are told as done once the deployment holds them.
        const others = routes.others.map((each) => ({ ...each, needs: [deployment] }));
        return { create, deployment, steps: [...steps, ...others, deployment] };
    }
    const { length: count } = service.api.routes;
    const kept = keep({ id: 'routes', kind: 'route', name: 'all', count, reason: 'the stage serves this definition' });
    return { create, deployment: undefined, steps: steps.length > 0 ? steps : [kept] };
}
/** The edits as callers of the stage notice them. */
function planRoutesOf(service, input, edits) {
    const { copy } = input;
    const foreign = new Set(copy === undefined ? [] : foreignInDefinition(service, copy).map(({ name }) => name));
    return planRoutes(service, { served: servedBefore(service, input), foreign, edits });
}
/** What callers of the stage reach before this run; undefined where the edits of the working copy say all that there is to say. */
function servedBefore(service, { actual: { api, stage }, next, servedMethods }) {
    if (api === undefined)
        return undefined;
    if (stage === undefined)
        return new Map();
    // A stage that keeps its deployment serves the wanted definition already: nobody had to look.
    return next.deploymentId === undefined ? servedMethods : wantedMethods(service);
}
function definitionSteps(service, { actual, next, copy, create, claim }) {
    const { api, account } = actual;
    if (api === undefined || copy !== undefined) {
        if (next.deploymentId !== undefined)
            return planDefinition({ service, account }, copy, create);
        return planDefinition({ service, account }, copy, [...create, claim]).map(leftToDeployment);
    }
    // No deployment freezes the name, so it is compared also where the working copy does not matter.
    return api.name === service.api.name || service.api.joined !== undefined ? [] : planSettings(service.api, api);
}
/** An edit that another run has made impossible is left to the deployment, which looks at the whole working copy and sets it right. */
function leftToDeployment(edit) {
    return {
        ...edit,
        apply: async (context) => {
            try {
                return await edit.apply(context);
            }
            catch (error) {
                if (!isOtherRuns(error))
                    throw error;
            }
        },
    };
}

;// CONCATENATED MODULE: ./src/release/differs.ts



/**
 * Whether the stage serves another definition than the wanted one. An API whose default endpoint is off counts as such: it is not known
 * whether a stage is closed by that at once or with the next deployment (the developer guide asks for one), so both are set right.
 */
function definitionDiffers({ digest }, { served, api }) {
    const isClosed = api?.disableExecuteApiEndpoint === true && isOwnApi(api);
    return served.digest !== digest || isClosed;
}
/** Whether the working copy must be read: it will be deployed, or a run that was stopped may have left edits in it. */
function needsWorkingCopy(goal, actual) {
    return definitionDiffers(goal, actual) || isUntidy(goal.service, actual);
}
/**
 * Whether functions may stand in AWS that the config no longer describes. A function that leaves the config takes its routes along, so
 * that the definition differs; later, as long as it stands, a kept release or an untidy API tells of it.
 */
function mayHaveFormer(goal, actual) {
    if (actual.served.isFirst)
        return false;
    return needsWorkingCopy(goal, actual) || servesOtherFunctions(goal.service, actual, actual.served.record);
}
/**
 * Where to look for them: by our prefix alone, or also under any other name. The second takes a call for each function of the account
 * (100 a second; developer guide, "Lambda quotas"), so it is done only where a release names other functions, or where a run was stopped
 * before it had removed what its release replaced.
 */
function formerSearch({ service }, actual) {
    const everywhere = servesOtherFunctions(service, actual, actual.served.record) || isUntidy(service, actual);
    return { described: new Set(actual.functions.keys()), everywhere };
}
/** Whether a deployment of ours stands that no stage and no kept release needs. A run has left it that was stopped, or lost to another. */
function isUntidy(service, actual) {
    const needed = neededDeployments(actual, actual.served.record, actual.stage?.deploymentId);
    return planDeploymentPrune(service, actual.deployments, needed).length > 0;
}

;// CONCATENATED MODULE: ./src/release/next.ts





/** Compares the next release with what the stage serves. */
function handoverTo(next, service, actual) {
    const { stage, served } = actual;
    const { isFirst } = served;
    const changed = changedFunctions(next, actual);
    const moves = changed.length > 0;
    const slot = isFirst ? 'a' : moves ? served.idleSlot : served.liveSlot;
    const deploys = next.deploymentId === undefined || next.deploymentId !== stage?.deploymentId;
    const isNew = isFirst || moves || deploys || stage?.variables?.[(0,service_names/* aliasVariable */.lb)(service.name)] !== (0,service_names/* slotAlias */.z)(service.stage, served.liveSlot);
    const number = served.record[0]?.number ?? 0;
    // A canary that was taken back has had a number, too.
    const highest = Math.max(0, ...served.record.map((each) => each.number));
    const deploymentText = next.deploymentId ?? '(new)';
    const live = (name) => served.versions.get(name)?.Version;
    return {
        isNew, slot, moves,
        number: isNew ? highest + 1 : number,
        isOtherSlot: isFirst || moves,
        kept: isNew ? releasesBefore(next, service, actual) : served.record,
        fields: [
            ...(moves ? [{ field: 'slot', from: (0,service_names/* slotAlias */.z)(service.stage, served.liveSlot), to: (0,service_names/* slotAlias */.z)(service.stage, slot) }] : []),
            ...changed.map(([name, version]) => ({ field: name, from: versionText(live(name)), to: versionText(version) })),
            ...(deploys && stage !== undefined ? [{ field: 'deployment', from: stage.deploymentId ?? change/* notSet */.U, to: deploymentText }] : []),
        ],
    };
}
const versionText = (version) => `version ${version ?? '(new)'}`;
/** Functions that get another version, or lose a second one that weights had added. One that is not served yet moves no slot. */
function changedFunctions({ versions }, { served }) {
    return [...versions].filter(([name, version]) => {
        const live = served.versions.get(name);
        return live !== undefined && (version !== live.Version || served.weighted.has(name));
    });
}
/**
 * The releases that can be gone back to afterwards, as many as are asked for and as the record has room for. The one that is served now is
 * among them in any case, because callers may see it for a while yet.
 *
 * The record's room depends on the new release's ids, which AWS gives only later. They are taken at their longest, so that this list holds
 * both for the plan of what to remove and for the record that is written.
 */
function releasesBefore(next, { release: { keepReleases } }, actual) {
    const longest = {
        number: 1_000_000, deploymentId: 'x'.repeat(10), digest: 'x'.repeat(16), commit: 'x'.repeat(7), wentLiveAt: 10_000_000_000,
        isUnverified: true,
        ...releaseVersions(new Map([...next.versions.keys()].map((name) => [name, '1000000']))),
    };
    const standing = markedFor(next, actual.served).filter((release) => canServeAgain(release, actual));
    return fittingBefore(longest, newest(standing, Math.max(keepReleases, 1)));
}
/** The newest releases with so many contents: what a rollback puts back stands in the record twice, and counts once. */
function newest(record, contents) {
    const counted = [];
    const end = record.findIndex((release) => {
        if (counted.some((each) => isSameContent(each, release)))
            return false;
        counted.push(release);
        return counted.length > contents;
    });
    // What is to be taken back goes to the last one that is verified.
    const verified = record.findIndex(({ isUnverified, isHeld }) => isUnverified !== true && isHeld !== true);
    return end === -1 ? record : record.slice(0, Math.max(end, verified + 1));
}

;// CONCATENATED MODULE: ./src/plan/deploy-release.ts




/**
 * The release that the config asks for.
 * @param isJoining whether functions are taken over: they go live as they were found, which is not for this run to judge
 */
function releaseOfDeploy(goal, actual, { functions, isJoining }) {
    const { service } = goal;
    const next = releaseFrom(goal, actual, functions);
    const judged = isJoining ? untested(service) : service;
    const plain = handoverTo(next, service, actual);
    const handover = goesLiveUnverified({ service: judged, actual, handover: plain }) ? { ...plain, isUnverified: true } : plain;
    return { next, handover, course: courseOf(next, { handover, service: judged, actual }), judged };
}
function releaseFrom({ service, digest, origin }, actual, functions) {
    return {
        deploymentId: definitionDiffers({ digest }, actual) ? canaryDeployment(digest, actual) : actual.stage?.deploymentId,
        digest,
        versions: new Map(functions.map(({ spec, version }) => [spec.name, version])),
        commit: service.commit?.slice(0, 7) ?? '',
        origin,
    };
}
/** The deployment of a canary of ours with the wanted definition, which a run that was stopped has left. */
function canaryDeployment(digest, { served: { canary }, deployments }) {
    if (canary?.kind !== 'ours' || canary.release.digest !== digest)
        return undefined;
    return deployments.find(({ id }) => id === canary.release.deploymentId)?.id;
}
function untested(service) {
    const { canary: _canary, ...release } = service.release;
    return { ...service, release: { ...release, smokeTests: [] } };
}

;// CONCATENATED MODULE: ./src/resources/lambda/failed-function.ts



/**
 * Whether a function's creation has failed: "you must delete and recreate the function" (developer guide, function states). One that has a
 * version or an alias has worked before, and is not taken away.
 */
function isDeadEnd({ latest, versions, aliases }) {
    return latest.State === 'Failed' && versions.length === 0 && aliases.length === 0;
}
/** Deletes a function whose creation has failed, so that it can be made again. */
function planFailedDelete({ name, latest }) {
    return step({
        id: `function/${name}/failed`, kind: 'function', name, action: 'delete', phase: 'prepare',
        reason: `Lambda could not bring it up (${latest.StateReasonCode ?? 'no reason given'}); it is made again`,
        apply: async ({ aws }) => {
            await (0,refusal/* orUndefined */.y0)(aws.lambda(new client_lambda_dist_cjs/* DeleteFunctionCommand */.Z3K({ FunctionName: name })));
        },
    });
}

;// CONCATENATED MODULE: ./src/resources/lambda/join.ts








/**
 * Takes over a function that this service did not make: publishes it as it stands, so that the slots can lead to that, and marks it as
 * taken over. Nothing of what callers get changes by that. A run that is stopped between the two gets the same version again: "Lambda
 * doesn't publish a version if the function's configuration and code haven't changed since the last version" (API reference).
 */
function planJoin(state, callers, needs) {
    const { name } = state;
    return step({
        id: `function/${name}/join`, kind: 'function', name, action: 'adopt', phase: 'prepare',
        reason: 'was not made by this service; it is published as found, and that is served first',
        fields: fieldsOf(callers), needs,
        apply: (context) => join(context, state),
    });
}
/** The same where a run was stopped after that: what was found is yet to be served. */
function planJoined({ name }) {
    const reason = 'is taken over, and is served as found first';
    return keep({ id: `function/${name}/join`, kind: 'function', name, reason, leftover: true });
}
function fieldsOf(callers) {
    return callers.map((caller) => ({ field: 'calls $LATEST and gets new code as soon as it is written', to: caller }));
}
/** The code of a function as it was found. */
function foundCode({ latest }) {
    return { sha256: latest.CodeSha256 ?? '', inputDigest: 'unknown' };
}
async function join({ aws, ids, service }, state) {
    const { name, arn, tags } = state;
    const number = await publishFound(aws, name);
    const own = { ...ownTags(service), [joinedTag]: number };
    await aws.lambda(new client_lambda_dist_cjs/* TagResourceCommand */.eqU({ Resource: arn, Tags: { ...formerTags(tags, own, () => false), ...own } }));
    ids.versions.set(name, number);
}
async function publishFound(aws, name) {
    const latest = await waitUntilReady(aws, name);
    const publication = { sha256: latest.CodeSha256 ?? '', description: markedDescription(latest.Description) };
    const look = async () => {
        const now = await waitUntilReady(aws, name);
        return now.CodeSha256 === latest.CodeSha256 && now.LastModified === latest.LastModified ? now : undefined;
    };
    return withRevision(latest.RevisionId, (revisionId) => publish(aws, name, { ...publication, revisionId }), look);
}

;// CONCATENATED MODULE: ./src/resources/lambda/reserved-concurrency.ts



const reservedConcurrencyActions = (/* unused pure expression or super */ null && (['lambda:PutFunctionConcurrency', 'lambda:DeleteFunctionConcurrency']));
/** Sets a function's reserved concurrency, which CreateFunction does not take, or takes it away. */
function planReservedConcurrency(spec, { state, needs }) {
    const [actual, wanted] = [state?.reservedConcurrency, spec.reservedConcurrency];
    if (wanted === actual)
        return [];
    const FunctionName = spec.name;
    return [step({
            id: `function/${spec.name}/reserved-concurrency`, kind: 'reserved concurrency', name: spec.name, phase: 'prepare', needs,
            action: wanted === undefined ? 'delete' : actual === undefined ? 'create' : 'update', reason: 'differs',
            fields: [{ field: 'reserved-concurrency', from: String(actual ?? change/* notSet */.U), to: String(wanted ?? change/* notSet */.U) }],
            apply: async ({ aws }) => {
                if (wanted === undefined)
                    await aws.lambda(new client_lambda_dist_cjs/* DeleteFunctionConcurrencyCommand */.GVr({ FunctionName }));
                else
                    await aws.lambda(new client_lambda_dist_cjs/* PutFunctionConcurrencyCommand */.u7u({ FunctionName, ReservedConcurrentExecutions: wanted }));
            },
        })];
}

;// CONCATENATED MODULE: ./src/plan/function.ts














/** All functions, in the config's order. */
function planFunctions(service, actual, input) {
    const { codeOf, callers, claim } = input;
    return service.functions.map((spec) => {
        const state = actual.functions.get(spec.name)?.state;
        const who = callers.get(spec.name);
        if (state !== undefined && who !== undefined)
            return joinPlan(spec, state, { callers: who, claim });
        return planFunction(service, actual, { spec, code: codeOf(spec.name), claim });
    });
}
/** Decides which version serves: the live one if it is what the config asks for, else another one that is, else a new one. */
function planFunction(service, actual, { spec, code, claim }) {
    const { account, served } = actual;
    const own = actual.functions.get(spec.name);
    const failed = own?.state !== undefined && isWhollyOurs(own.state) && isDeadEnd(own.state) ? [planFailedDelete(own.state)] : [];
    const state = failed.length > 0 ? undefined : own?.state;
    const roleArn = roleArnOf(spec, own);
    const existing = fittingVersion({ spec, code, roleArn }, served.versions.get(spec.name), state);
    const role = planExecutionRole(service, spec, { state: own?.role, account });
    const goal = { service, spec, code, roleArn, account, state, isRoleFresh: isFresh(own?.givenRole) };
    const remember = state === undefined || existing !== undefined ? [] : planRemember(spec, { state, needs: [claim] });
    const needs = [...role, ...failed, ...remember];
    const { create, publish, steps } = existing === undefined ? planNewVersion(goal, { needs, claim }) : keptVersion(spec, existing);
    const logGroup = ownLogGroup(spec, own, role);
    // Tags and reserved concurrency are written after the version: they may change the RevisionId by which code and version are guarded.
    // They come after the log group, too, because a tag tells the next run of a retention that this one has yet to take away.
    const last = [...(publish === undefined ? [] : [publish]), ...logGroup];
    const tags = state === undefined ? [] : planTags(service, spec, { state, needs: last });
    const concurrency = planReservedConcurrency(spec, { state, needs: last });
    const all = [...role, ...failed, ...remember, ...steps, ...tags, ...concurrency, ...logGroup];
    return { spec, code, version: existing?.Version, create, publish, steps: all };
}
/** Takes the function over, and nothing more: the release that goes live with that serves what was found. The next one has the new code. */
function joinPlan(spec, state, { callers, claim }) {
    const version = foundVersion(state)?.Version;
    const join = version === undefined ? planJoin(state, callers, [claim]) : planJoined(state);
    const publish = version === undefined ? join : undefined;
    return { spec, code: foundCode(state), version, create: undefined, publish, steps: [join] };
}
function fittingVersion(goal, live, state) {
    const fits = (version) => goal_isAtGoal(goal, version, state?.latest);
    return live !== undefined && fits(live) ? live : state?.versions.findLast(fits);
}
function keptVersion({ name }, { Version }) {
    const reason = `version ${Version} has this code and these settings`;
    const steps = [keep({ id: `function/${name}`, kind: 'function', name, reason })];
    return { create: undefined, publish: undefined, steps };
}
/** The function's own log. A retention that has left the config is taken away, if it is still the one that an earlier run has set. */
function ownLogGroup(spec, actual, role) {
    const entry = { name: (0,service_names/* functionLogGroup */.uy)(spec), id: `function/${spec.name}/log-group` };
    const state = actual?.logGroup;
    if (spec.logRetentionDays !== undefined)
        return planLogGroup({ ...entry, retentionDays: spec.logRetentionDays, state, needs: role });
    const remembered = rememberedRetention(actual?.state);
    if (state === undefined || remembered === undefined || state.retentionDays !== remembered)
        return [];
    return planLogGroup({ ...entry, retentionDays: undefined, state: { ...state, ours: true }, needs: [] });
}
/** Whether a plan would have to upload the code: no version has it with these settings, and $LATEST has other code. */
function uploads(goal, actual) {
    const state = actual?.state;
    if (state === undefined)
        return true;
    return !state.versions.some((version) => goal_isAtGoal(goal, version, state.latest)) && codeDiffers(goal.spec, goal.code, state.latest);
}

;// CONCATENATED MODULE: ./src/plan/guards.ts




/**
 * Makes this run the one that goes on (resources/claim). An API that it makes bears its name from the start.
 * @param create what makes the API; asked late, because that may wait for functions, which in turn wait for the claim
 */
function claimGuard({ api }, create) {
    const check = async (context) => (api === undefined ? undefined : claim(context));
    return { id: 'claim', phase: 'prepare', get needs() { return create(); }, check };
}
/**
 * The last look at the stage before its slot is moved, at the same time as the versions are published. Where there is a deployment, its
 * own guard looks.
 */
function stageGuard({ stage }, functions, before) {
    const read = known(stage, 'the stage');
    const needs = [...before, ...functions.flatMap(({ publish }) => publish?.needs ?? [])];
    return { id: 'stage/unchanged', phase: 'prepare', needs, check: (context) => refuseOtherRelease(context, read) };
}
/**
 * A look at every version that goes back to work from an idle slot which names it already: nothing may have called it for weeks. What
 * serves now is called anyway, and what a slot takes is looked at with its alias.
 */
function restedGuards({ functions, served }, plans) {
    return plans.flatMap(({ spec: { name }, version }) => {
        const idle = functions.get(name)?.state?.slots[served.idleSlot].version?.Version;
        if (version === undefined || idle !== version || served.versions.get(name)?.Version === version)
            return [];
        const check = ({ aws }) => waitUntilInvocable(aws, name, version);
        return [{ id: `function/${name}/invocable`, phase: 'prepare', needs: [], check }];
    });
}

;// CONCATENATED MODULE: ./src/plan/provisioned.ts





/** What a config asks for. */
function configuredWarmth(service, actual, { slot }) {
    const numbers = service.functions.flatMap(({ name, provisionedConcurrency: config }) => {
        if (config === undefined)
            return [];
        const number = numberOf(service, actual.functions.get(name)?.state, { config, slot: actual.served.liveSlot });
        return [[name, { config, number }]];
    });
    return { slot, numbers: new Map(numbers) };
}
/** What earlier runs have set, for a release that goes live without its config. */
function rememberedWarmth(service, actual, { slot }) {
    const functions = [...actual.functions].flatMap(([name, { state }]) => {
        const provisionedConcurrency = rememberedProvisioned(state?.tags ?? {}, service.stage);
        return provisionedConcurrency === undefined ? [] : [{ name, provisionedConcurrency }];
    });
    return configuredWarmth({ ...service, functions }, actual, { slot });
}
/** A number that is live and that we have not set is somebody else's to scale, as long as the config does not change. */
function numberOf({ stage }, state, { config, slot }) {
    const live = state?.provisioned?.get((0,service_names/* slotAlias */.z)(stage, slot))?.requested;
    const told = rememberedProvisioned(state?.tags ?? {}, stage);
    return config === told && live !== undefined ? live : config;
}
/** What is taken from a slot before its alias moves: with provisioned concurrency it would go on with its version until that has moved. */
function planCooling({ service, actual, functionName }, slot) {
    const alias = (0,service_names/* slotAlias */.z)(service.stage, slot);
    if (actual.functions.get(functionName)?.state?.provisioned?.get(alias) === undefined)
        return [];
    return [planProvisionedDelete({ functionName, alias, phase: 'prepare', reason: 'the slot takes another version' })];
}
/** What the slot that goes live gets once its alias names its version; what is live already is changed as it stands. */
function planWarming({ service, actual, warmth, functionName }, moved) {
    const wanted = warmth.numbers.get(functionName);
    if (wanted === undefined)
        return [];
    const { stage } = service;
    const alias = (0,service_names/* slotAlias */.z)(stage, warmth.slot);
    const state = actual.functions.get(functionName)?.state;
    const standing = moved.length > 0 ? undefined : state?.provisioned?.get(alias);
    const other = (0,service_names/* slotAlias */.z)(stage, actual.served.liveSlot);
    const twin = other !== alias && state?.provisioned?.has(other) === true ? other : undefined;
    const told = rememberedProvisioned(state?.tags ?? {}, stage);
    const steps = planProvisioned({ functionName, alias, stage, ...wanted, told, standing, twin }, moved);
    return [...steps, ...(wanted.number === wanted.config ? [] : [othersNumber(`${functionName}:${alias}`, wanted)])];
}
function othersNumber(name, { number, config }) {
    const reason = `${number} environments, which somebody else has set; the config asks for ${config}, as before`;
    const entry = { id: `provisioned/${name}/others`, kind: 'provisioned concurrency', name, leftover: true };
    return keep({ ...entry, reason });
}
/**
 * Takes away what the idle slot has, where what is live stays: a run that was stopped, or a canary, has left it.
 * @param isNew whether a canary has just left that slot
 */
function planIdleProvisioned(service, actual, { isNew }) {
    const warmth = rememberedWarmth(service, actual, { slot: actual.served.liveSlot });
    return planProvisionedPrune({ service, actual, warmth, isNew });
}
/**
 * Takes away what slots have that are not live afterwards, of the release before and of runs that were stopped: it costs money for as long
 * as it stands. What somebody else has put on an idle slot stays.
 */
function planProvisionedPrune({ service, actual, warmth, isNew }) {
    const { stage } = service;
    const steps = [...actual.functions].flatMap(([functionName, { state }]) => {
        const told = rememberedProvisioned(state?.tags ?? {}, stage);
        if (state?.provisioned === undefined || told === undefined)
            return [];
        const wanted = warmth.numbers.get(functionName);
        const unused = service_names/* slots */.Q0.filter((slot) => wanted === undefined || slot !== warmth.slot);
        const ours = new Set([told, wanted?.config, wanted?.number]);
        const deletions = unused.flatMap((slot) => {
            const standing = state.provisioned?.get((0,service_names/* slotAlias */.z)(stage, slot));
            if (standing === undefined || !isOurs(standing, { slot, ours }))
                return [];
            return [planProvisionedDelete({ functionName, alias: (0,service_names/* slotAlias */.z)(stage, slot), phase: 'prune', reason: reasonOf(slot, wanted) })];
        });
        return wanted === undefined ? [...deletions, planProvisionedForget(functionName, stage, deletions)] : deletions;
    });
    if (steps.length === 0)
        return { steps, guards: [] };
    // Callers may reach the slot before for some seconds, and are to find it initialized.
    const guard = disuseGuard('cooled', isNew ? undefined : actual.served.record[0]?.wentLiveAt);
    return { steps: after(guard, steps), guards: [guard] };
    function isOurs({ requested }, { slot, ours }) {
        return slot === actual.served.liveSlot || ours.has(requested);
    }
    function reasonOf(slot, wanted) {
        if (wanted === undefined)
            return 'the config no longer asks for it';
        return slot === actual.served.liveSlot ? 'the slot is no longer live' : 'the slot is idle: a run that was stopped has left it';
    }
}

;// CONCATENATED MODULE: ./src/plan/slots.ts




/**
 * The aliases of both slots of every function, and their permissions. The idle slot's aliases move as late as possible, when all versions
 * are there, and one function after another in the order of their names: of two runs at once the one that gives way does so at the first.
 * @param last what makes sure that the stage is still as it was read
 */
function planSlots(functions, input, last) {
    const moved = [];
    const published = functions.flatMap(({ publish }) => publish ?? []);
    return [...functions].sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1)).flatMap((plan) => {
        const plans = service_names/* slots */.Q0.map((slot) => planSlot(slot, plan, { ...input, order: [...published, ...last, ...moved] }));
        moved.push(...plans.flatMap(({ alias }, index) => (service_names/* slots */.Q0[index] === input.actual.served.idleSlot ? alias.slice(-1) : [])));
        return plans.flatMap(({ alias, permissions, warming }) => [...alias, ...permissions, ...warming]);
    });
}
function planSlot(slot, plan, input) {
    const { service, actual, moves, claims, api, order, warmth } = input;
    const { spec: { name: functionName }, code, publish } = plan;
    const names = { functionName, alias: (0,service_names/* slotAlias */.z)(service.stage, slot) };
    const state = actual.functions.get(functionName)?.state?.slots[slot];
    const isMoving = moves && slot === actual.served.idleSlot;
    // A slot takes the version where there is no stage yet, where it has none, or where it is the idle one and versions change.
    const takesVersion = actual.served.isFirst || state?.version === undefined || isMoving;
    const needs = [...claims, ...(publish === undefined ? [] : [publish]), ...(isMoving ? order : [])];
    const goal = { ...names, code, version: plan.version, actual: state?.alias };
    const moved = takesVersion ? planAlias(goal, needs) : [];
    const cooling = moved.length === 0 ? [] : planCooling({ service, actual, functionName }, slot).map((each) => ({ ...each, needs }));
    const alias = [...cooling, ...moved.map((each) => ({ ...each, needs: [...each.needs, ...cooling] }))];
    const warming = slot === warmth.slot ? planWarming({ service, actual, warmth, functionName }, alias) : [];
    // What was not looked at serves now.
    if (state !== undefined && state.statements === undefined)
        return { alias, permissions: [], warming };
    const permission = { ...names, stage: service.stage, account: actual.account, apiId: actual.api?.id, statements: state?.statements ?? [] };
    return { alias, permissions: [...planPermission(permission, [...api, ...alias]), ...planPermissionPrune(permission)], warming };
}

;// CONCATENATED MODULE: ./src/plan/moving-slots.ts


/** The slots of a deploy, the claim where runs at once could both write, and the last look at the stage before the idle slot moves. */
function planMovingSlots(functions, { service, actual, standing, moves, warmth, claim, api, after }) {
    const slots = (claims, last) => planSlots(functions, { service, actual, moves, claims, api: api.create, warmth }, last);
    const isContested = functions.some(({ publish }) => publish !== undefined) || slots([], []).some(({ kind }) => kind === 'alias');
    const claims = api.deployment !== undefined || isContested ? [claim] : [];
    // A deployment brings its own look at the stage.
    if (api.deployment !== undefined)
        return { steps: slots(claims, [api.deployment]), claims, looks: [] };
    const looks = moves ? [stageGuard(standing, functions, [...after, ...claims])] : [];
    return { steps: slots(claims, looks), claims, looks };
}

;// CONCATENATED MODULE: ./src/plan/deploy.ts















/** The changes that lead from what is served to what is wanted, without a write: values in, values out. */
function planDeploy(goal, situation) {
    const { service, code } = goal;
    const { actual, copy, servedMethods, callers = new Map() } = situation;
    const codeOf = (name) => known(code.get(name), `the code of ${name}`);
    const join = planStageJoin(service, actual.stage);
    const claim = claimGuard(actual, () => [...api.create, ...join]);
    const functions = planFunctions(service, actual, { codeOf, callers, claim });
    const release = releaseOfDeploy(goal, actual, { functions, isJoining: callers.size > 0 });
    const { next, handover, course } = release;
    // What is taken over goes live as it was found.
    const own = service.functions.filter(({ name }) => !callers.has(name));
    const warmth = configuredWarmth({ ...service, functions: own }, actual, handover);
    const back = planTakingBack(course, service);
    // What the looks expect to find: a canary that is in the way is off by then.
    const standing = back.length === 0 ? actual : withoutCanary(actual);
    const idle = handover.moves && course.standing === undefined ? [idleSlotGuard(actual, back)] : [];
    const after = [...back, ...idle];
    const doubtful = doubtfulCreates(actual, functions);
    const api = planApi(service, { actual: standing, next, copy, servedMethods, doubtful, claim, after });
    const slots = planMovingSlots(functions, { service, actual, standing, moves: handover.moves, warmth, claim, api, after });
    const end = planEnd(release, { ...situation, service, standing, warmth });
    const steps = [
        ...join,
        ...back,
        ...planLogsRole(service, actual),
        ...functions.flatMap((each) => each.steps),
        ...slots.steps,
        ...api.steps,
        ...planAccessLogGroups(service, actual, api.create),
        ...end.steps,
        ...planLostApis(actual.lostApis ?? []),
    ];
    const rested = handover.moves ? restedGuards(actual, functions) : [];
    const guards = [...slots.claims, ...idle, ...slots.looks, ...rested, ...end.guards];
    return { steps, guards, next, handover, course, smoke: end.smoke };
}
/** What comes once all is prepared: the release goes live, its smoke tests judge it, and what it replaces goes. */
function planEnd({ next, handover, course, judged }, { service, actual, standing, former, warmth }) {
    const live = planLive({ next, handover, service, actual: standing }, course);
    const smoke = planSmoke({ service: judged, actual, next, handover });
    if (isHeld(course)) {
        // Over HTTP most requests would not reach a canary; and what it does not replace yet, nothing may take away.
        const looks = smoke.guards.filter(({ phase }) => phase !== 'verify');
        return { steps: live.steps, guards: [...live.guards, ...looks], smoke: smoke.report };
    }
    const prune = planPrune({ service, actual, next, handover, former });
    const plans = [live, smoke, prune, planProvisionedPrune({ service, actual, warmth, isNew: handover.isNew })];
    return { steps: plans.flatMap(({ steps }) => steps), guards: plans.flatMap(({ guards }) => guards), smoke: smoke.report };
}
function withoutCanary(actual) {
    const { stage, served } = actual;
    return { ...actual, stage: stage && { ...stage, canarySettings: undefined }, served: { ...served, canary: undefined } };
}
/** The creations that Lambda may refuse, because nobody could look at the role that the config names. */
function doubtfulCreates(actual, functions) {
    const isDoubtful = ({ spec: { name, role } }) => role.kind === 'given' && actual.functions.get(name)?.givenRole?.createdAt === undefined;
    return functions.filter(isDoubtful).flatMap(({ create }) => create ?? []);
}

;// CONCATENATED MODULE: ./src/resources/api/foreign-edits.ts





/**
 * Edits of others that no stage of theirs serves yet. CreateDeployment freezes the whole working copy, so it would publish them on our
 * stage. What bears the mark of any service of this action is not looked at: it leads where its own service sees to.
 * @param stages those that are not ours
 * @returns names of methods, each with what is not deployed of it
 */
async function readForeignEdits(aws, restApiId, { stages, tree }) {
    if (stages.length === 0)
        return [];
    const snapshots = await Promise.all(stages.map((stage) => readSnapshot(aws, restApiId, stage)));
    const standing = treeMethods(tree);
    const edits = standing.filter(({ actual }) => !isMarked(actual.operationName)).flatMap((each) => {
        const name = methodName(each);
        const served = snapshots.filter(({ summary }) => summary.has(name));
        if (served.length === 0)
            return [`${name} is new`];
        const { authorizationType = 'NONE', apiKeyRequired = false, methodIntegration } = each.actual;
        const isServed = served.some(({ summary, methods }) => {
            const method = summary.get(name);
            const isSame = (method?.authorizationType ?? 'NONE') === authorizationType && (method?.apiKeyRequired ?? false) === apiKeyRequired;
            return isSame && (methods === undefined || methods.get(name) === functionNameOf(methodIntegration?.uri));
        });
        return isServed ? [] : [`${name} is changed`];
    });
    const names = new Set(standing.map(methodName));
    const everywhere = [...(snapshots[0]?.summary.keys() ?? [])].filter((name) => snapshots.every(({ summary }) => summary.has(name)));
    return [...edits, ...everywhere.filter((name) => !names.has(name)).map((name) => `${name} is gone`)];
}
/** @throws UserError unless there are none */
function refuseForeignEdits(edits, apiId) {
    if (edits.length === 0)
        return;
    throw new src_errors/* UserError */.yo({
        what: `API ${apiId} holds edits of others that nobody has deployed: ${edits.join(', ')}.`,
        why: 'A deployment freezes the whole API, so this stage would serve them.',
        cure: 'Let whoever made them deploy them to a stage, or give the input `allow-foreign-changes: true`.',
        docs: 'ownership.md#join-an-api',
    });
}
/** The methods of a deployment (GetDeployment, `embed`), and their integrations (GetExport of the stage). */
async function readSnapshot(aws, restApiId, stage) {
    const [methods, { apiSummary = {} }] = await Promise.all([
        readServedMethods(aws, restApiId, stage),
        aws.api(new dist_cjs/* GetDeploymentCommand */.Tvn({ restApiId, deploymentId: stage.deploymentId, embed: ['apisummary'] })),
    ]);
    const entries = Object.entries(apiSummary).flatMap(([path, all]) => Object.entries(all).map(([method, snapshot]) => [methodName({ method, path }), snapshot]));
    return { methods, summary: new Map(entries) };
}

;// CONCATENATED MODULE: ./src/resources/lambda/callers.ts




const callerActions = (/* unused pure expression or super */ null && (['lambda:GetPolicy', 'lambda:ListEventSourceMappings', 'lambda:GetFunctionUrlConfig']));
/**
 * Who calls a function without an alias, or by one that leads to $LATEST, such as Claudia's `latest`, in words that a list takes: they get
 * what stands in $LATEST. Whoever is allowed to by an identity policy alone is not known.
 */
async function readCallers(aws, { name: FunctionName, aliases }) {
    const latest = aliases.flatMap(({ Name, FunctionVersion }) => (FunctionVersion === '$LATEST' && Name !== undefined ? [Name] : []));
    const [mappings, ...callers] = await Promise.all([
        allPages(async (Marker) => {
            const { EventSourceMappings, NextMarker } = await aws.lambda(new client_lambda_dist_cjs/* ListEventSourceMappingsCommand */.Cb$({ FunctionName, Marker }));
            return { items: EventSourceMappings, next: NextMarker };
        }),
        ...[undefined, ...latest].map((qualifier) => readCallersOf(aws, FunctionName, qualifier)),
    ]);
    // A list by the function's name may have the mappings of its aliases, too.
    const ends = ['', ...latest.map((alias) => `:${alias}`)].map((end) => `:function:${FunctionName}${end}`);
    const own = mappings.filter(({ FunctionArn = '' }) => ends.some((end) => FunctionArn.endsWith(end)));
    return [...callers.flat(), ...own.map(({ UUID, EventSourceArn }) => `event source ${EventSourceArn ?? UUID}`)];
}
async function readCallersOf(aws, FunctionName, Qualifier) {
    const [statements, url] = await Promise.all([
        readStatements(aws, FunctionName, Qualifier),
        (0,refusal/* orUndefined */.y0)(aws.lambda(new client_lambda_dist_cjs/* GetFunctionUrlConfigCommand */.Hcc({ FunctionName, Qualifier }))),
    ]);
    const by = Qualifier === undefined ? '' : ` by alias ${Qualifier}`;
    const urls = url?.FunctionUrl === undefined ? [] : [`function URL ${url.FunctionUrl}`];
    return [...statements.map(statementText), ...urls].map((each) => each + by);
}
/** `API a1b2c3, prod/GET/hello (statement 5d7e…)`, or whoever else a statement lets in. */
function statementText({ Sid, Principal, Condition }) {
    const source = Object.values((Condition ?? {}))
        .flatMap((members) => Object.entries(members))
        .find(([key]) => key.toLowerCase() === 'aws:sourcearn')?.[1];
    const [, api, rest] = /:execute-api:[^:]*:[^:]*:([^/]+)\/(.*)$/.exec(source ?? '') ?? [];
    const who = api === undefined ? source ?? principalText(Principal) : `API ${api}, ${rest}`;
    return `${who} (statement ${Sid})`;
}
function principalText(principal) {
    if (typeof principal !== 'object' || principal === null)
        return String(principal);
    return Object.values(principal).flat().join(', ');
}

;// CONCATENATED MODULE: ./src/resources/lambda/role-of.ts




const roleOfActions = (/* unused pure expression or super */ null && (['lambda:GetFunctionConfiguration']));
/**
 * Functions of a preview with the role of the function that they are a preview of, where the config names none: whoever opens a pull
 * request gets no new role.
 * @throws DiagnosticsError for those that have nobody to take it from
 */
async function withRoles(aws, functions) {
    return (0,diagnostics/* allOrFindings */.LY)(functions.map(async (spec) => (spec.roleOf === undefined ? spec : takeRole(aws, spec, spec.roleOf))));
}
async function takeRole(aws, spec, FunctionName) {
    const found = await (0,refusal/* orUndefined */.y0)(aws.lambda(new client_lambda_dist_cjs/* GetFunctionConfigurationCommand */.qA6({ FunctionName })));
    if (found?.Role !== undefined)
        return { ...spec, role: { kind: 'given', arn: found.Role } };
    throw new src_errors/* UserError */.yo({
        what: `There is no function ${FunctionName} whose role its preview ${spec.name} could take.`,
        why: 'A preview runs with the execution role of the function that it is a preview of, unless the config names one.',
        cure: `Deploy ${FunctionName} first, or write \`role\`: the ARN of one, or \`create\`, which makes one for each pull request.`,
        docs: 'previews.md#role',
    });
}

;// CONCATENATED MODULE: ./src/resources/stack-warning.ts
/**
 * What the user is told of a thing that a CloudFormation stack has made, as those of Serverless, SAM and CDK are. CloudFormation puts this
 * tag on what it makes (user guide, "Resource tag"), and nobody else can: keys that begin with `aws:` are AWS's own.
 */
function stackWarning(thing, tags) {
    const stack = tags?.['aws:cloudformation:stack-name'];
    if (stack === undefined)
        return undefined;
    return (`The ${thing} belongs to the CloudFormation stack ${stack}: its next deploy writes it back, and deleting the stack deletes it. ` +
        'Take it out of the stack first (DeletionPolicy: Retain), or begin beside it; docs/moving.md tells how.');
}

;// CONCATENATED MODULE: ./src/commands/order.ts

/**
 * Refuses to put a commit live that is an ancestor of the live one: most often a workflow of some time ago that was run again. Where GitHub
 * does not say how the two stand, that is a warning.
 * @throws UserError
 */
async function refuseOlder(run, { served }) {
    const { service: { name, stage, commit }, options: { allowOlder }, commits, progress } = run;
    const live = served.record[0]?.commit ?? '';
    if (allowOlder || commit === undefined || live === '' || commit.startsWith(live))
        return;
    const order = await commits.order(commit, live);
    const ours = commit.slice(0, 7);
    if (order === 'not older')
        return;
    if (order !== 'older') {
        progress.warning(`Whether commit ${ours} is older than the live one, ${live}, is not known: ${order.unknown}. It is deployed.`);
        return;
    }
    throw new src_errors/* UserError */.yo({
        what: `Commit ${ours} is older than ${live}, which is live as release ${served.record[0]?.number} of ${name} on ${stage}.`,
        why: 'Most often a workflow of some time ago was run again: it would undo what has been deployed since.',
        cure: `To go back to an earlier release give \`command: rollback\` (and \`to: ${ours}\`); ` +
            'to deploy this commit anew give `allow-older: true`.',
        docs: 'releases.md#older-commits',
    });
}

;// CONCATENATED MODULE: ./src/commands/code.ts








/** The digest of each function's inputs, in the functions' order. */
async function digestCode(run) {
    return (0,diagnostics/* allOrFindings */.LY)(run.service.functions.map((spec) => (0,diagnostics/* findingsAt */.Gn)(placeOf(spec), (0,src_package/* digestInputs */.yS)(spec.code, packageOptions(run, spec)))));
}
/** The code of each function: the live version's where its inputs are the same, else a package that is built now. */
async function codeOf(run, actual, { digests, built: before }) {
    const packages = new Map();
    const builds = new dist/* default */.Ay({ concurrency: heavyJobs });
    const entries = run.service.functions.map((spec, index) => (0,diagnostics/* findingsAt */.Gn)(placeOf(spec), entryOf(spec, digests[index])));
    return { code: new Map(await (0,diagnostics/* allOrFindings */.LY)(entries)), packages };
    async function entryOf(spec, digest) {
        if (digest === undefined)
            throw new Error(`no digest for ${spec.name}`);
        const own = actual.functions.get(spec.name);
        const options = { ...packageOptions(run, spec), layerBytes: layerBytesOf(spec, own) };
        const inputs = await builds.add(() => (0,src_package/* resolveInputs */.eL)(spec.code, digest, options));
        const known = codeByDigest(actual, spec, inputs);
        if (known !== undefined && !uploads({ spec, code: known, roleArn: roleArnOf(spec, own) }, own))
            return [spec.name, known];
        const build = () => run.progress.group(`Package ${spec.name}`, () => (0,src_package/* buildPackage */.PN)(spec.code, inputs, options));
        const built = before?.get(spec.name) ?? (await builds.add(build));
        if ((0,src_package/* needsBucket */.Kq)(built.size) && spec.s3Bucket === undefined)
            throw new src_errors/* UserError */.yo((0,src_package/* bucketMissing */.d6)(spec.name, built));
        packages.set(spec.name, built);
        return [spec.name, { sha256: built.sha256, inputDigest: built.inputDigest, path: built.path, size: built.size }];
    }
}
/** The live version's code where the live alias says that it came from just these inputs. */
function codeByDigest({ functions, served }, { name }, inputs) {
    const mark = parseCodeMark(functions.get(name)?.state?.slots[served.liveSlot].alias?.Description);
    const isSame = inputs.pinned && mark?.inputDigest === inputs.digest && mark.sha256 === served.versions.get(name)?.CodeSha256;
    return isSame ? mark : undefined;
}
/** Where the config speaks of the function's code. */
function placeOf({ code: { places } }) {
    return places.source ?? places.package ?? places.handler ?? places.runtime;
}
/** The zipped size of the function's layers, as far as a version that has them already says it. */
function layerBytesOf({ settings }, actual) {
    const state = actual?.state;
    const layers = state === undefined ? [] : [state.latest, ...state.versions].flatMap((each) => each.Layers ?? []);
    return settings.layers.reduce((sum, arn) => sum + (layers.find((layer) => layer.Arn === arn)?.CodeSize ?? 0), 0);
}
function packageOptions({ sources, cacheDir, workDir, progress, env, secrets }, spec) {
    return { functionName: spec.name, layers: spec.settings.layers, sources, cacheDir, workDir, progress, env, secrets };
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./src/release/stage-release.ts









/**
 * What another stage serves to all its callers.
 * @throws UserError where it serves nothing, or nothing that is decided yet, or functions that the config does not describe
 */
function releaseOn(from, service, actual) {
    const seen = asSeenFrom(from, actual);
    if (seen === undefined)
        throw noStage(from, actual);
    const release = decidedRelease(from, seen);
    const names = service.functions.map(({ name }) => name);
    refuseOtherFunctions(from, release, names);
    const { versions, weighted } = seen.served;
    if (isTorn(seen) || weighted.size > 0) {
        throw stage_release_refusal(from, release, {
            what: `serves versions that its record does not tell: somebody has moved an alias of ${from.stage} by hand.`,
            cure: `Deploy ${from.stage} again, and then promote.`,
        });
    }
    const code = new Map(names.map((name) => [name, stage_release_codeOf(known(versions.get(name), `the version of ${name}`), name, seen)]));
    return { from, release, versions, code };
}
/** The live release, where all callers of the stage get it and its smoke tests have passed. */
function decidedRelease(from, { served }) {
    const { record: [release], digest, canary } = served;
    if (release === undefined || digest === undefined) {
        throw new src_errors/* UserError */.yo({
            what: `Stage ${from.stage} of ${from.name} serves no release of its record, so nothing can be promoted from it.`,
            why: release === undefined ? 'Its record is empty.' : 'Somebody has put another deployment on it.',
            cure: `Deploy ${from.stage} first.`, docs: stage_release_docs,
        });
    }
    if (canary?.kind === 'ours') {
        throw new src_errors/* UserError */.yo({
            what: `${canaryWords(from, canary)}: which of the two releases is to be promoted is not decided.`,
            cure: `Run \`command: promote\` or \`command: rollback\` for \`stage: ${from.stage}\` first.`, docs: stage_release_docs,
        });
    }
    if (canary !== undefined) {
        throw stage_release_refusal(from, release, {
            what: `has a canary beside it that this service did not make (${canary.percent} % of the requests).`,
            cure: `End it on ${from.stage} first, or deploy this stage from the commit.`,
        });
    }
    if (isLiveUnverified({ served })) {
        throw stage_release_refusal(from, release, {
            what: 'is not verified: the run that put it live was stopped before its smoke tests had passed there.',
            cure: `Deploy ${from.stage} again: that asks them once more. Then promote.`,
        });
    }
    return release;
}
/** The config says how each function is set up here, so it must describe just those that the release is made of. */
function refuseOtherFunctions(from, release, described) {
    const names = namesIn(release, described);
    if (names?.length === described.length)
        return;
    const commit = release.commit === '' ? 'the commit that it was deployed from' : `commit ${release.commit}`;
    const more = names === undefined ? [] : described.filter((name) => !names.includes(name));
    throw stage_release_refusal(from, release, {
        what: names === undefined
            ? `is made of functions of which the config does not describe all: it has ${release.versions.length}.`
            : `has no code for ${more.join(', ')}, which the config describes.`,
        cure: `Check out ${commit}, so that the config fits the release; or deploy ${from.stage} first.`,
    });
}
/**
 * Makes sure that packages fit the functions that are to run them here: what was installed for one runtime or processor runs on no other.
 * @throws UserError, or SeveralErrors where several do not fit
 */
function refuseUnfit({ functions }, { from, release, versions }) {
    const errors = functions.flatMap(({ name, code }) => {
        const version = known(versions.get(name), `the version of ${name}`);
        const pairs = [['runtime', version.Runtime, code.runtime], ['architecture', architectureOf(version), code.architecture]];
        return pairs.flatMap(([word, built, wanted]) => (wanted === undefined || built === wanted ? [] : [stage_release_refusal(from, release, {
                what: `has a package of ${name} that was made for ${built}; the config says \`${word}: ${wanted}\` for this stage.`,
                why: 'A promotion takes the package as it is, byte for byte.',
                cure: `Give both stages the same ${word}, or deploy this stage from the commit, which makes a package of its own.`,
            })]));
    });
    if (errors[0] !== undefined)
        throw errors.length === 1 ? errors[0] : new src_errors/* SeveralErrors */.AJ(errors);
}
/** The code of a version, with the digest of its inputs where the alias tells it. */
function stage_release_codeOf(version, name, { functions, served }) {
    const { CodeSha256: sha256 = '', CodeSize: size } = version;
    const mark = parseCodeMark(functions.get(name)?.state?.slots[served.liveSlot].alias?.Description);
    const inputDigest = mark?.sha256 === sha256 ? mark.inputDigest : 'unknown';
    return size === undefined ? { sha256, inputDigest } : { sha256, inputDigest, size };
}
function stage_release_refusal({ name, stage }, { number }, { what, ...rest }) {
    return new src_errors/* UserError */.yo({ what: `Release ${number} of ${name} on ${stage} ${what}`, ...rest, docs: stage_release_docs });
}
function noStage({ name, stage }, { api, otherStages }) {
    const others = otherStages.map(({ stageName }) => stageName).join(', ');
    return new src_errors/* UserError */.yo({
        what: `There is no stage ${stage} of ${name}, so nothing can be promoted from it.`,
        why: api === undefined ? `No API of this account and Region bears the tags of the service ${name}.`
            : `Its API ${api.id} has ${others === '' ? 'no other stage' : `besides this one ${others}`}.`,
        cure: 'Check the inputs `from-stage`, `service` and `aws-region`. A stage of another account or Region gets the same by a deploy of the ' +
            'same commit: the zip comes out the same, byte for byte.',
        docs: stage_release_docs,
    });
}
const stage_release_docs = 'releases.md#promote-from-another-stage';

;// CONCATENATED MODULE: ./src/resources/lambda/download.ts






/** How often a download is tried. */
const download_attempts = 3;
/**
 * Writes the package of a published version to a file, byte for byte as it was uploaded. GetFunction gives a URL for it that is valid for
 * ten minutes (Lambda API reference, GetFunction), so each attempt asks for one of its own.
 * @returns its size in bytes
 * @throws UserError where it cannot be downloaded
 */
async function downloadPackage(aws, version, path) {
    const { FunctionName, Qualifier } = { FunctionName: known(version.FunctionName, 'the function'), Qualifier: version.Version };
    for (let attempt = 1;; attempt++) {
        const { Code } = await aws.lambda(new client_lambda_dist_cjs/* GetFunctionCommand */.YF5({ FunctionName, Qualifier }));
        try {
            const bytes = await aws.download(known(Code?.Location, `the URL of the package of ${FunctionName}`));
            const sha256 = (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('base64');
            if (sha256 !== version.CodeSha256)
                throw new Error(`its SHA-256 is ${sha256} in place of ${version.CodeSha256}`);
            await (0,promises_.writeFile)(path, bytes);
            return bytes.length;
        }
        catch (error) {
            if (error instanceof cancellation/* Cancelled */.cJ)
                throw error;
            if (attempt === download_attempts)
                throw notDownloaded(`${FunctionName}:${Qualifier}`, error);
            await (0,cancellation/* pause */.v7)(1_000 * attempt);
        }
    }
}
function notDownloaded(name, error) {
    return new src_errors/* UserError */.yo({
        what: `The package of ${name} could not be downloaded from Lambda.`,
        why: error instanceof Error ? error.message : String(error),
        cure: 'Lambda gives it out by a URL of S3: let the runner reach that, and run this again; or deploy this stage from the commit.',
        docs: 'releases.md#promote-from-another-stage',
    });
}

// EXTERNAL MODULE: ./src/service/smoke/match.ts
var smoke_match = __webpack_require__(492);
;// CONCATENATED MODULE: ./src/commands/stage-source.ts













/** Another stage's live release: its packages, byte for byte, and its routes; the configuration is this stage's. */
function stageSource(run, fromStage) {
    return async (described, actual) => {
        const source = releaseOn({ ...described, stage: fromStage }, described, actual);
        refuseUnfit(described, source);
        const { release: { number, commit } } = source;
        const service = withRoutes(run, described, await routesOf(run, { described, actual, source }));
        const code = await run.stopwatch.time('packages', () => packagesOf(run, { service, actual, source }));
        const { commit: _own, ...rest } = service;
        return { service: commit === '' ? rest : { ...rest, commit }, code, packages: new Map(), origin: { stage: fromStage, number } };
    };
}
/**
 * The routes that the other stage serves: those of the config, where its digest says so, else as API Gateway exports them. The digest
 * also tells where they would not be the whole of what is served there.
 * @throws UserError
 */
async function routesOf({ aws }, { described, actual: { api }, source: { from, release } }) {
    if (definitionDigest(described) === release.digest)
        return described.api.routes;
    const routes = await readServedRoutes(aws, known(api?.id, 'the API'), from);
    if (routes !== undefined && definitionDigest(withApiRoutes(described, routes)) === release.digest)
        return routes;
    throw new src_errors/* UserError */.yo({
        what: `The API that stage ${from.stage} of ${from.name} serves is not the one that the config describes.`,
        why: routes === undefined
            ? 'API Gateway does not export its routes.'
            : 'More differs than routes: settings of the API that all stages share, or what a route has besides its function.',
        cure: `Deploy ${from.stage} with this config first, or check out ` +
            `${release.commit === '' ? 'the commit of its release' : `commit ${release.commit}`}; then promote.`,
        docs: 'releases.md#promote-from-another-stage',
    });
}
const withApiRoutes = (service, routes) => ({ ...service, api: { ...service.api, routes } });
/** The service with other routes. A smoke test that none of them answers is left out, and told. */
function withRoutes({ progress }, service, routes) {
    if (routes === service.api.routes)
        return service;
    const smokeTests = service.release.smokeTests.flatMap((test) => {
        const { method, path } = test.request;
        const match = (0,smoke_match/* routeOf */.L)(method, path, routes);
        if (match === undefined)
            progress.warning(`The smoke test ${test.line} is not asked: the release has no route that answers it.`);
        return match === undefined ? [] : [{ ...test, ...match }];
    });
    return { ...withApiRoutes(service, routes), release: { ...service.release, smokeTests } };
}
/** The code of each function, with its package where Lambda must be given it once more. */
async function packagesOf(run, { service, actual, source }) {
    const queue = new dist/* default */.Ay({ concurrency: heavyJobs });
    const entries = service.functions.map(async (spec) => {
        const code = known(source.code.get(spec.name), `the code of ${spec.name}`);
        const own = actual.functions.get(spec.name);
        // A version or $LATEST has it already: it is the same function.
        if (!uploads({ spec, code, roleArn: roleArnOf(spec, own) }, own))
            return [spec.name, code];
        return [spec.name, (await queue.add(() => downloaded(run, { spec, code, source }))) ?? code];
    });
    return new Map(await Promise.all(entries));
}
async function downloaded({ aws, workDir, progress }, { spec, code, source }) {
    const version = known(source.versions.get(spec.name), `the version of ${spec.name}`);
    const path = (0,external_node_path_.join)(workDir, `${spec.name}.zip`);
    const size = await downloadPackage(aws, version, path);
    progress.info(`Took the package of ${spec.name} from its version ${version.Version}: ${size} bytes.`);
    if ((0,src_package/* needsBucket */.Kq)(size) && spec.s3Bucket === undefined)
        throw new src_errors/* UserError */.yo((0,src_package/* bucketMissing */.d6)(spec.name, { size, largest: [] }));
    return { ...code, path, size };
}

;// CONCATENATED MODULE: ./src/commands/source.ts


/**
 * The stage that the run names, or the config and what lies in the workspace, which are digested from now on.
 * @param built packages that this run has built already
 */
function sourceOf(run, built) {
    const { options: { fromStage }, stopwatch } = run;
    if (fromStage !== undefined)
        return stageSource(run, fromStage);
    const digests = stopwatch.time('digest the inputs', () => digestCode(run));
    digests.catch(() => undefined); // Reported below, behind what the reading of AWS says.
    return (service, actual) => stopwatch.time('build', async () => {
        return { service, ...(await codeOf({ ...run, service }, actual, { digests: await digests, built })) };
    });
}

;// CONCATENATED MODULE: ./src/commands/prepare.ts





















/**
 * Reads AWS, learns what the release is made of, and plans. Writes nothing to AWS.
 * @param before what has been carried out of it in this run already
 */
async function prepare(run, before) {
    const { options, aws, progress, stopwatch } = run;
    const source = sourceOf(run, before?.packages);
    const wanted = { ...run.service, functions: await withRoles(aws, run.service.functions) };
    const actual = await stopwatch.time('read AWS', () => readConsistently(aws, wanted, options));
    const found = withFound(wanted, actual);
    const joining = joiningFunctions(found, actual);
    warnOfStacks(run, actual, joining);
    const { accessLog } = found;
    const warning = hasLogGroup(accessLog) ? accountRoleWarning(accessLog.cloudwatchRole, actual.accountRole) : undefined;
    if (warning !== undefined)
        progress.warning(warning);
    (0,cancellation/* refuseCancelled */.qM)();
    const { service, code, packages, origin } = await source(found, actual);
    const goal = { service, digest: definitionDigest(service) };
    const [copy, servedMethods, former, callers] = await Promise.all([
        needsWorkingCopy(goal, actual) ? readCopy(aws, actual) : undefined,
        definitionDiffers(goal, actual) ? readServed(aws, actual) : undefined,
        mayHaveFormer(goal, actual) ? readFormerFunctions(aws, service, formerSearch(goal, actual)) : [],
        Promise.all(joining.map(async (state) => [state.name, await readCallers(aws, state)])),
    ]);
    (0,cancellation/* refuseCancelled */.qM)();
    await refuseUndeployed(run, actual, copy);
    const plan = planDeploy({ ...goal, code, origin }, { actual, copy, servedMethods, former, callers: new Map(callers) });
    if (plan.handover.isNew) {
        if (!options.force)
            refuseHeld(plan.next, actual.served.record, service);
        await refuseOlder({ ...run, service }, actual);
    }
    // A name that is not there is told before anything is written.
    await readAlarms(aws, plan.course.canary?.alarms ?? []);
    return { ...plan, joins: joining.length > 0, service, actual, ids: idsOf(service, actual), code, packages };
}
/** On an API that is joined a deployment would publish what others have edited and not deployed. */
async function refuseUndeployed(run, actual, copy) {
    const { aws, options } = run;
    const { api } = actual;
    if (api?.id === undefined || isOwnApi(api) || copy === undefined || options.allowForeignChanges)
        return;
    const { stage, otherStages } = actual;
    const theirs = otherStages.filter(({ tags }) => tags?.[managedBy.key] !== managedBy.value);
    const stages = [...theirs, ...(isJoiningStage(run.service, stage) ? [stage ?? {}] : [])];
    refuseForeignEdits(await readForeignEdits(aws, api.id, { stages, tree: copy.methods }), api.id);
}
/** Where things are taken over that a stack goes on owning. */
function warnOfStacks({ progress }, { api, served }, joining) {
    const functions = joining.map(({ name, tags }) => stackWarning(`function ${name}`, tags));
    const apis = api === undefined || isOwnApi(api) || !served.isFirst ? [] : [stackWarning(`API ${api.id}`, api.tags)];
    for (const warning of [...functions, ...apis])
        if (warning !== undefined)
            progress.warning(warning);
}

// EXTERNAL MODULE: ./src/github/index.ts + 37 modules
var src_github = __webpack_require__(5674);
;// CONCATENATED MODULE: ./src/commands/releases.ts


/** The releases that a stage remembers now, a canary first, then the live one; and the number of the one before that. */
function releasesOf({ actual, next, handover, ids }) {
    const isLive = ids.wentLiveAt !== undefined;
    const went = isLive && next !== undefined && handover?.isNew === true ? { next, handover } : undefined;
    const releases = [...(went === undefined ? [] : [newRelease(went)]), ...(went?.handover.kept ?? actual.served.record).map(kept)];
    const live = releases.map((each, index) => (index === 0 ? { ...each, state: 'live' } : each));
    const tried = canaryNow();
    const all = tried === undefined ? live : [{ ...kept(tried.release), state: 'canary' }, ...live];
    return (0,defined/* defined */.s)({ releases: all, previousRelease: live[1]?.number });
    /** The canary that stands at the end of the run. */
    function canaryNow() {
        const { canary } = actual.served;
        if (isLive || ids.canaryEndedAt !== undefined)
            return undefined;
        return ids.canary?.canary ?? (canary?.kind === 'ours' ? canary : undefined);
    }
    function newRelease(went) {
        const versions = [...went.next.versions].map(([name, version]) => ({ name, version: version ?? ids.versions.get(name) ?? '' }));
        const wentLiveAt = Math.ceil((ids.wentLiveAt ?? 0) / 1000);
        return { number: went.handover.number, commit: went.next.commit, wentLiveAt, state: 'live', versions };
    }
    function kept(release) {
        const { number, commit, wentLiveAt, isHeld } = release;
        return { number, commit, wentLiveAt, state: isHeld === true ? 'held' : 'kept', versions: versionsOf(release) };
    }
    /** Without names where a function of it is gone. */
    function versionsOf(release) {
        const names = namesIn(release, [...new Set([...actual.functions.keys(), ...(next?.versions.keys() ?? [])])]);
        const versions = names === undefined ? undefined : versionsIn(release, names);
        return versions === undefined ? [] : [...versions].map(([name, version]) => ({ name, version }));
    }
}

;// CONCATENATED MODULE: ./src/commands/result.ts







/** What a deploy, or its plan, ended with. */
function deployResult(run, preparation, { command, done, before = [] }) {
    const { aws, env, stopwatch } = run;
    const { service, actual, ids: { apiId, deploymentId }, steps } = preparation;
    const { region, dnsSuffix } = aws;
    const isCanary = isHeld(preparation.course);
    const url = apiId === undefined ? undefined : invokeUrl({ apiId, stage: service.stage, region, dnsSuffix, env });
    return (0,defined/* defined */.s)({
        command,
        service: service.name,
        stage: service.stage,
        account: actual.account,
        repositoryUrl: (0,src_github/* repositoryUrl */.Ek)(env, service.repository),
        commit: service.commit,
        changed: done.length > 0,
        invokeUrl: url,
        apiId,
        deploymentId: (isCanary ? undefined : deploymentId) ?? actual.stage?.deploymentId,
        ...releaseNumbers(preparation, command),
        ...releasesOf(preparation),
        smokeTests: preparation.smoke.results,
        accessLogGroup: hasLogGroup(service.accessLog) && apiId !== undefined ? accessLogGroup(service, apiId) : undefined,
        functions: service.functions.map((spec) => functionResult(preparation, spec)),
        routes: service.api.routes.map(({ method, path, functionName }) => (0,defined/* defined */.s)({ method, path, function: functionName, url: url === undefined ? undefined : url + path })),
        plan: [...before, ...steps].map(withoutApply),
        timings: stopwatch.timings,
        notes: [],
    });
}
/** A plan changes nothing, and a canary is not live yet: what is live stays, and what would come has a number of its own. */
function releaseNumbers({ actual, handover, course }, command) {
    const live = actual.served.record[0]?.number;
    const isPlan = command === 'plan';
    const releaseState = (isPlan ? actual.served.canary !== undefined : isHeld(course)) ? 'canary' : 'live';
    if (!isPlan && !isHeld(course))
        return { release: handover.number, releaseState };
    return (0,defined/* defined */.s)({
        release: live, nextRelease: handover.number === live ? undefined : handover.number,
        releaseState: isPlan && live === undefined ? undefined : releaseState,
    });
}
function functionResult({ actual, next, ids, code, packages, course }, { name }) {
    const state = actual.functions.get(name)?.state;
    const live = actual.served.versions.get(name)?.Version;
    const version = isHeld(course) ? live : (next.versions.get(name) ?? ids.versions.get(name));
    const built = packages.get(name);
    return (0,defined/* defined */.s)({
        name,
        arn: state?.arn ?? functionArn(actual.account, name),
        version,
        previousVersion: live === version ? undefined : live,
        packagePath: built?.path,
        packageSha256: code.get(name)?.sha256,
        packageSize: built?.size ?? state?.versions.find((each) => each.Version === version)?.CodeSize,
    });
}
/** A step as a value: what it is, without how it is done. */
function withoutApply({ id, kind, name, action, phase, reason, fields, count, leftover }) {
    return (0,defined/* defined */.s)({ id, kind, name, action, phase, reason, fields, count, leftover });
}

;// CONCATENATED MODULE: ./src/commands/deploy.ts





/**
 * Leads a stage to what the config asks for, or to what another stage serves. Nothing changed means nothing written. Functions that are
 * taken over go live as they are first, and what is new goes live after that.
 */
async function deploy_deploy(run) {
    const { options: { command } } = run;
    try {
        return await untilWhole(run, async (done) => {
            const preparation = await prepare(run);
            done.push(...(await carryOut(run, preparation)));
            if (!preparation.joins)
                return deployResult(run, preparation, { command, done });
            const rest = await prepare(run, preparation);
            done.push(...(await carryOut(run, rest)));
            return deployResult(run, rest, { command, done, before: preparation.steps });
        });
    }
    catch (error) {
        const { cause, done } = src_errors/* Interrupted */.j$.from(error);
        throw new src_errors/* Interrupted */.j$(done, placed(cause, run.service.functions));
    }
}

;// CONCATENATED MODULE: ./src/plan/api-give-back.ts


/** What goes of an API that was joined: our methods, with the resources that they leave empty, and the tags that tell runs apart. */
function planApiGiveBack(service, { api, account }, copy) {
    if (api === undefined || copy === undefined)
        return [];
    const methods = planMethodsGone(service, account, copy).map((each) => ({ ...each, phase: 'prune' }));
    return [...methods, ...planClaimRemoval(account, api, methods)];
}

;// CONCATENATED MODULE: ./src/resources/api/stage-give-back.ts















/**
 * Puts a stage that was taken over back to what it served and to the settings that it had, in one UpdateStage. Its tags tell until the end
 * that it is to be given back.
 * @throws UserError where nothing stands that it could serve without us
 */
function planStageReturn(service, stage, deployments) {
    const target = returnTarget(service, stage, deployments);
    const patch = patchBack(service, stage, target);
    if (patch.length === 0)
        return [];
    return [step({
            id: 'stage', kind: 'stage', name: service.stage, action: 'update', phase: 'go live',
            reason: 'serves again what it served before this service, with the settings that it had; it stays',
            fields: stage.deploymentId === target ? [] : [{ field: 'deployment', from: stage.deploymentId ?? '', to: target }],
            apply: async (context) => {
                const now = await readStage(context.aws, known(context.ids.apiId, 'the API'), service.stage);
                await updateStage(context, patchBack(service, now, target));
                context.ids.wentLiveAt = Date.now();
            },
        })];
}
/** Takes our tags off a stage that was given back: the last step, because by them the next run finds what a stopped one has left. */
function planStageUntag({ stage: stageName }, needs) {
    return step({
        id: 'stage/given-back', kind: 'stage tags', name: stageName, action: 'delete', phase: 'prune', needs,
        reason: 'the stage was there before this service',
        apply: async ({ aws, account, ids }) => {
            const apiId = known(ids.apiId, 'the API');
            const tags = (await (0,refusal/* orUndefined */.y0)(readStage(aws, apiId, stageName)))?.tags ?? {};
            const { set, gone } = withoutOurs(tags, Object.keys(tags).filter((key) => !isFormerTag(key) && stage_give_back_isOwnTag(key)));
            const resourceArn = stageArn(account, { apiId, stage: stageName });
            if (Object.keys(set).length > 0)
                await aws.api(new dist_cjs/* TagResourceCommand */.eqU({ resourceArn, tags: { ...set } }));
            if (gone.length > 0)
                await aws.api(new dist_cjs/* UntagResourceCommand */.RP$({ resourceArn, tagKeys: [...gone] }));
        },
    });
}
function stage_give_back_isOwnTag(key) {
    return [managedBy.key, serviceTag, repositoryTag, joinedTag].includes(key) || isClaimTag(key);
}
/** What the stage is to serve: what was found, or what others have put there since. */
function returnTarget(service, stage, deployments) {
    const found = foundDeployment(service, stage);
    const live = deployments.find(({ id }) => id === stage.deploymentId);
    const theirs = live?.id !== undefined && !isOwnDeployment(live) ? live.id : undefined;
    const target = deployments.some(({ id }) => id === found) ? found : theirs;
    if (target !== undefined)
        return target;
    throw new src_errors/* UserError */.yo({
        what: `Stage ${service.stage} cannot be given back: deployment ${found}, which it served before this service, is gone.`,
        why: 'Without it nothing is left that the stage could serve, because the routes of this service go.',
        cure: 'Deploy the API to that stage once (in the console: Deploy API), which puts a deployment of yours there; then run `destroy` again. ' +
            'Or delete the stage.',
        docs: 'ownership.md#join-an-api',
    });
}
/** Deployment, canary, variables and settings that differ from what was found. */
function patchBack(service, stage, target) {
    const { variables = {} } = stage;
    const alias = (0,service_names/* aliasVariable */.lb)(service.name);
    const own = [
        ...(variables[alias] === undefined ? [] : [alias]),
        ...recordVariables(service.name, variables),
        ...memoryNames(service.name, variables),
    ];
    return [
        ...(stage.deploymentId === target ? [] : [{ op: 'replace', path: '/deploymentId', value: target }]),
        ...(canaryOf(service, stage)?.kind === 'ours' ? [{ op: 'remove', path: '/canarySettings' }] : []),
        ...returnPatch(stage, foundSettings(service, stage)),
        ...own.map((name) => ({ op: 'remove', path: `/variables/${name}` })),
    ];
}

;// CONCATENATED MODULE: ./src/plan/stage-end.ts




/** Plans how the stage ends. */
function planStageEnd(service, { api, stage, deployments }) {
    if (api?.id === undefined || stage === undefined)
        return { first: [], rest: undefined, last: () => [] };
    if (!isJoinedStage(stage))
        return { first: [planStageDelete(api.id, service.stage)], rest: undefined, last: () => [] };
    const first = planStageReturn(service, stage, deployments);
    // A run that was stopped behind this step may have done it a moment ago.
    const since = first.length > 0 ? undefined : (stage.lastUpdatedDate?.getTime() ?? 0) / 1000;
    return { first, rest: disuseGuard('unused', since), last: (rest) => [planStageUntag(service, rest)] };
}

;// CONCATENATED MODULE: ./src/plan/left.ts





/** What of others hangs on a function, in words that a list takes; where it is anything, the function stays. */
function holdersOf(service, state, others) {
    // On an API that is joined, stages of others have no variable that leads our routes to a function.
    const { api } = others.actual;
    const stages = (api === undefined || isOwnApi(api)) && foreignStages(service, others.actual).length > 0;
    // A stage of others serves a snapshot of our routes, whichever functions they lead to.
    const isCalled = stages || others.definition.some(({ functionName }) => functionName === state.name);
    return [
        ...foreignAliases(service, state).map((name) => `alias ${name}`),
        ...(isCalled ? ['routes or stages of others'] : []),
        ...allUsers(others.users.get(state.name)),
    ];
}
/** The slots of the stage that others call, with who does: they stay, and with them the versions that they name. */
function heldSlots(service, { name, aliases }, { actual, users }) {
    const slots = [...ownSlots(service)].filter((slot) => aliases.some(({ Name }) => Name === slot));
    const held = slots.map((slot) => {
        const stages = foreignStages(service, actual).filter((stage) => variablesOf(stage).includes(slot));
        return [slot, [...stages.map(({ stageName }) => `stage ${stageName}`), ...(users.get(name)?.aliases.get(slot) ?? [])]];
    });
    return new Map(held.filter(([, who]) => who.length > 0));
}
/** Stages of the API without our tags. */
function foreignStages(service, { otherStages }) {
    return otherStages.filter((stage) => ownership(stage.tags, service) !== 'ours');
}
/** The aliases of the stage's two slots. */
function ownSlots({ stage }) {
    return new Set([(0,service_names/* slotAlias */.z)(stage, 'a'), (0,service_names/* slotAlias */.z)(stage, 'b')]);
}
/** A stage's variables, and those that its canary has in their place. */
function variablesOf({ variables, canarySettings }) {
    return [...Object.values(variables ?? {}), ...Object.values(canarySettings?.stageVariableOverrides ?? {})];
}
/** Aliases that are neither this stage's slots nor bear our mark: the slots of our other stages bear it, also when the stage is gone. */
function foreignAliases(service, { aliases }) {
    const foreign = aliases.filter(({ Name = '', Description }) => !ownSlots(service).has(Name) && parseCodeMark(Description) === undefined);
    return foreign.map(({ Name = '' }) => Name);
}

;// CONCATENATED MODULE: ./src/plan/destroy.ts























/** Whether no other stage of ours is left, so that API, functions and roles go as well. */
function isLastStage(service, { otherStages }) {
    return !otherStages.some((stage) => ownership(stage.tags, service) === 'ours');
}
/** Removes one stage; with the last one all that was made for the service. Log groups stay unless they are asked for. */
function planDestroy(service, remains) {
    const { actual, copy, users } = remains;
    const others = { actual, users, definition: copy === undefined ? [] : foreignInDefinition(service, copy) };
    const states = [...actual.functions.values()].flatMap(({ state }) => state ?? []);
    const isLast = isLastStage(service, actual);
    const going = isLast ? states.filter((state) => !isJoined(state) && holdersOf(service, state, others).length === 0) : [];
    const staying = states.filter((state) => !going.includes(state));
    // A stage of others may serve a snapshot of routes that lead to functions which the config no longer describes.
    const goes = ({ users: callers, joined }) => callers.length === 0 && joined === undefined;
    const former = foreignStages(service, actual).length > 0 ? [] : remains.former.filter(goes);
    const logs = planLogs(remains, [...going, ...former]);
    const end = planStageEnd(service, actual);
    const last = isLast ? planLast(service, remains, { others, states, going, logs: logs.steps }) : { steps: [], notes: [] };
    const remnants = planStageRemains(service, actual, { states: [...staying, ...remains.besides], others });
    const givenBack = (isLast ? staying.filter(isJoined) : []).flatMap((state) => planGiveBack(state, remnants.steps));
    const removals = [...logs.steps, ...last.steps, ...remnants.steps, ...givenBack, ...planLostApis(actual.lostApis ?? [])];
    const steps = end.rest === undefined ? removals : after(end.rest, removals);
    return {
        steps: [...end.first, ...steps, ...end.last(steps)],
        guards: end.rest === undefined || steps.length === 0 ? [] : [end.rest],
        notes: [...logs.notes, ...last.notes, ...remnants.notes],
    };
}
/** The stage's own log, and those of functions that go with it. */
function planLogs({ actual, deleteLogs }, going) {
    const groups = [...accessLogGroups(actual), ...going.map(service_names/* functionLogGroup */.uy)];
    if (deleteLogs)
        return { steps: groups.map(planLogGroupDelete), notes: [] };
    return { steps: [], notes: groups.length === 0 ? [] : [`Log groups stay: ${groups.join(', ')}. \`delete-logs: true\` removes them.`] };
}
/** Those of the access log, but for what is somebody else's, and what another stage writes to. */
function accessLogGroups({ accessLogGroup, formerLogGroups = [], otherStages }) {
    const shared = otherStages.flatMap((stage) => {
        const group = groupOfArn(stage.accessLogSettings?.destinationArn);
        return group === undefined ? [] : [group, canaryGroup(group)];
    });
    const groups = accessLogGroup === undefined ? formerLogGroups : [accessLogGroup, ...formerLogGroups];
    return groups.filter(({ ours, name }) => ours && !shared.includes(name)).map(({ name }) => name);
}
const notOurs = 'what this service did not make';
/** What goes with the last stage: the API, the functions and their roles, as far as nothing of others hangs on them. */
function planLast(service, { actual, copy, former }, { others, states, going, logs }) {
    const isOurs = actual.api === undefined || isOwnApi(actual.api);
    const stages = isOurs ? foreignStages(service, actual) : [];
    const foreign = !isOurs ? [] : [...others.definition.map(({ name }) => name), ...stages.map(({ stageName }) => `stage ${stageName}`)];
    const kept = states.filter((state) => !going.includes(state) && !isJoined(state));
    const own = actual.api !== undefined && foreign.length === 0 ? [planRestApiDelete(actual.api, logs)] : [];
    const api = actual.api === undefined || isOurs ? own : planApiGiveBack(service, actual, copy);
    // The logs go first: the next run finds a log group by its function.
    const functions = going.map(({ name }) => ({ ...planFunctionDelete(name), needs: logs }));
    // A stage of others may serve a snapshot of routes that lead to them.
    const formerSteps = stages.length > 0 ? [] : former.flatMap((each) => planFormerDelete(each, 'its last stage is gone', logs));
    const joined = states.filter(isJoined);
    const roles = planRoles(actual, { kept: [...kept, ...joined], deletions: functions });
    return {
        steps: [...api, ...functions, ...roles, ...formerSteps],
        notes: [
            ...(isOurs ? [] : [`API ${actual.api?.id} stays: it was there before this service.`]),
            ...(foreign.length > 0 ? [`API ${actual.api?.id} stays, because it holds ${notOurs}: ${foreign.join(', ')}.`] : []),
            ...joined.map(({ name }) => `Function ${name} is given back: it was there before, and stays with its code.`),
            ...kept.map((state) => staysNote(`Function ${state.name}`, holdersOf(service, state, others))),
            ...former.flatMap(({ name, users }) => (users.length === 0 ? [] : [staysNote(`Function ${name}`, users)])),
        ],
    };
}
function staysNote(thing, holders) {
    return `${thing} stays, because ${notOurs} hangs on it: ${holders.join(', ')}.`;
}
/** The roles of functions that go, and of those that are gone already. */
function planRoles({ functions }, { kept, deletions }) {
    const going = [...functions.values()].filter(({ state }) => state === undefined || !kept.includes(state));
    const former = going.map(({ name, formerRole }) => ({ name, role: formerRole?.state }));
    return [...going, ...former].flatMap(({ name, role }) => {
        const needs = deletions.filter((each) => each.name === name);
        return role === undefined ? [] : [planExecutionRoleDelete(role, needs)];
    });
}
/** What a stage leaves behind on what stays: its slots, the versions that only it needed, and its deployments. */
function planStageRemains(service, actual, { states, others }) {
    const names = states.map(({ name }) => name);
    const plans = states.map((state) => {
        const held = heldSlots(service, state, others);
        const freed = new Set([...ownSlots(service)].filter((slot) => !held.has(slot)));
        const users = { freed, moving: new Set(), records: otherRecords(service, actual), names };
        const own = state.aliases.flatMap(({ Name = '' }) => (freed.has(Name) ? [Name] : [])).sort();
        const aliases = own.map((alias) => planAliasDelete(state.name, alias));
        const needed = new Set([...neededVersions(state, users), ...(others.users.get(state.name)?.versions ?? [])]);
        const versions = planVersionPrune(state, needed).map((each) => ({ ...each, needs: aliases }));
        const isRemembered = rememberedProvisioned(state.tags, service.stage) !== undefined;
        const forget = isRemembered ? [planProvisionedForget(state.name, service.stage, aliases)] : [];
        return {
            steps: [...aliases, ...versions, ...forget],
            notes: [...held].map(([slot, who]) => staysNote(`Alias ${state.name}:${slot}`, who)),
        };
    });
    const isApiGoing = isLastStage(service, actual) && (actual.api === undefined || isOwnApi(actual.api));
    const deployments = isApiGoing ? [] : actual.deployments;
    const needed = neededDeployments({ ...actual, stage: undefined }, [], undefined);
    return {
        steps: [...plans.flatMap(({ steps }) => steps), ...planDeploymentPrune(service, deployments, needed)],
        notes: plans.flatMap(({ notes }) => notes),
    };
}

;// CONCATENATED MODULE: ./src/resources/api/usage-plan.ts



/**
 * Refuses to take away a stage that a usage plan names, before anything is gone: API Gateway keeps an API whose stage is in a plan (API
 * reference, DeleteRestApi: ConflictException; serverless#4006), and whoever made the plan still counts on it.
 * @throws UserError
 */
async function refuseUsagePlan(aws, at) {
    const names = ({ apiStages = [] }) => apiStages.some(({ apiId, stage }) => apiId === at.apiId && stage === at.stage);
    const plan = (await readPlans(aws)).find(names);
    if (plan === undefined)
        return;
    throw new src_errors/* UserError */.yo({
        what: `Stage ${at.stage} of API ${at.apiId} stays, because usage plan ${plan.id} (${plan.name}) names it.`,
        why: 'This service did not make the plan, and AWS deletes no API whose stage is in one.',
        cure: `Take the stage out of it: aws apigateway update-usage-plan --usage-plan-id ${plan.id} ` +
            `--patch-operations op=remove,path=/apiStages,value=${at.apiId}:${at.stage}. Then run the job again.`,
        docs: 'ownership.md#destroy',
    });
}
async function readPlans(aws) {
    return allPages(async (position) => {
        const page = await aws.api(new dist_cjs/* GetUsagePlansCommand */.Np2({ limit: 500, position }));
        return { items: page.items, next: page.position };
    });
}

;// CONCATENATED MODULE: ./src/commands/destroy.ts












/** Removes a stage, and with the last one everything that was made for the service, except logs. */
async function destroy(run) {
    const { service, options: { allowedAccountIds, deleteLogs }, aws, progress, stopwatch } = run;
    const actual = await stopwatch.time('read AWS', () => readActual(aws, service, { allowedAccountIds, isDestroy: true }));
    const described = new Set(actual.functions.keys());
    const states = [...actual.functions.values()].flatMap(({ state }) => state ?? []);
    const isLast = isLastStage(service, actual);
    const isGoing = actual.stage !== undefined && !isJoinedStage(actual.stage);
    const stage = actual.api?.id === undefined || !isGoing ? undefined : { apiId: actual.api.id, stage: service.stage };
    const [copy, undescribed] = await Promise.all([
        isLast ? readCopy(aws, actual) : undefined,
        readFormerFunctions(aws, service, { described, everywhere: true }),
        stage === undefined ? undefined : refuseUsagePlan(aws, stage),
    ]);
    // The stage has its slots on these, too, whether the config of this run knows them or not.
    const readings = isLast ? [] : undescribed.map(({ name }) => readFunction(aws, name, service));
    const besides = (await Promise.all(readings)).flatMap((each) => each ?? []);
    const users = await readUsers(aws, [...states, ...besides]);
    const { steps, guards, notes } = planDestroy(service, { actual, copy, former: isLast ? undescribed : [], besides, users, deleteLogs });
    await showPlan(run, steps);
    const claim = newClaim(run.env, service, actual);
    const context = applyContext(run, { service, account: actual.account, ids: idsOf(service, actual), claim });
    const done = await progress.group('Apply', () => stopwatch.time('apply', () => applyPlan([...steps, ...guards], context)));
    await removeLateGroups(aws, done.filter(({ kind }) => kind === 'log group').map(({ name }) => name));
    return {
        command: 'destroy', service: service.name, stage: service.stage, account: actual.account, changed: done.length > 0, notes,
        functions: [], routes: [], plan: steps.map(withoutApply), timings: stopwatch.timings,
    };
}

;// CONCATENATED MODULE: ./src/commands/offline.ts




const withoutCredentials = 'This run has no AWS credentials: GitHub gives none to pull requests from forks and of Dependabot.';
/**
 * What can be done without AWS: the config is checked, each package is built and looked at, the routes are told. A pull request of a
 * stranger gets an answer, and no failure that its author cannot cure.
 */
async function planOffline(run) {
    const { service, stopwatch } = run;
    const digests = await stopwatch.time('digest the inputs', () => digestCode(run));
    const nothing = { functions: new Map(), served: servedBy(service, undefined, new Map()) };
    const { code, packages } = await stopwatch.time('build', () => codeOf(run, nothing, { digests }));
    const functions = service.functions.map(({ name }) => {
        const built = packages.get(name);
        return (0,defined/* defined */.s)({ name, packagePath: built?.path, packageSha256: code.get(name)?.sha256, packageSize: built?.size });
    });
    const routes = service.api.routes.map(({ method, path, functionName }) => ({ method, path, function: functionName }));
    return ended(run, { functions, routes, note: `${withoutCredentials} Config, packages and routes are sound; AWS was not asked.` });
}
/** A preview that was deployed by somebody else's push goes with the next sweep. */
async function leaveToSweep(run) {
    return ended(run, { functions: [], routes: [], note: `${withoutCredentials} If there is a preview, \`command: sweep\` removes it.` });
}
function ended(run, { note, ...rest }) {
    const { service, options, env, stopwatch, progress } = run;
    progress.notice(note);
    return (0,defined/* defined */.s)({
        ...rest, command: options.command === 'destroy' ? 'destroy' : 'plan', service: service.name, stage: service.stage,
        commit: service.commit, repositoryUrl: (0,src_github/* repositoryUrl */.Ek)(env, service.repository),
        changed: false, plan: [], timings: stopwatch.timings, notes: [note],
    });
}

;// CONCATENATED MODULE: ./src/plan/after-join.ts







/**
 * What a deploy does after functions are taken over: it gives them what is new. For a plan alone, which writes nothing, so that what will
 * stand by then is made up.
 */
function planAfterJoin(service, { actual, handover, codeOf }) {
    const names = joiningFunctions(service, actual).map(({ name }) => name);
    const functions = new Map([...actual.functions].map(([name, each]) => [name, names.includes(name) ? joined(service, each) : each]));
    const later = { ...actual, functions, served: { ...actual.served, versions: new Map() } };
    const all = planFunctions(service, later, { codeOf, callers: new Map(), claim: claimGuard(actual, () => []) });
    const plans = all.filter(({ spec }) => names.includes(spec.name));
    const news = plans.filter(({ publish }) => publish !== undefined);
    const steps = plans.flatMap((each) => each.steps);
    return [...steps, ...(news.length === 0 ? [] : [after_join_goLive(service, handover, news.map(({ spec }) => spec.name))])]
        .map((each) => ({ ...each, id: `then/${each.id}` }));
}
function after_join_goLive({ name: service, stage }, { slot }, names) {
    const other = slot === 'a' ? 'b' : 'a';
    return step({
        id: 'stage', kind: 'stage', name: stage, action: 'update', phase: 'go live', reason: `then what is new in ${service} goes live`,
        fields: [
            { field: 'slot', from: (0,service_names/* slotAlias */.z)(stage, slot), to: (0,service_names/* slotAlias */.z)(stage, other) },
            ...names.map((name) => ({ field: name, from: 'as found', to: 'version (new)' })),
        ],
        apply: async () => undefined,
    });
}
/** A function as it stands once it is taken over. */
function joined(service, own) {
    const { state } = own;
    if (state === undefined || isJoined(state))
        return own;
    const found = { ...state.latest, Version: '0', Description: markedDescription(state.latest.Description) };
    const after = {
        ...state,
        tags: { ...state.tags, ...ownTags(service), [joinedTag]: '0' },
        versions: [...state.versions, found],
    };
    return { ...own, state: after };
}

;// CONCATENATED MODULE: ./src/commands/plan.ts





/** Shows the changes that `deploy` would make, and makes none. */
async function plan(run) {
    const preparation = await prepare(run);
    const { actual, handover, code, service, joins } = preparation;
    const codeOf = (name) => known(code.get(name), `the code of ${name}`);
    const then = joins ? planAfterJoin(service, { actual, handover, codeOf }) : [];
    const steps = [...preparation.steps, ...then];
    await showPlan(run, steps, preparation.smoke.results);
    const changes = steps.filter((step) => step.action !== 'keep');
    return deployResult(run, { ...preparation, steps }, { command: 'plan', done: changes });
}

;// CONCATENATED MODULE: ./src/resources/iam/preview-roles.ts



const previewRoleActions = (/* unused pure expression or super */ null && (['iam:ListRoles']));
/** The roles of this Region whose names are those of previews, with their tags, which ListRoles does not show (IAM API reference). */
async function readPreviewRoles(aws, number) {
    const { ListRolesCommand } = await __webpack_require__.e(/* import() */ 764).then(__webpack_require__.t.bind(__webpack_require__, 6764, 19));
    const roles = await allPages(async (Marker) => {
        const page = await aws.iam(new ListRolesCommand({ Marker, MaxItems: 1000 }));
        return { items: page.Roles, next: page.Marker };
    });
    const end = `-${aws.region}`;
    const names = roles.map(({ RoleName = '' }) => RoleName).filter((name) => {
        const found = name.endsWith(end) ? (0,service_names/* previewNumberIn */.lW)(name.slice(0, -end.length)) : undefined;
        return found !== undefined && (number === undefined || found === number);
    });
    return (await Promise.all(names.map((name) => readRole(aws, name)))).flatMap((each) => each ?? []);
}

// EXTERNAL MODULE: ./src/service/preview.ts
var service_preview = __webpack_require__(1591);
;// CONCATENATED MODULE: ./src/actual/previews.ts








/** Finds them by our tags, in the order of their pull requests; names only tell which tags are worth a look. */
async function findPreviews(aws, search) {
    const isMeant = (name) => {
        const number = (0,service_names/* previewNumberIn */.lW)(name);
        return number !== undefined && (search.number === undefined || number === search.number);
    };
    const [apis, functions, groups, roles] = await Promise.all([
        listRestApis(aws),
        readFunctionsNamed(aws, isMeant),
        readGroupsNamed(aws, '-pr-', (name) => isMeant(serviceIn(name))),
        readPreviewRoles(aws, search.number),
    ]);
    const found = new Map();
    for (const api of apis)
        add(api.tags, (each) => ({ ...each, apis: [...each.apis, api] }));
    for (const { name, tags } of functions)
        add(tags, (each) => ({ ...each, functions: [...each.functions, name] }));
    for (const { name, tags } of groups)
        add(tags, (each) => ({ ...each, logGroups: [...each.logGroups, name] }));
    for (const role of roles)
        add(role.tags, (each) => ({ ...each, roles: [...each.roles, role] }));
    return [...found.values()].sort((a, b) => a.id.preview - b.id.preview || (a.id.name < b.id.name ? -1 : 1));
    function add(tags, more) {
        const id = idIn(tags, search);
        if (id === undefined)
            return;
        found.set(id.name, more(found.get(id.name) ?? { id, apis: [], functions: [], logGroups: [], roles: [] }));
    }
}
async function readFunctionsNamed(aws, isMeant) {
    const names = (await functionNames(aws)).filter(isMeant);
    return Promise.all(names.map(async (name) => ({ name, tags: await readFunctionTags(aws, name) })));
}
/** `/aws/lambda/shop-pr-7` and `/aws/apigateway/shop-pr-7-a1b2c3/preview`: the name that ends in the number. */
function serviceIn(group) {
    return group.replace(/^\/aws\/(lambda|apigateway)\//, '').replace(/-[a-z0-9]+\/[^/]+(\/Canary)?$/, '');
}
/** Whose a thing is, where it is one of those that are looked for. */
function idIn(tags = {}, { repository, number, service }) {
    const name = tags[serviceTag] ?? '';
    const preview = Number(tags[previewTag]);
    const isOurs = tags[managedBy.key] === managedBy.value && tags[repositoryTag] === repository && name !== '';
    // A tag that somebody has changed by hand names no preview.
    if (!isOurs || !Number.isSafeInteger(preview) || preview !== (0,service_names/* previewNumberIn */.lW)(name))
        return undefined;
    if (number !== undefined && number !== preview)
        return undefined;
    if (service !== undefined && (0,service_names/* previewNames */.JY)(preview).service(service) !== name)
        return undefined;
    return { name, stage: service_preview/* previewStage */.vM, repository, preview };
}
/** When a preview was last deployed, in milliseconds since the epoch, as far as its API tells; undefined where it has none. */
async function lastDeployOf(aws, { apis }) {
    const stages = (await Promise.all(apis.map(({ id }) => readStages(aws, id ?? '')))).flat();
    const moments = [...stages.map(({ lastUpdatedDate }) => lastUpdatedDate), ...apis.map(({ createdDate }) => createdDate)];
    const known = moments.flatMap((each) => each?.getTime() ?? []);
    return known.length === 0 ? undefined : Math.max(...known);
}

;// CONCATENATED MODULE: ./src/resources/s3/preview-packages.ts




const preview_packages_sdk = () => __webpack_require__.e(/* import() */ 711).then(__webpack_require__.t.bind(__webpack_require__, 3711, 19));
/**
 * The deletions of what a preview has uploaded into the bucket that we make; none where there is no such bucket, or where the credentials
 * may not look into it: then they could not have uploaded anything, either.
 */
async function planPreviewPackages(aws, service, account) {
    const { ListObjectsV2Command } = await preview_packages_sdk();
    const Bucket = (0,service_names/* packageBucket */.NI)(account);
    const owner = { ExpectedBucketOwner: account.accountId };
    try {
        const objects = await allPages(async (ContinuationToken) => {
            const where = { Bucket, Prefix: `lambda-api-deploy/${service.name}/`, ...owner };
            const page = await aws.s3(new ListObjectsV2Command({ ...where, ContinuationToken }));
            return { items: page.Contents, next: page.NextContinuationToken };
        });
        return objects.map(({ Key = '' }) => planDelete(Bucket, Key, account));
    }
    catch (error) {
        if ((0,refusal/* isRefusal */.vu)(error, 'NoSuchBucket') || (error instanceof refusal/* AwsRefusal */.iT && [403, 404].includes(error.status ?? 0)))
            return [];
        throw error;
    }
}
function planDelete(Bucket, Key, { accountId }) {
    return step({
        id: `package/${Key}`, kind: 'package upload', name: `s3://${Bucket}/${Key}`, action: 'delete', phase: 'prune',
        reason: 'its preview is gone',
        apply: async ({ aws }) => {
            const { DeleteObjectCommand } = await preview_packages_sdk();
            await aws.s3(new DeleteObjectCommand({ Bucket, Key, ExpectedBucketOwner: accountId }));
        },
    });
}

;// CONCATENATED MODULE: ./src/commands/remove-preview.ts












/**
 * Plans to take away all that stands of a preview, with its logs. It needs no config: what belongs to it stands in its tags, and a run that
 * was killed may have made any part of it.
 */
async function planRemoval(run, { id, apis, logGroups, roles }) {
    const { aws, options: { allowedAccountIds } } = run;
    const service = (0,service_preview/* bareService */.Wg)(id);
    const actual = await readActual(aws, service, { allowedAccountIds, isDestroy: true });
    const apiId = actual.stage === undefined ? undefined : actual.api?.id;
    const [copy, former, packages] = await Promise.all([
        readCopy(aws, actual),
        readFormerFunctions(aws, id, { described: new Set(), everywhere: false }),
        planPreviewPackages(aws, id, actual.account),
        apiId === undefined ? undefined : refuseUsagePlan(aws, { apiId, stage: id.stage }),
    ]);
    const input = { actual: { ...actual, lostApis: [] }, copy, former, besides: [], users: new Map(), deleteLogs: true };
    const { steps: planned, notes } = planDestroy(id, input);
    const known = new Set(planned.map((each) => each.id));
    const rest = [
        ...logGroups.map(planLogGroupDelete),
        ...roles.map((role) => planExecutionRoleDelete(role, [])),
        ...planLostApis(apis.filter((api) => api.id !== actual.api?.id)),
        ...packages,
    ];
    const steps = [...planned, ...rest.filter((each) => !known.has(each.id))].map(inWords);
    const claim = newClaim(run.env, service, actual);
    const context = applyContext(run, { service: id, account: actual.account, ids: idsOf(service, actual), claim });
    return { account: actual.account, steps, notes, apply: () => applyPlan(steps, context) };
}
/** Everything goes for one reason. */
function inWords(each) {
    return each.action === 'delete' && each.phase === 'prune' ? { ...each, reason: 'its preview is gone' } : each;
}

;// CONCATENATED MODULE: ./src/commands/preview.ts










/**
 * Deploys the preview of a pull request. Closing it wins: its state is read before anything is built, right before the release goes live
 * and at the end, also after a failure, and the preview of one that is closed by then is taken away.
 */
async function deployPreview(run) {
    const closed = `Pull request ${run.options.preview} is closed, so its preview is taken away.`;
    const look = new Look(run);
    const isClosed = () => look.isClosed();
    if (await isClosed())
        return removeAll(run, closed);
    const beforeLive = async () => {
        if (await isClosed())
            throw new Error(closed);
    };
    try {
        const result = await deploy_deploy({ ...run, beforeLive });
        if (!(await isClosed()))
            return result;
    }
    catch (error) {
        if ((0,cancellation/* cancellation */.WN)() !== undefined || !(await isClosed()))
            throw error;
    }
    return removeAll(run, closed);
}
/** Takes the preview away when its pull request is closed; one that is open again by then keeps what another run deploys. */
async function destroyPreview(run) {
    const { preview } = run.options;
    const isOpenAgain = run.pullRequest?.action === 'closed' && (await isOpen(run));
    if (isOpenAgain)
        return preview_ended(run, { done: [], removals: [], notes: [`Pull request ${preview} is open again: its preview stays.`] });
    return removeAll(run);
}
async function isOpen({ github, progress, options: { preview = 0 } }) {
    const answer = await (0,src_github/* readPullRequest */.DQ)(github, preview);
    if (!(0,src_github/* isUnknown */.t8)(answer))
        return answer.isOpen;
    progress.warning(unknownText(preview, answer));
    return false;
}
/** Looks at a pull request more than once: one that was seen closed is not asked for again, and what is not known is told once. */
class Look {
    #run;
    #last;
    constructor(run) {
        this.#run = run;
    }
    async isClosed() {
        const { github, progress, options: { preview = 0 } } = this.#run;
        if (this.#last === 'closed')
            return true;
        const answer = await (0,src_github/* readPullRequest */.DQ)(github, preview);
        const isFirst = this.#last !== 'unknown';
        this.#last = (0,src_github/* isUnknown */.t8)(answer) ? 'unknown' : answer.isOpen ? 'open' : 'closed';
        if ((0,src_github/* isUnknown */.t8)(answer) && isFirst)
            progress.warning(unknownText(preview, answer));
        return this.#last === 'closed';
    }
}
/** What to know where GitHub does not say it. */
function unknownText(preview, { unknown, status }) {
    const cure = status === 403 || status === 404 ? ' Give the job the permission `pull-requests: read`.' : '';
    return `Whether pull request ${preview} is open is not known: ${unknown}.${cure} The run goes on; \`command: sweep\` removes what stays.`;
}
/** Removes the service's preview, or where no config names the service, all previews of the pull request. */
async function removeAll(run, note) {
    const { aws, options: { preview, sweep: { service } }, service: { repository }, stopwatch } = run;
    const found = await stopwatch.time('read AWS', () => findPreviews(aws, (0,defined/* defined */.s)({ repository, number: preview, service })));
    const notes = note === undefined ? [] : [note];
    // A run that was killed may have removed it and told nobody, so the config's own is told in any case.
    const own = run.service.name === '' ? [] : [run.service.name];
    const gone = [...new Set([...own, ...found.map(({ id }) => id.name)])];
    if (found.length === 0) {
        return preview_ended(run, { done: [], removals: [], notes: [...notes, `There is no preview of pull request ${preview}.`], gone });
    }
    const removals = await stopwatch.time('read AWS', () => Promise.all(found.map((each) => planRemoval(run, each))));
    await showPlan(run, removals.flatMap(({ steps }) => steps));
    const done = [];
    for (const removal of removals) {
        try {
            done.push(...(await run.progress.group('Apply', () => stopwatch.time('apply', removal.apply))));
        }
        catch (error) {
            const { cause, done: before } = src_errors/* Interrupted */.j$.from(error);
            throw new src_errors/* Interrupted */.j$([...done, ...before], cause);
        }
    }
    await removeLateGroups(aws, done.filter(({ kind }) => kind === 'log group').map(({ name }) => name));
    return preview_ended(run, { done, removals, notes, gone });
}
function preview_ended({ service, stopwatch, options: { preview: pullRequest = 0 } }, { done, removals, notes, gone }) {
    return (0,defined/* defined */.s)({
        gone: gone?.map((name) => ({ service: name, pullRequest })),
        command: 'destroy', service: service.name, stage: service.stage, account: removals[0]?.account, changed: done.length > 0, functions: [],
        routes: [], plan: removals.flatMap(({ steps }) => steps.map(withoutApply)), timings: stopwatch.timings,
        notes: [...notes, ...removals.flatMap((each) => each.notes)],
    });
}

;// CONCATENATED MODULE: ./src/actual/releases.ts










/**
 * Reads what stands of a stage's releases, with those versions alone that aliases name. The config may say nothing of the functions: then
 * the record, the routes that are served and the functions' names and tags tell which they are.
 * @throws UserError where there is no such stage
 */
async function readReleases(aws, service, allowedAccountIds) {
    const api = await readApiActual(aws, service, 'no logs');
    if (api.stage === undefined)
        throw missing(service, api);
    const states = await readStates(aws, service, api);
    const functions = new Map([...states].map(([name, state]) => [name, { ...nothingAround, name, state }]));
    const existing = [...states.values()].flatMap((state) => state ?? []);
    const account = await readAccount(aws, { service, functions: existing, allowedAccountIds });
    return { account, ...api, functions, served: servedBy(service, api.stage, functions) };
}
/** The same with every version of the functions, for a release that no slot names any more. */
async function withVersions(aws, service, actual) {
    const read = await Promise.all([...actual.functions.values()].map(async (each) => {
        return { ...each, state: each.state === undefined ? undefined : await withAllVersions(aws, each.state) };
    }));
    const functions = new Map(read.map((each) => [each.name, each]));
    return { ...actual, functions, served: servedBy(service, actual.stage, functions) };
}
/** What a rollback does not look at. */
const nothingAround = { role: undefined, formerRole: undefined, givenRole: undefined, logGroup: undefined };
/** The functions by name; undefined for one that a release names and that is gone, or is not ours. */
async function readStates(aws, service, { api, stage = {} }) {
    const record = parseRecord(service.name, stage.variables);
    // The live slot serves, so it may be called; and of the versions most rollbacks need only those that the slots name.
    const scope = { stage: service.stage, versions: 'named', policies: [idleSlotOf(service, stage)] };
    const described = service.functions.map(({ name }) => name);
    const lookups = [
        async () => [...((await readServedMethods(aws, api?.id ?? '', stage))?.values() ?? [])].flatMap((name) => name ?? []),
        () => functionsNamedAlike(aws, service),
    ];
    let names = described;
    const read = new Map();
    for (;;) {
        const told = namesOf(record, names);
        const lookup = told === undefined ? lookups.shift() : undefined;
        if (lookup === undefined) {
            const wanted = told ?? names;
            await readMissing(wanted);
            return new Map(wanted.flatMap((name) => (isShown(name, told) ? [[name, read.get(name)]] : [])));
        }
        // What is not ours would only hide which of the others a release is of.
        const more = (await lookup()).filter((name) => !names.includes(name));
        await readMissing(more, true);
        names = [...new Set([...names, ...more.filter((name) => read.get(name) !== undefined)])];
    }
    /** A function that is only looked up and may not be read is somebody else's. */
    async function readMissing(wanted, isGuess = false) {
        await Promise.all([...new Set(wanted)].filter((name) => !read.has(name)).map(async (name) => {
            const state = await readFunction(aws, name, scope).catch((error) => {
                if (isGuess && (0,refusal/* isRefusal */.vu)(error, 'AccessDeniedException'))
                    return undefined;
                throw error;
            });
            read.set(name, ownership(state?.tags, service) === 'ours' ? state : undefined);
        }));
    }
    function isShown(name, told) {
        return told !== undefined || read.get(name) !== undefined;
    }
}
/** The functions of all releases of a record; undefined where those of one are not among the candidates. */
function namesOf(record, candidates) {
    const sets = record.map((release) => namesIn(release, candidates));
    return sets.includes(undefined) ? undefined : [...new Set(sets.flatMap((names) => names ?? []))].sort();
}
function missing({ name, stage }, { api, otherStages }) {
    const others = otherStages.map(({ stageName }) => stageName).join(', ');
    return new src_errors/* UserError */.yo({
        what: `There is no stage ${stage} of ${name}, so nothing can be rolled back.`,
        why: api === undefined
            ? `No API of this account and Region bears the tags of the service ${name}.`
            : `Its API ${api.id} has ${others === '' ? 'no stage' : `the stages ${others}`}.`,
        cure: 'Check the inputs `service` (or `function-name`), `stage` and `aws-region`.',
        docs: 'releases.md#rollback',
    });
}

;// CONCATENATED MODULE: ./src/release/target.ts


/**
 * The release that a rollback leads to.
 * @param to a release's number, a commit, or `FUNCTION:VERSION`; undefined for the release before the live one. Where a rollback has just
 * been made, that is the live one: a job that is run again after it was killed must not go back one further.
 * @throws UserError where there is no such release, or it cannot be gone back to
 */
function chooseRelease(to, service, actual) {
    const fitting = fittingReleases(to, actual);
    const found = to === undefined ? fitting[0] : (fitting.find((release) => missingOf(release, actual).length === 0) ?? fitting[0]);
    const words = `${service.name} on ${service.stage}`;
    if (found === undefined) {
        const what = to === undefined ? `There is no release of ${words} before the live one.` : `No release "${to}" of ${words} is kept.`;
        throw new src_errors/* UserError */.yo({ what, ...choice(actual), docs: target_docs });
    }
    const missing = missingOf(found, actual);
    if (missing.length === 0)
        return found;
    const what = `Release ${found.number} of ${words} cannot be gone back to: ${missing.join(', ')}.`;
    throw new src_errors/* UserError */.yo({ what, ...choice(actual), docs: target_docs });
}
/** Whether all of the release that a rollback leads to is among what was read, although that may not be all that stands. */
function isAtHand(to, actual) {
    const [first] = fittingReleases(to, actual);
    return first !== undefined && missingOf(first, actual).length === 0;
}
/** Those of the record that are meant, newest first. */
function fittingReleases(to, actual) {
    return to === undefined ? before(actual) : actual.served.record.filter((release) => isNamed(release, to, actual));
}
/** The release as what goes live next. */
function releaseAgain(release, { functions }) {
    const { deploymentId, digest, commit, number } = release;
    const names = namesIn(release, [...functions.keys()]) ?? [];
    return { deploymentId, digest, commit, goesBackTo: number, versions: versionsIn(release, names) ?? new Map() };
}
/** A release of ours that is a canary, as what goes live next. */
function canaryAgain({ release }, actual) {
    const { goesBackTo: _number, ...next } = releaseAgain(release, actual);
    return next;
}
/** What a release lacks for being served again, in words. */
function missingOf(release, { deployments, functions }) {
    const isFrozen = deployments.some(({ id }) => id === release.deploymentId);
    const names = namesIn(release, [...functions.keys()]);
    const versions = names === undefined ? undefined : versionsIn(release, names);
    return [
        ...(isFrozen ? [] : [`its deployment ${release.deploymentId} is gone`]),
        ...(versions === undefined ? ['a function of it is gone, or is no longer ours'] : [...versions].flatMap(([name, version]) => {
            const state = functions.get(name)?.state;
            if (state === undefined)
                return [`function ${name} is gone, or is no longer ours`];
            return state.versions.some((each) => each.Version === version) ? [] : [`version ${version} of ${name} is gone`];
        })),
    ];
}
const target_docs = 'releases.md#rollback';
/** The release before the live one, as a list of one or none. */
function before({ served: { record, digest } }) {
    const [live] = record;
    // Somebody has put another deployment on the stage: the newest release of the record is the one before it.
    if (live === undefined || digest === undefined)
        return record.slice(0, 1);
    const isSound = ({ isUnverified, isHeld }) => isUnverified !== true || isHeld === true;
    const others = record.filter((release) => !isSameContent(release, live) && isSound(release));
    // What a failing release was taken back to may be unverified itself: then the last one that was verified is meant.
    if (live.isUnverified === true)
        return others.filter(({ isHeld }) => isHeld !== true).slice(0, 1);
    if (others[0]?.isHeld === true)
        return [live];
    return others.slice(0, 1);
}
function isNamed(release, to, { functions }) {
    if (String(release.number) === to)
        return true;
    if (/^[0-9a-f]{7,40}$/.test(to) && release.commit !== '' && to.startsWith(release.commit))
        return true;
    const [, name = '', version] = /^([\w-]+):(\d+)$/.exec(to) ?? [];
    const names = version === undefined ? undefined : namesIn(release, [...functions.keys()]);
    return names !== undefined && versionsIn(release, names)?.get(name) === version;
}
/** What can be gone back to. */
function choice(actual) {
    const { record, digest } = actual.served;
    const others = record.slice(digest === undefined ? 0 : 1).filter((release) => missingOf(release, actual).length === 0);
    if (others.length === 0)
        return {
            why: 'No other release is kept, or its functions are not known here.',
            cure: 'Check the repository out before this step, so that its config names the functions; or deploy the commit that is to be live.',
        };
    const isLive = (release) => digest !== undefined && record[0] !== undefined && isSameContent(release, record[0]);
    const example = others.find((release) => release.isHeld !== true && !isLive(release));
    const told = others.map(({ number, commit, isHeld }) => `${number}${commit === '' ? '' : ` (commit ${commit})`}${isHeld === true ? ', held' : ''}`);
    return {
        why: `These can be gone back to: ${told.join('; ')}.`,
        cure: `Give the input \`to\` one of them, such as \`to: ${(example ?? others[0])?.number}\`, or deploy the commit that is to be live.`,
    };
}

;// CONCATENATED MODULE: ./src/release/canary-choice.ts



/**
 * The canary that `promote` gives all requests.
 * @returns undefined where it has them already, so that a job which is run again after it was killed ends well
 * @throws UserError where there is none, or it lacks something
 */
function canaryToPromote(service, actual) {
    const { canary, record } = actual.served;
    const { name, stage } = service;
    if (canary?.kind === 'ours') {
        const missing = missingOf(canary.release, actual);
        if (missing.length === 0)
            return canary;
        const what = `${canaryWords(service, canary)}, and cannot be given all: ${missing.join(', ')}.`;
        throw new src_errors/* UserError */.yo({ what, cure: 'Run `command: rollback` to take it back, and deploy the commit again.', docs: canary_choice_docs });
    }
    const [live] = record;
    const newest = record.reduce((number, release) => Math.max(number, release.number), 0);
    if (canary === undefined && live !== undefined && live.number === newest)
        return undefined;
    const held = record.find(({ number, isHeld }) => number === newest && isHeld === true);
    const why = canary !== undefined
        ? `${canary.percent} % of the requests get deployment ${canary.deploymentId}, which this service did not put there.`
        : held === undefined ? 'No release of it is tried.' : `Release ${held.number} was taken back and is held.`;
    const cure = 'Deploy with `canary-percent` and `bake-time: hold` first; promote ends what that leaves.';
    throw new src_errors/* UserError */.yo({ what: `${name} has no canary on ${stage} that could be promoted.`, why, cure, docs: canary_choice_docs });
}
/**
 * The canary that `rollback` takes back; undefined where it is to lead to a release of the record.
 * @throws UserError where a canary stands and the rollback names another release
 */
function canaryToTakeBack(to, service, { served: { canary } }) {
    if (canary?.kind !== 'ours')
        return undefined;
    if (to === undefined)
        return canary;
    throw new src_errors/* UserError */.yo({
        what: `${canaryWords(service, canary)}: it goes first, before the stage goes back to ${to}.`,
        why: 'The slot that the older release needs is the one that the canary has.',
        cure: `Run \`command: rollback\` without \`to\` to take the canary back, then once more with \`to: ${to}\`.`,
        docs: canary_choice_docs,
    });
}
const canary_choice_docs = 'releases.md#hold';

;// CONCATENATED MODULE: ./src/commands/rollback-result.ts






/** What such a command ended with. */
function standingResult(run, end, done) {
    const { service: { name, stage, repository }, options: { command }, aws, env, stopwatch } = run;
    const { actual, next, handover, ids, ids: { apiId }, steps = [], routes = [], notes } = end;
    const { region, dnsSuffix } = aws;
    const url = apiId === undefined ? undefined : invokeUrl({ apiId, stage, region, dnsSuffix, env });
    return (0,defined/* defined */.s)({
        command,
        service: name,
        stage,
        account: actual.account,
        repositoryUrl: (0,src_github/* repositoryUrl */.Ek)(env, repository),
        changed: done.length > 0,
        invokeUrl: url,
        apiId,
        deploymentId: next?.deploymentId ?? actual.stage?.deploymentId,
        release: handover?.number ?? actual.served.record[0]?.number,
        releaseState: 'live',
        ...releasesOf({ actual, next, handover, ids }),
        functions: functionResults(actual, next),
        routes: routes.map((route) => (0,defined/* defined */.s)({ ...route, url: url === undefined ? undefined : url + route.path })),
        plan: steps.map(withoutApply),
        timings: stopwatch.timings,
        notes,
    });
}
function functionResults({ account, served, functions }, next) {
    const versions = next?.versions ?? new Map([...served.versions].map(([name, { Version }]) => [name, Version]));
    return [...versions].map(([name, version]) => {
        const before = served.versions.get(name)?.Version;
        const built = functions.get(name)?.state?.versions.find((each) => each.Version === version);
        const arn = functionArn(account, name);
        const previousVersion = before === version ? undefined : before;
        return (0,defined/* defined */.s)({ name, arn, version, previousVersion, packageSha256: built?.CodeSha256, packageSize: built?.CodeSize });
    });
}
/** What there is to know after a rollback to a release of the record. */
function rollbackNotes({ actual, next, handover }, done) {
    const [live] = actual.served.record;
    if (done.length > 0) {
        const held = handover.kept.find(({ number, isHeld }) => number === live?.number && isHeld === true);
        return held === undefined ? [] : [
            `Release ${held.number} is held: a deploy of just the same is refused until its code changes or \`force: true\` is given.`,
        ];
    }
    const left = actual.served.record.find(({ isHeld }) => isHeld === true);
    const before = left === undefined ? '' : ` Release ${left.number} was left by a rollback and is held.`;
    const other = next.goesBackTo === live?.number ? '' : `, which is the same as release ${next.goesBackTo}`;
    return [`Release ${live?.number} is live already${other}.${before} To go back further, give \`to\` one of the releases that are kept.`];
}

;// CONCATENATED MODULE: ./src/plan/rollback.ts









/**
 * The changes that put a release on its stage of which all stands already: one of the record, or a canary. The idle slot takes its
 * versions, unless it names them still, and one UpdateStage does the rest. The stage's settings stay, because the config is not known.
 * Nothing is taken away but what costs money while it is not used; the rest is for the next deploy.
 */
function planRollback(service, { actual, next, routes, reason }) {
    const handover = handoverTo(next, service, actual);
    const live = planGoLive({ next, handover, service, actual, scope: 'release', ...(reason === undefined ? {} : { reason }) });
    if (live.action === 'keep') {
        const idle = planIdleProvisioned(service, actual, { isNew: false });
        return { steps: [live, ...idle.steps], guards: idle.guards, handover };
    }
    const users = rollback_usersOf(next, actual);
    const warmth = rememberedWarmth(service, actual, handover);
    const idleName = (0,service_names/* slotAlias */.z)(service.stage, actual.served.idleSlot);
    const slots = (claims, last) => planSlots(users, { service, actual, moves: handover.moves, claims, api: [], warmth }, last);
    const claims = slots([], []).some(({ kind }) => kind === 'alias') ? [claimGuard(actual, () => [])] : [];
    const moves = slots([], []).some(({ kind, action, name }) => kind === 'alias' && action === 'update' && name.endsWith(`:${idleName}`));
    const idle = moves ? [idleSlotGuard(actual)] : [];
    const look = stageGuard(actual, [], [...idle, ...claims]);
    const rested = handover.moves ? restedGuards(actual, users) : [];
    const cooling = planProvisionedPrune({ service, actual, warmth, isNew: handover.isNew });
    return {
        steps: [...slots(claims, [look]), live, ...noticed(routes, live), ...cooling.steps],
        guards: [...claims, ...idle, look, ...rested, ...cooling.guards],
        handover,
    };
}
function rollback_usersOf({ versions }, { functions }) {
    return [...versions].map(([name, version]) => ({
        spec: { name }, version, publish: undefined, code: rollback_codeOf(known(functions.get(name)?.state, `function ${name}`), version),
    }));
}
/** The code of a version, with the digest of its inputs where an alias still tells it; else the next deploy builds the package again. */
function rollback_codeOf({ versions, aliases }, version) {
    const sha256 = versions.find(({ Version }) => Version === version)?.CodeSha256 ?? '';
    const mark = aliases.map(({ Description }) => parseCodeMark(Description)).find((each) => each?.sha256 === sha256);
    return { sha256, inputDigest: mark?.inputDigest ?? 'unknown' };
}
/** What callers notice of the other routes, which the deployment brings. */
function noticed(routes, live) {
    if (routes === undefined)
        return [];
    const entry = (action, reason) => (name) => step({ id: `route/${name}`, kind: 'route', name, action, reason, phase: 'go live', needs: [live], apply: async () => undefined });
    const { before, after } = routes;
    return [
        ...[...before].filter((name) => !after.has(name)).map(entry('delete', 'the release has no such route')),
        ...[...after].filter((name) => !before.has(name)).map(entry('create', 'the release has this route')),
    ];
}

;// CONCATENATED MODULE: ./src/commands/standing-release.ts




/**
 * Puts a release on its stage of which all stands already: one of the record, or a canary.
 * @param done takes what was carried out
 */
async function putLive(run, release, done) {
    const { actual, next } = release;
    const service = keepingAll(run.service, actual);
    const ids = idsOf(service, actual);
    const change = await routeChange(run, actual, next);
    const plan = planRollback(service, { ...release, routes: change });
    done.push(...(await carryOut(run, { ...plan, actual, ids })));
    return { ...plan, actual, next, ids, change };
}
/** How many releases are kept is said by the config, which these commands work without: they take none away. */
function keepingAll(service, { served: { record } }) {
    return { ...service, release: { ...service.release, keepReleases: Math.max(record.length, 1) } };
}
/** What callers notice of other routes; not known where AWS does not show one of the two. */
async function routeChange({ aws }, actual, { deploymentId }) {
    const { api, stage } = actual;
    if (api?.id === undefined || deploymentId === undefined || deploymentId === stage?.deploymentId)
        return undefined;
    const [served, after] = await Promise.all([readServed(aws, actual), readFrozenMethods(aws, api.id, deploymentId)]);
    return served === undefined || after === undefined ? undefined : { before: new Set(served.keys()), after };
}

;// CONCATENATED MODULE: ./src/commands/promote.ts










/** Gives the canary of a stage all requests, by one UpdateStage; or puts on the stage what another one serves. */
async function promote(run) {
    return run.options.fromStage === undefined ? promoteCanary(run) : deploy_deploy(run);
}
async function promoteCanary(run) {
    const { options: { allowedAccountIds }, aws, stopwatch } = run;
    return untilWhole(run, async (done) => {
        const actual = await stopwatch.time('read AWS', async () => {
            return withVersions(aws, run.service, await readReleases(aws, run.service, allowedAccountIds));
        });
        (0,cancellation/* refuseCancelled */.qM)();
        const canary = canaryToPromote(run.service, actual);
        if (canary === undefined) {
            const note = `Release ${actual.served.record[0]?.number} is live, and there is no canary: nothing is to be promoted.`;
            const ids = idsOf(run.service, actual);
            const idle = planIdleProvisioned(run.service, actual, { isNew: false });
            if (idle.steps.length > 0)
                done.push(...(await carryOut(run, { ...idle, actual, ids })));
            return standingResult(run, { steps: idle.steps, actual, ids, notes: [note] }, done);
        }
        const next = canaryAgain(canary, actual);
        const reason = `the canary, release ${canary.release.number}, gets all requests`;
        return standingResult(run, { ...(await putLive(run, { actual, next, reason }, done)), notes: [] }, done);
    });
}

;// CONCATENATED MODULE: ./src/plan/canary-end.ts


/** Takes a canary back: one UpdateStage, after which all requests get what is live, and its release is held. */
function planTakeBack({ stage }, canary, record) {
    return step({
        id: 'canary', kind: 'canary', name: stage, action: 'delete', phase: 'go live',
        reason: `release ${canary.release.number} is taken back, and all requests get release ${record[0]?.number}`,
        apply: (context) => canary_end_takeBack(context, canary, record),
    });
}

;// CONCATENATED MODULE: ./src/commands/rollback-routes.ts





/**
 * The routes of a release that is live: the methods as its deployment holds them, their functions as the stage exports them. A method that
 * leads to no function, such as another tool's, is none of them; one that the export does not show yet stands there without its function.
 * Nothing where AWS does not show them: the release is live all the same.
 */
async function liveRoutes(aws, { actual, deploymentId, frozen }) {
    const { api, stage } = actual;
    if (api?.id === undefined || deploymentId === undefined)
        return [];
    try {
        // A stage that keeps its deployment exports no other.
        const isSame = deploymentId === stage?.deploymentId;
        const [served, methods] = await Promise.all([
            readServed(aws, actual), isSame ? undefined : (frozen ?? readFrozenMethods(aws, api.id, deploymentId)),
        ]);
        const names = [...(methods ?? served?.keys() ?? [])];
        const isRoute = (name) => served?.has(name) !== true || served.get(name) !== undefined;
        const routes = names.filter(isRoute).map((name) => {
            const space = name.indexOf(' ');
            return (0,defined/* defined */.s)({ method: name.slice(0, space), path: name.slice(space + 1), function: served?.get(name) });
        });
        return routes.sort(route_order/* byPathThenMethod */.H);
    }
    catch (error) {
        if (error instanceof refusal/* AwsRefusal */.iT)
            return [];
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/commands/rollback.ts











/** Puts a release of the record back on its stage, code and routes of all functions together; a canary is taken back first. */
async function rollback(run) {
    const { options: { to, allowedAccountIds }, aws, stopwatch } = run;
    return untilWhole(run, async (done) => {
        const actual = await stopwatch.time('read AWS', async () => {
            const read = await readReleases(aws, run.service, allowedAccountIds);
            return isAtHand(to, read) ? read : withVersions(aws, run.service, read);
        });
        (0,cancellation/* refuseCancelled */.qM)();
        const canary = canaryToTakeBack(to, run.service, actual);
        if (canary !== undefined)
            return takeCanaryBack(run, { actual, canary }, done);
        const release = chooseRelease(to, run.service, actual);
        const next = releaseAgain(release, actual);
        const { deploymentId } = next;
        // What is served stays the same where the deployment does, so it is read beside the rest; a failure is the rest's to tell.
        const isSame = deploymentId === actual.stage?.deploymentId;
        const before = isSame ? liveRoutes(aws, { actual, deploymentId }) : undefined;
        before?.catch(() => undefined);
        const live = await putLive(run, { actual, next }, done);
        const routes = await (before ?? liveRoutes(aws, { actual, deploymentId, frozen: live.change?.after }));
        return standingResult(run, { ...live, routes, notes: rollbackNotes(live, done) }, done);
    });
}
async function takeCanaryBack(run, { actual, canary }, done) {
    const idle = planIdleProvisioned(run.service, actual, { isNew: true });
    const steps = [planTakeBack(run.service, canary, actual.served.record), ...idle.steps];
    const ids = idsOf(run.service, actual);
    done.push(...(await carryOut(run, { steps, guards: idle.guards, actual, ids })));
    const { number } = canary.release;
    const note = `Release ${number} was a canary, is taken back and held: a deploy of just the same is refused until its code changes or ` +
        '`force: true` is given.';
    return standingResult(run, { steps, actual, ids, notes: [note] }, done);
}

;// CONCATENATED MODULE: ./src/commands/sweep.ts









/** Milliseconds between two deletions of APIs, which AWS allows an account and Region (developer guide, "Quotas", DeleteRestApi). */
const betweenApis = 30_000;
/**
 * Removes the previews of this repository whose pull requests are closed or whose branches are gone, and those that were deployed too long
 * ago. They go in turn. What cannot be read is left, and told.
 */
async function sweep(run) {
    const { aws, progress, options: { sweep: { service, isDryRun } }, service: { repository }, stopwatch } = run;
    const found = await stopwatch.time('read AWS', () => findPreviews(aws, (0,defined/* defined */.s)({ repository, service })));
    const so = { swept: [], steps: [], done: [], notes: [], failures: [], account: undefined };
    const stale = [];
    for (const each of found) {
        const verdict = await stopwatch.time('ask GitHub', () => judge(run, each));
        if (verdict.state === 'stale')
            stale.push(each);
        else
            so.swept.push(verdict);
    }
    const apis = stale.reduce((sum, each) => sum + each.apis.length, 0);
    if (apis > 1 && !isDryRun) {
        const minutes = Math.ceil(((apis - 1) * betweenApis) / 60_000);
        progress.info(`Removing ${stale.length} previews takes about ${minutes} min: AWS lets an account delete one API in 30 seconds.`);
    }
    for (const each of stale)
        await sweep_remove(run, each, so);
    if (!isDryRun)
        await removeLateGroups(aws, so.done.filter(({ kind }) => kind === 'log group').map(({ name }) => name));
    const [failure] = so.failures;
    if (failure !== undefined)
        throw new src_errors/* Interrupted */.j$(so.done, so.failures.length === 1 ? failure : new src_errors/* SeveralErrors */.AJ(so.failures));
    return resultOf(run, so);
}
/** Looks once more, because waiting for the others takes minutes, and removes one. What fails keeps nobody from removing the rest. */
async function sweep_remove(run, each, so) {
    const { progress, stopwatch, options: { sweep: { isDryRun } } } = run;
    const { id } = each;
    const verdict = await judge(run, each);
    if (verdict.state !== 'stale')
        return void so.swept.push(verdict);
    try {
        const removal = await stopwatch.time('read AWS', () => planRemoval(run, each));
        so.account = removal.account;
        so.notes.push(...removal.notes);
        so.steps.push(...removal.steps.map((one) => ({ ...one, id: `${id.name}/${one.id}` })));
        progress.info(`${isDryRun ? 'Would remove' : 'Removing'} ${id.name}: ${verdict.reason}`);
        await showPlan(run, removal.steps);
        if (!isDryRun)
            so.done.push(...(await progress.group(`Remove ${id.name}`, () => stopwatch.time('apply', removal.apply))));
        so.swept.push({ ...verdict, state: isDryRun ? 'stale' : 'removed' });
    }
    catch (error) {
        const { cause, done } = src_errors/* Interrupted */.j$.from(error);
        so.done.push(...done);
        if ((0,cancellation/* cancellation */.WN)() !== undefined)
            throw new src_errors/* Interrupted */.j$(so.done, cause);
        so.failures.push(cause);
        progress.info(`Not removed: ${id.name}`);
    }
}
/** Whether a preview is one to remove, and why; a draft is in use like any other. */
async function judge(run, standing) {
    const { github, aws, options: { sweep: { maxAge } } } = run;
    const { name, preview, repository } = standing.id;
    const told = (state, reason) => ({ service: name, pullRequest: preview, state, reason });
    const pullRequest = await (0,src_github/* readPullRequest */.DQ)(github, preview);
    if ((0,src_github/* isUnknown */.t8)(pullRequest))
        return told('unknown', pullRequest.unknown);
    if (!pullRequest.isOpen)
        return told('stale', `pull request ${preview} is closed`);
    if (await (0,src_github/* isBranchGone */.Kz)(github, repository, pullRequest))
        return told('stale', `the branch of pull request ${preview} is gone`);
    if (maxAge === undefined)
        return told('kept', `pull request ${preview} is open`);
    const last = await lastDeployOf(aws, standing);
    const days = last === undefined ? undefined : (Date.now() - last) / 86_400_000;
    const isOld = last !== undefined && Date.now() - last > maxAge;
    return isOld ? told('stale', `it was deployed last ${days?.toFixed(1)} days ago`) : told('kept', `pull request ${preview} is open`);
}
function resultOf({ stopwatch, options: { sweep: { isDryRun } } }, { swept, steps, done, notes, account }) {
    const inOrder = [...swept].sort((a, b) => a.pullRequest - b.pullRequest || (a.service < b.service ? -1 : 1));
    return (0,defined/* defined */.s)({
        command: 'sweep', service: '', stage: 'preview', account, changed: (isDryRun ? steps : done).length > 0, functions: [], routes: [],
        plan: steps.map(withoutApply), timings: stopwatch.timings, swept: inOrder,
        gone: inOrder.filter(({ state }) => state === 'removed'),
        notes: isDryRun ? [...notes, 'A dry run: nothing was removed.'] : notes,
    });
}

;// CONCATENATED MODULE: ./src/commands/stopwatch.ts
/** Measures the parts of a run. */
class Stopwatch {
    timings = [];
    async time(part, work) {
        const start = performance.now();
        try {
            return await work();
        }
        finally {
            this.timings.push({ part, seconds: Math.round(performance.now() - start) / 1000 });
        }
    }
}

;// CONCATENATED MODULE: ./src/commands/index.ts









/** Every command by the name that the input `command` gives it. */
const commands = { deploy: deploy_deploy, plan: plan, promote: promote, rollback: rollback, destroy: destroy, sweep: sweep };
/** What runs: a pull request's preview, and a run without credentials, have ways of their own. */
function commandOf({ command, preview, isOffline }) {
    if (isOffline && (preview !== undefined || command === 'plan'))
        return command === 'destroy' ? leaveToSweep : planOffline;
    if (preview !== undefined && command === 'deploy')
        return deployPreview;
    if (preview !== undefined && command === 'destroy')
        return destroyPreview;
    return commands[command];
}


/***/ })

};
