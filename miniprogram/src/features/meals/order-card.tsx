import { useEffect } from 'react';
import type { MealOrderView, OrderState } from '../../../../shared/contracts/meal-orders.ts';
import { TapCard } from '../../components/card.tsx';
import { Mark, type Tone } from '../../components/notice.tsx';
import { Box } from '../../components/primitives';
import { remember } from '../../hooks/use-route.ts';
import { useWords } from '../../i18n';
import { open } from '../../services/pages.ts';
import { useMealWords } from './meal-words.ts';

export const STATE_TONE: Readonly<Record<OrderState, Tone | 'quiet'>> = {
  placed: 'done',
  cancelled: 'quiet',
  served: 'info',
  missed: 'waiting',
};

/** One order in a list: which meal, when, where and how, and its state in a word. */
export function OrderCard({ order, showName }: { readonly order: MealOrderView; readonly showName?: boolean }) {
  const words = useWords();
  const say = useMealWords();
  useEffect(() => remember('getMealOrder', { params: { orderId: order.orderId } }, order), [order]);
  const what = say.dayMeal(order.date, order.sitting);
  const where = `${say.slot(order.slot)} · ${words.eating[order.eating]}`;
  return (
    <TapCard
      label={`${words.orders.open(`${showName ? order.elderName : ''}${what}`)}，${words.orderStates[order.state]}，${where}`}
      onTap={() => open('mealOrder', { orderId: order.orderId })}
    >
      <Box className="row row--apart row--wrap">
        <Box className="lead">{what}</Box>
        <Mark tone={STATE_TONE[order.state]}>{words.orderStates[order.state]}</Mark>
      </Box>
      <Box>{where}</Box>
      <Box className="soft">{showName ? `${order.elderName} · ${order.canteenName}` : order.canteenName}</Box>
    </TapCard>
  );
}
