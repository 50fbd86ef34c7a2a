import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledPolicy, compilePolicy } from '../../shared/policy/engine.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import { env } from './env.ts';

/** A JSON file that was deployed beside this function's code. */
const deployed = (file: string): unknown =>
  JSON.parse(readFileSync(join(env('LAMBDA_TASK_ROOT').LAMBDA_TASK_ROOT, file), 'utf8'));

/** The policies of this deployment. They were checked, and their examples run, before they could be deployed. */
export const deployedPolicies = (): CompiledPolicy[] => (deployed('policies.json') as Policy[]).map(compilePolicy);

/** This API as an OpenAPI document. */
export const deployedOpenApi = (): Record<string, unknown> => deployed('openapi.json') as Record<string, unknown>;
