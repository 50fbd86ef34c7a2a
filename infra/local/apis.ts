import { createServer, type RequestListener, type Server } from 'node:http';
import type { Plant } from './event-sources.ts';
import { hostByArn } from './functions.ts';
import { httpApi } from './http-api.ts';
import { asNumber, asText, isObject } from './json.ts';
import type { Resource, Templates } from './template.ts';

/** The HTTP APIs of a template: they listen before anything else runs, since functions are told their addresses. */
export interface Apis {
  /** Addresses by the stack's name (of a second API in a stack: by `Stack.LogicalId`). */
  readonly byName: Readonly<Record<string, string>>;
  /** Lets the functions answer; until then every request gets 503. */
  serve(plant: Plant): void;
}

/**
 * Opens a port for each HTTP API of the template, by `open` with the shortest stack name first, and writes its address to `addresses`
 * by `Stack.LogicalId`.
 */
export async function openApis(
  templates: Templates,
  open: (server: Server) => Promise<number>,
  addresses: Map<string, string>,
): Promise<Apis> {
  const byName: Record<string, string> = {};
  const answers = new Map<Resource, RequestListener>();
  // In a set order: the WeChat build is told AnxinApi's port and AnxinAlerts' as the next one.
  const inOrder = templates.ofType('AWS::ApiGatewayV2::Api').sort((a, b) => a.stack.length - b.stack.length);
  for (const resource of inOrder) {
    const server = createServer({ keepAlive: true, keepAliveTimeout: 65_000 }, (request, response) => {
      const answer = answers.get(resource);
      if (answer) answer(request, response);
      else response.writeHead(503, { 'content-type': 'application/json' }).end('{"message":"starting"}');
    });
    const address = `http://localhost:${await open(server)}`;
    addresses.set(resource.key, address);
    byName[resource.stack in byName ? resource.key : resource.stack] = address;
  }
  return {
    byName,
    serve(plant) {
      for (const resource of templates.ofType('AWS::ApiGatewayV2::Api'))
        answers.set(resource, answering(resource, plant));
    },
  };
}

/** One API of the template with its own routes, integrations and cross-origin rules. */
function answering(resource: Resource, { templates, functions, repeats, log }: Plant): RequestListener {
  const own = (type: string) =>
    templates
      .ofType(type)
      .filter(
        (each) =>
          each.stack === resource.stack &&
          templates.resolved(each).ApiId === templates.resolve({ Ref: resource.id }, resource.stack),
      );
  const integrations = own('AWS::ApiGatewayV2::Integration').map(
    (each) => [asText(templates.resolve({ Ref: each.id }, each.stack)), templates.resolved(each)] as const,
  );
  const byTarget = new Map(integrations.map(([name, properties]) => [`integrations/${name}`, properties]));
  const routes = own('AWS::ApiGatewayV2::Route').map((each) => {
    const { RouteKey, Target } = templates.resolved(each);
    const integration = byTarget.get(asText(Target));
    const uri = asText(integration?.IntegrationUri);
    const host = hostByArn(functions, uri);
    if (host === undefined) throw new Error(`${each.key}: its integration "${uri}" is no function of the template`);
    return { key: asText(RouteKey), host, timeoutMs: asNumber(integration?.TimeoutInMillis, 30_000) };
  });
  const cors = templates.resolved(resource).CorsConfiguration;
  return httpApi({ name: resource.stack, cors: isObject(cors) ? cors : undefined, routes, repeats }, log);
}
