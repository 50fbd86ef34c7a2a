import type { ElderDeps } from '../../functions/elders/deps.ts';
import { putElder } from '../../functions/elders/put-elder.ts';
import type { Who } from '../../functions/platform/who.ts';
import { type BindRequest, type ElderForm, type ElderView, hasRightCheckDigit } from '../../shared/contracts/elders.ts';
import { COMMUNITY, done, GRID, id, NOW, staff } from './a-town.ts';
import { startDynamo, type TestDynamo } from './dynamodb.ts';

export const district: Who = { personId: id(9009), role: 'district-staff', area: COMMUNITY.slice(0, 6) };
/** A member of a family, one for each number. */
export const relative = (n: number): Who => ({ personId: id(20_000 + n), role: 'family' });

/** A right resident id number of somebody born on that day in Lanzhou. */
export function anIdNumber(birthDate: string, serial = 1): string {
  const body = `620102${birthDate.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  const digit = [...'0123456789X'].find((each) => hasRightCheckDigit(body + each));
  return body + digit;
}

export const anElderForm = (over: Partial<ElderForm> = {}): ElderForm => ({
  name: '王建国',
  sex: 'male',
  birthDate: '1944-05-01',
  phone: '19900001111',
  idNumber: anIdNumber('1944-05-01'),
  area: GRID,
  address: '滨河路1号1单元101',
  localHousehold: true,
  allergens: [],
  diets: [],
  rev: 0,
  ...over,
});

export const aBindRequest = (code: string, over: Partial<BindRequest> = {}): BindRequest => ({
  code,
  name: '王小梅',
  relation: 'daughter',
  consents: ['care-services', 'diet-to-canteen'],
  ...over,
});

export interface EldersDesk extends ElderDeps {
  readonly dynamo: TestDynamo;
  register(elderId: string, over?: Partial<ElderForm>): Promise<ElderView>;
}

/** A real database of its own with an empty elders table. */
export async function anEldersDesk(): Promise<EldersDesk> {
  const dynamo = await startDynamo();
  const deps = { db: dynamo.client, eldersTable: await dynamo.createTable('elders') };
  return {
    ...deps,
    dynamo,
    register: async (elderId, over = {}) => {
      const who = { ...staff, role: 'district-staff' as const, area: '62' };
      return done(await putElder(deps, who, { elderId, form: anElderForm(over), now: NOW }));
    },
  };
}
