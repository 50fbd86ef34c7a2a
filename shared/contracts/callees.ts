/** Whom a wave of the ladder calls. Dispatchers are the desk; `emergency-services` is 120. */
export const CALLEES = [
  'dispatchers',
  'family',
  'grid-worker',
  'community-duty',
  'neighbours',
  'volunteers',
  'call-centre',
  'emergency-services',
] as const;
export type Callee = (typeof CALLEES)[number];

/** Callees outside Anxin: a system or a telephone that the policy names under `alerts.partners`. */
export const PARTNER_CALLEES = ['call-centre', 'emergency-services'] as const satisfies readonly Callee[];
export type PartnerCallee = (typeof PARTNER_CALLEES)[number];
