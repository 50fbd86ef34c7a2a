import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CompiledPolicy } from '../../shared/policy/engine.ts';
import { deployedPolicies } from '../platform/deployed.ts';
import { documentClient } from '../platform/dynamo.ts';
import { env } from '../platform/env.ts';

/** What the use cases of meals work with. Built once, beside the handler. */
export interface MealDeps {
  readonly db: DynamoDBDocumentClient;
  readonly mealsTable: string;
  readonly eldersTable: string;
  readonly policies: readonly CompiledPolicy[];
}

/** From the environment that the template gives. */
export function mealDeps(): MealDeps {
  const { MEALS_TABLE, ELDERS_TABLE } = env('MEALS_TABLE', 'ELDERS_TABLE');
  return { db: documentClient(), mealsTable: MEALS_TABLE, eldersTable: ELDERS_TABLE, policies: deployedPolicies() };
}
