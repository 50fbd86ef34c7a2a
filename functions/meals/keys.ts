import { communityOf, districtOf } from '../../shared/values/areas.ts';
import type { IsoDate } from '../../shared/values/dates.ts';
import { monthOf } from '../../shared/values/dates.ts';

/** Every key of the meals table. `gsi1` and `gsi2` are its two indexes. */
export const canteenKey = (canteenId: string) => ({ pk: `CANTEEN#${canteenId}`, sk: 'CANTEEN' });
export const canteenIndex = (area: string, canteenId: string) => ({
  gsi1pk: `CANTEENS#${districtOf(area)}`,
  gsi1sk: `${communityOf(area)}#${canteenId}`,
});
/** One item for each district that has a canteen: where the scheduled work starts from. */
export const districtKey = (area: string) => ({ pk: 'DISTRICTS', sk: districtOf(area) });

export const sittingKey = (canteenId: string, date: IsoDate, sitting: string) => ({
  pk: `CANTEEN#${canteenId}`,
  sk: `SITTING#${date}#${sitting}`,
});

/** Each slot's counter stands alone in its partition, so that a rush on one slot slows no other. */
export const slotKey = (canteenId: string, date: IsoDate, sitting: string, slotId: string) => ({
  pk: `SLOT#${canteenId}#${date}#${sitting}#${slotId}`,
  sk: 'SLOT',
});

export const orderKey = (orderId: string) => ({ pk: `ORDER#${orderId}`, sk: 'ORDER' });
export const sittingOrders = (canteenId: string, date: IsoDate, sitting: string) =>
  `SITTING#${canteenId}#${date}#${sitting}`;
export const elderOrders = (elderId: string) => `ELDER#${elderId}`;

/** What an elder has ordered in a month: one live order for each sitting, and what was subsidised. */
export const mealMonthKey = (elderId: string, date: IsoDate) => ({
  pk: `ELDER#${elderId}`,
  sk: `MONTH#${monthOf(date)}`,
});

export const standingOrderKey = (elderId: string, standingOrderId: string) => ({
  pk: `ELDER#${elderId}`,
  sk: `STANDING#${standingOrderId}`,
});
export const standingOrdersAt = (canteenId: string) => `STANDING#${canteenId}`;

export const figuresKey = (canteenId: string, date: IsoDate, sitting: string) => ({
  pk: `CANTEEN#${canteenId}`,
  sk: `FIGURES#${date}#${sitting}`,
});
export const figuresOfCommunity = (area: string) => `FIGURES#${communityOf(area)}`;
