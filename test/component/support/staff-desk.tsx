import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FunctionComponent } from 'react';
import { keepSession } from '../../../miniprogram/src/services/session.ts';
import type { ElderRow, ElderView } from '../../../shared/contracts/elders.ts';
import type { SittingOrderRow } from '../../../shared/contracts/meal-orders.ts';
import type { Person } from '../../../shared/contracts/people.ts';
import { addDays } from '../../../shared/values/dates.ts';
import { createFakeApi, type FakeApi, type Handlers, refused } from './fake-api.ts';
import { aCanteen, anElder, aQuote, aSession, aSitting, ELDER_ID } from './sample.ts';
import { stage } from './taro.ts';

/** A request that the API was asked, parsed. */
export type Asked = FakeApi['asked'][number];
/** The day of the tests' clock, in China. */
export const TODAY = '2026-11-30';
export const STAFF_ID = '44444444-4444-4444-8444-444444444444';
export const communityStaff: Person = {
  personId: STAFF_ID,
  name: '陈晓梅',
  role: 'community-staff',
  area: '130102001001',
};
export const canteenStaff: Person = { ...communityStaff, role: 'canteen-staff', canteenId: 'heping' };
export const districtStaff: Person = { ...communityStaff, role: 'district-staff', area: '130102' };

/** The n-th made-up id. */
export const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const rowOf = ({ elderId, name, birthDate, phone, area, absence, diedOn }: ElderView): ElderRow => ({
  elderId,
  name,
  birthDate,
  area,
  absence,
  diedOn,
  ...(phone === undefined ? {} : { maskedPhone: `${phone.slice(0, 3)}****${phone.slice(-4)}` }),
});

export const aSittingOrder = (n: number, change: Partial<SittingOrderRow> = {}): SittingOrderRow => ({
  orderId: idOf(n),
  elderId: ELDER_ID,
  elderName: '王建国',
  phoneTail: '1234',
  slotId: 'late',
  eating: 'dine-in',
  dishes: ['清蒸鲈鱼', '软米饭'],
  allergens: ['peanut'],
  diets: ['soft'],
  tier: '乙类',
  copay: 200,
  state: 'placed',
  ...change,
});

interface DeskOptions {
  readonly person?: Person;
  readonly elders?: readonly ElderView[];
  readonly params?: Record<string, string>;
  readonly handlers?: Handlers;
}

/** Opens a page as a member of staff: one canteen of the community, another of the district, and some elders. */
export function showDesk(Page: FunctionComponent, options: DeskOptions = {}) {
  const { person = communityStaff, elders = [anElder()], params = {}, handlers = {} } = options;
  const canteens = [
    aCanteen(),
    aCanteen({ canteenId: 'donghu', name: '东湖长者食堂', area: '130102001002', address: '东湖路 8 号' }),
  ];
  const api = createFakeApi({
    listCanteens: (asked) => ({ canteens: canteens.filter((one) => one.area.startsWith(asked.params.area ?? '')) }),
    listSittings: (asked) => {
      const sittings = [];
      for (let date = asked.query.from ?? ''; date <= (asked.query.to ?? ''); date = addDays(date, 1)) {
        sittings.push(aSitting(date, { canteenId: asked.params.canteenId ?? '' }));
      }
      return { canteen: aCanteen({ canteenId: asked.params.canteenId ?? '' }), sittings };
    },
    listElders: (asked) => {
      const { find = '' } = asked.query;
      const found = elders.filter((one) =>
        /^\d{4}$/.test(find) ? one.phone?.endsWith(find) : one.name.startsWith(find),
      );
      return { elders: found.map(rowOf) };
    },
    getElder: (asked) => elders.find((one) => one.elderId === asked.params.elderId) ?? refused('not-found'),
    listElderMealOrders: () => ({ orders: [] }),
    listBindings: () => ({ bindings: [] }),
    quoteMeal: (asked) => aQuote(asked.query.date),
    ...handlers,
  });
  stage.api = api;
  stage.params = params;
  keepSession(aSession('token-staff', person));
  const user = userEvent.setup();
  return { ...render(<Page />), user, api, went: () => stage.went.at(-1) };
}
