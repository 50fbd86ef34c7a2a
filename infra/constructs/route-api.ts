import { Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnStage,
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  type HttpRoute,
  type IHttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type API_OF, type ApiName, type Feature, methodOf, pathOf, type RouteKey } from '../../shared/route.ts';
import { routesOf } from '../../shared/routes.ts';
import type { StageSettings, Throttle } from '../stage-settings.ts';
import { acknowledge } from './acknowledge.ts';
import type { Alarms } from './alarms.ts';

type FeatureOf<A extends ApiName> = { [F in Feature]: (typeof API_OF)[F] extends A ? F : never }[Feature];

export interface RouteApiProps<A extends ApiName> {
  settings: StageSettings;
  /** Which of the route table's APIs this is. */
  api: A;
  /** Who answers: one function, or an alias of it, for each feature of this API. */
  functions: Readonly<Record<FeatureOf<A>, IFunction>>;
  throttle: Throttle;
  /** Routes with limits of their own. */
  throttles?: Readonly<Partial<Record<RouteKey, Throttle>>>;
  alarms: Alarms;
}

/**
 * What an access log line holds: enough to find a request again, nothing of who asked for what. `status` and `ms` are bare
 * numbers: metric filters count with them.
 */
const ACCESS_LOG = `{${Object.entries({
  requestId: '"$context.requestId"',
  at: '"$context.requestTimeEpoch"',
  route: '"$context.routeKey"',
  status: '$context.status',
  ms: '$context.responseLatency',
  bytes: '"$context.responseLength"',
  fault: '"$context.integrationErrorMessage"',
})
  .map(([name, value]) => `"${name}":${value}`)
  .join(',')}}`;

/** An HTTP API with exactly its routes of the route table: throttled, logged, open to the stage's web pages and nobody else's. */
export class RouteApi<A extends ApiName> extends Construct {
  readonly http: HttpApi;
  readonly accessLog: LogGroup;

  constructor(scope: Construct, id: string, props: RouteApiProps<A>) {
    super(scope, id);
    const { settings, api, functions, throttle, throttles = {}, alarms } = props;
    this.accessLog = new LogGroup(this, 'AccessLog', {
      retention: settings.logRetention,
      removalPolicy: settings.removal,
    });
    this.http = new HttpApi(this, 'Http', {
      description: `${api}, stage ${settings.name}`,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: [...settings.webOrigins],
        allowMethods: [
          CorsHttpMethod.GET,
          CorsHttpMethod.PUT,
          CorsHttpMethod.POST,
          CorsHttpMethod.PATCH,
          CorsHttpMethod.DELETE,
        ],
        allowHeaders: ['authorization', 'content-type'],
        exposeHeaders: ['idempotency-replayed', 'retry-after'],
        maxAge: Duration.hours(2),
      },
    });
    const stage = this.http.addStage('Live', {
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: throttle.rate, burstLimit: throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(ACCESS_LOG),
      },
      detailedMetricsEnabled: true,
    });
    const integrations = new Map<Feature, HttpLambdaIntegration>();
    for (const route of routesOf(api)) {
      const { feature, key } = route;
      const integration =
        integrations.get(feature) ??
        // One permission for the whole API: one for each route would outgrow the function's policy.
        new HttpLambdaIntegration(feature, functions[feature as FeatureOf<A>], { scopePermissionToRoute: false });
      integrations.set(feature, integration);
      const [made] = this.http.addRoutes({
        path: pathOf(route),
        methods: [HttpMethod[methodOf(route)]],
        integration,
        authorizer: new HttpNoneAuthorizer(),
      });
      if (made === undefined) throw new Error(`${api} got no route ${key}`);
      acknowledge(
        made,
        'AwsSolutions-APIG4',
        'Every function verifies the token and the route’s role itself (functions/platform/endpoint.ts; raising: functions/alerts/raise); the route table spells out what is public, and a test holds it.',
      );
      const own = throttles[key];
      if (own) throttleRoute(stage, made, key, own);
    }
    alarms.add(this, 'api-faults', {
      metric: this.http.metricServerError({ period: Duration.minutes(1), statistic: 'Sum' }),
      threshold: 5,
      periods: 2,
      says: 'requests are answered with 5xx',
    });
    alarms.add(this, 'api-slow', {
      metric: this.http.metricLatency({ period: Duration.minutes(5), statistic: 'p99' }),
      threshold: 3000,
      periods: 3,
      says: 'one request in a hundred takes longer than 3 seconds',
    });
  }
}

/** CDK has no words for a single route's limits. API Gateway takes them only once the route is there. */
function throttleRoute(stage: IHttpStage, route: HttpRoute, key: RouteKey, { rate, burst }: Throttle): void {
  const resource = stage.node.defaultChild as CfnStage;
  if (!(resource instanceof CfnStage)) throw new Error(`${stage.node.path} is no stage`);
  resource.routeSettings = {
    ...(resource.routeSettings as object | undefined),
    [key]: { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst, DetailedMetricsEnabled: true },
  };
  resource.node.addDependency(route);
}
