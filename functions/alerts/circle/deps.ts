import { env } from '../../platform/env.ts';
import { fileSigner, kmsSigner, type Signer } from '../../platform/signer.ts';
import { type AlertDeps, alertDeps } from '../deps.ts';
import type { TimerWays } from '../ladder/send-timer.ts';
import type { AlertsTable } from './alerts-table.ts';
import type { Templated } from './message-consents.ts';

/** What goes by the cities' rules. */
export interface Ruled extends AlertsTable, Pick<AlertDeps, 'policies'> {}

/** What opens check tasks: each has a timer. */
export interface Timed extends Ruled, TimerWays {}

/** What signs devices' tokens: for one stage, with the devices' own key. */
export interface Signing {
  readonly stage: string;
  readonly signer: Signer;
}

/** What the use cases of the circle work with. Built once, beside the handler. */
export interface CircleDeps extends AlertDeps, Signing, Templated {}

/** From the environment: DEVICE_PRIVATE_KEY_FILE (one machine) goes before DEVICE_KEY_ID (KMS). */
export function signing(): Signing {
  const { DEVICE_PRIVATE_KEY_FILE: keyFile } = process.env;
  return {
    stage: env('STAGE').STAGE,
    signer: keyFile ? fileSigner(keyFile) : kmsSigner(env('DEVICE_KEY_ID').DEVICE_KEY_ID),
  };
}

export const circleDeps = (): CircleDeps => ({
  ...alertDeps(),
  ...signing(),
  templateId: env('WECHAT_TEMPLATE_ID').WECHAT_TEMPLATE_ID,
});
