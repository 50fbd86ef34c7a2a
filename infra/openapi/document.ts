import * as z from 'zod/mini';
import * as alertReport from '../../shared/contracts/alert-report.ts';
import * as alerts from '../../shared/contracts/alerts.ts';
import * as canteens from '../../shared/contracts/canteens.ts';
import * as circle from '../../shared/contracts/circle.ts';
import * as diet from '../../shared/contracts/diet.ts';
import * as elderFacts from '../../shared/contracts/elder-facts.ts';
import * as elders from '../../shared/contracts/elders.ts';
import * as kitchen from '../../shared/contracts/kitchen.ts';
import * as mealOrders from '../../shared/contracts/meal-orders.ts';
import * as people from '../../shared/contracts/people.ts';
import * as quotes from '../../shared/contracts/quote.ts';
import {
  RefusalBody,
  type RefusalCode,
  refusalMessage,
  refusalStatus,
  refusals,
} from '../../shared/contracts/refusal.ts';
import * as roles from '../../shared/contracts/roles.ts';
import { API_OF, type ApiName, methodOf, pathOf, type Route } from '../../shared/route.ts';
import { routes } from '../../shared/routes.ts';

type Json = Record<string, unknown>;

/** What every route can answer, by what it takes. */
function refusalsOf(route: Route): RefusalCode[] {
  const codes: RefusalCode[] = [...(route.refusals ?? []), 'fault'];
  if (route.body) codes.push('malformed-json', 'body-too-large');
  if (route.body || route.query || route.params) codes.push('invalid-request');
  if (route.role !== 'public') codes.push('unauthenticated', 'session-expired', 'forbidden');
  if (route.params) codes.push('not-found');
  return [...new Set(codes)];
}

/** The contracts by their names: the document defines each once. */
const named = z.registry<{ id: string }>();
for (const [name, value] of Object.entries({
  ...alertReport,
  ...alerts,
  ...canteens,
  ...circle,
  ...diet,
  ...elderFacts,
  ...elders,
  ...roles,
  ...kitchen,
  ...mealOrders,
  ...people,
  ...quotes,
  RefusalBody,
})) {
  if (isSchema(value)) named.add(value, { id: name });
}

function isSchema(value: unknown): value is z.ZodMiniType {
  return typeof value === 'object' && value !== null && '_zod' in value;
}

/** Turns schemas into JSON Schema; what has a name goes into `definitions`, and is referred to. */
function schemas() {
  const definitions: Json = {};
  const moved = (json: Json): Json =>
    JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/'));
  const schemaOf = (schema: z.ZodMiniType, io: 'input' | 'output'): Json => {
    const options = { io, unrepresentable: 'any', target: 'draft-2020-12', metadata: named } as const;
    const { $schema: _, $defs = {}, id, ...json } = moved(z.toJSONSchema(schema, options) as Json);
    for (const [name, each] of Object.entries($defs as Json)) {
      const { id: _id, ...definition } = each as Json;
      definitions[name] = definition;
    }
    if (typeof id !== 'string') return json;
    definitions[id] = json;
    return { $ref: `#/components/schemas/${id}` };
  };
  /** The same with its own properties, where a reference would not do. */
  const wholeOf = (schema: z.ZodMiniType, io: 'input' | 'output'): Json => {
    const json = schemaOf(schema, io);
    const name = typeof json.$ref === 'string' ? json.$ref.split('/').at(-1) : undefined;
    return name === undefined ? json : (definitions[name] as Json);
  };
  return { definitions, schemaOf, wholeOf };
}
type Schemas = ReturnType<typeof schemas>;

function parameters(route: Route, { wholeOf }: Schemas): Json[] {
  const of = (where: 'path' | 'query', schema: z.ZodMiniType | undefined): Json[] => {
    if (!schema) return [];
    const { properties = {}, required = [] } = wholeOf(schema, 'input') as { properties?: Json; required?: string[] };
    return Object.entries(properties).map(([name, each]) => ({
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      schema: each,
    }));
  };
  return [...of('path', route.params), ...of('query', route.query)];
}

function refused(route: Route): Json {
  const byStatus = Map.groupBy(refusalsOf(route), refusalStatus);
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        String(status),
        {
          description: codes.map((code) => `\`${code}\`: ${refusalMessage(code).en}`).join('\n\n'),
          content: { 'application/json': { schema: { $ref: '#/components/schemas/RefusalBody' } } },
        },
      ]),
  );
}

/** Each API has an address of its own, that of its stack's output `Address`. */
const server = (api: ApiName, byDefault: string): Json => ({
  url: 'https://{address}',
  description: api,
  variables: { address: { default: byDefault } },
});
const SERVERS: Readonly<Record<ApiName, Json>> = {
  AnxinApi: server('AnxinApi', 'api.anxin.example'),
  AnxinAlerts: server('AnxinAlerts', 'alerts.anxin.example'),
};

/** What a route takes as proof of who calls: a person's session, a device's token, either, or nothing. */
function security({ role }: Route): Json[] {
  if (role === 'public') return [];
  return [
    ...(role.some((each) => each !== 'device') ? [{ session: [] }] : []),
    ...(role.includes('device') ? [{ device: [] }] : []),
  ];
}

function operation(name: string, route: Route, all: Schemas): Json {
  const { schemaOf } = all;
  const isFile = 'contentType' in route.reply;
  return {
    operationId: name,
    summary: route.summary,
    tags: [route.feature],
    description: route.role === 'public' ? 'Public.' : `For: ${route.role.join(', ')}. Relation: ${route.relation}.`,
    servers: [SERVERS[API_OF[route.feature]]],
    security: security(route),
    ...(route.params || route.query ? { parameters: parameters(route, all) } : {}),
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } } }
      : {}),
    responses: {
      '200': {
        description: 'Done',
        content: isFile
          ? { 'text/csv': { schema: { type: 'string' } } }
          : { 'application/json': { schema: schemaOf(route.reply as z.ZodMiniType, 'output') } },
      },
      ...refused(route),
    },
  };
}

/** AnxinApi and AnxinAlerts as one OpenAPI 3.1 document, made from the route table alone. */
export function openApiDocument(): Json {
  const all = schemas();
  all.schemaOf(RefusalBody, 'output');
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const path = pathOf(route);
    paths[path] = { ...paths[path], [methodOf(route).toLowerCase()]: operation(name, route, all) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Anxin 安心', version: '0.1.0', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: Object.values(SERVERS),
    paths,
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A person’s session' },
        device: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A registered device’s token' },
      },
      schemas: all.definitions,
    },
    'x-refusals': Object.fromEntries(
      Object.entries(refusals).map(([code, [status, zh, en]]) => [code, { status, zh, en }]),
    ),
  };
}
