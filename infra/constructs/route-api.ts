import { Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Feature, methodOf, pathOf, type Route } from '../../shared/route.ts';
import type { StageSettings } from '../stage-settings.ts';
import { acknowledge } from './acknowledge.ts';
import type { Alarms } from './alarms.ts';
import type { FeatureFunction } from './feature-function.ts';

export interface RouteApiProps {
  settings: StageSettings;
  routes: readonly Route[];
  /** Who answers: one function for each feature that the routes name. */
  functions: Readonly<Record<Feature, FeatureFunction>>;
  alarms: Alarms;
}

/** What an access log line holds: enough to find a request again, nothing of who asked for what. */
const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  ms: '$context.responseLatency',
  bytes: '$context.responseLength',
  fault: '$context.integrationErrorMessage',
});

/** An HTTP API with exactly the routes of the route table: throttled, logged, open to the stage's web pages and nobody else's. */
export class RouteApi extends Construct {
  readonly http: HttpApi;

  constructor(scope: Construct, id: string, { settings, routes, functions, alarms }: RouteApiProps) {
    super(scope, id);
    const log = new LogGroup(this, 'AccessLog', { retention: settings.logRetention, removalPolicy: settings.removal });
    this.http = new HttpApi(this, 'Http', {
      description: `Anxin, stage ${settings.name}`,
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
    this.http.addStage('Live', {
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: settings.throttle.rate, burstLimit: settings.throttle.burst },
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: AccessLogFormat.custom(ACCESS_LOG) },
      detailedMetricsEnabled: true,
    });
    const integrations = new Map<Feature, HttpLambdaIntegration>();
    for (const route of routes) {
      const { feature } = route;
      const integration =
        integrations.get(feature) ??
        // One permission for the whole API: one for each route would outgrow the function's policy.
        new HttpLambdaIntegration(feature, functions[feature].lambda, { scopePermissionToRoute: false });
      integrations.set(feature, integration);
      const [made] = this.http.addRoutes({
        path: pathOf(route),
        methods: [HttpMethod[methodOf(route)]],
        integration,
        authorizer: new HttpNoneAuthorizer(),
      });
      if (made) {
        acknowledge(
          made,
          'AwsSolutions-APIG4',
          'Every function verifies the session token and the route’s role itself (functions/platform/endpoint.ts); the route table spells out what is public, and a test holds it.',
        );
      }
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
