import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** One shape of a public service model (botocore's service-2.json), as far as the front reads it. */
export interface Shape {
  readonly type: 'structure' | 'list' | 'map' | 'string' | 'blob' | 'boolean' | 'integer' | 'long' | 'float' | 'double' | 'timestamp'
  readonly members?: Readonly<Record<string, ShapeRef>>
  readonly required?: readonly string[]
  readonly member?: ShapeRef
  readonly key?: ShapeRef
  readonly value?: ShapeRef
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly min?: number
  readonly max?: number
  readonly payload?: string
  readonly document?: boolean
  readonly eventstream?: boolean
  readonly flattened?: boolean
  readonly sensitive?: boolean
  readonly exception?: boolean
  readonly error?: { readonly httpStatusCode?: number; readonly code?: string; readonly senderFault?: boolean }
  readonly timestampFormat?: TimestampFormat
}

export interface ShapeRef {
  readonly shape: string
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode'
  readonly locationName?: string
  readonly timestampFormat?: TimestampFormat
  readonly flattened?: boolean
}

export type TimestampFormat = 'iso8601' | 'rfc822' | 'unixTimestamp'

export interface Operation {
  readonly name: string
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number }
  readonly input?: ShapeRef
  readonly output?: ShapeRef
  readonly errors?: readonly ShapeRef[]
}

export interface ServiceModel {
  /** Folder of the model: `lambda`, `apigateway`, `logs`, `iam`, `sts`, `s3`, `cloudwatch`. */
  readonly name: string
  readonly metadata: {
    readonly protocol: string
    readonly apiVersion: string
    readonly targetPrefix?: string
    readonly jsonVersion?: string
  }
  readonly operations: Readonly<Record<string, Operation>>
  readonly shapes: Readonly<Record<string, Shape>>
  /** Whether it only stands in for a model, for a service that the front leaves to the engine. */
  readonly isBare?: boolean
}

/** Signing name to model name, for the services that local AWS knows. */
const modelNames: Readonly<Record<string, string>> = {
  lambda: 'lambda',
  apigateway: 'apigateway',
  logs: 'logs',
  iam: 'iam',
  sts: 'sts',
  s3: 's3',
  monitoring: 'cloudwatch',
}

/** The models of the services that local AWS knows, each read when first asked for. */
export class ServiceModels {
  readonly #folder: string
  readonly #models = new Map<string, ServiceModel>()

  /** `folder` is botocore's `data` folder. */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** By signing name (`monitoring`) or model name; undefined for a service that local AWS does not know. */
  get(service: string): ServiceModel | undefined {
    const name =
      (Object.hasOwn(modelNames, service) ? modelNames[service] : undefined) ??
      Object.values(modelNames).find((model) => model === service)
    if (name === undefined) return undefined
    let model = this.#models.get(name)
    if (model === undefined) this.#models.set(name, (model = read(this.#folder, name)))
    return model
  }
}

/** Finds botocore's data below a virtual environment's folder. */
export function modelFolder(venv: string): string {
  const python = readdirSync(join(venv, 'lib')).find((entry) => entry.startsWith('python3'))
  if (python === undefined) throw new Error(`No Python library in ${venv}: run the set-up again.`)
  return join(venv, 'lib', python, 'site-packages', 'botocore', 'data')
}

function read(folder: string, name: string): ServiceModel {
  // Lambda still has a model of 2014 beside the one that every client uses; the newest folder is that one.
  const version = readdirSync(join(folder, name)).sort().at(-1)
  const raw = JSON.parse(gunzipSync(readFileSync(join(folder, name, version ?? '', 'service-2.json.gz'))).toString()) as Omit<
    ServiceModel,
    'name'
  >
  return { ...raw, name }
}

export function shapeOf(model: ServiceModel, ref: ShapeRef): Shape {
  const shape = model.shapes[ref.shape]
  if (shape === undefined) throw new Error(`The model of ${model.name} has no shape ${ref.shape}.`)
  return shape
}

/** What a list's items or a map's values are; for a map's keys ask {@link keyOf}. */
export function itemOf({ member, value }: Shape): ShapeRef {
  const ref = member ?? value
  if (ref === undefined) throw new Error('A list or map of the model has no shape for its items.')
  return ref
}

export function keyOf({ key }: Shape): ShapeRef {
  if (key === undefined) throw new Error('A map of the model has no shape for its keys.')
  return key
}

/** The member that is the whole body, where the shape has one. */
export function payloadOf({ payload, members }: Shape): { readonly name: string; readonly ref: ShapeRef } | undefined {
  const ref = payload === undefined ? undefined : members?.[payload]
  return payload === undefined || ref === undefined ? undefined : { name: payload, ref }
}
