import type { SittingView } from '../../../../shared/contracts/canteens.ts';
import type { MealOrderView } from '../../../../shared/contracts/meal-orders.ts';
import { Button } from '../../components/button.tsx';
import { Mark } from '../../components/notice.tsx';
import { Box, Heading } from '../../components/primitives';
import { useNow } from '../../hooks/use-now.ts';
import { useWords } from '../../i18n';
import { open } from '../../services/pages.ts';
import { useMealWords } from './meal-words.ts';

/** When less is left than this, the minutes are told. */
const SOON_MINUTES = 60;

interface SittingCardProps {
  readonly sitting: SittingView;
  /** The elder's order for this sitting, where there is one. */
  readonly order: MealOrderView | undefined;
  readonly onChoose: () => void;
}

/** One meal that can be ordered: what there is, how many are left, until when. */
export function SittingCard({ sitting, order, onChoose }: SittingCardProps) {
  const words = useWords();
  const say = useMealWords();
  const now = useNow();
  const left = sitting.slots.reduce((sum, slot) => sum + slot.left, 0);
  const minutes = Math.floor((Date.parse(sitting.closesAt) - now) / 60_000);
  const isClosed = minutes < 0;
  const canOrder = sitting.open && !isClosed && left > 0 && order === undefined;
  const meal = say.meal(sitting.sitting);

  return (
    <Box role="region" label={meal} className="card stack">
      <Box className="row row--apart row--wrap">
        <Heading level={2} className="lead">
          {meal}
        </Heading>
        {order !== undefined ? (
          <Mark tone="done">{words.order.ordered}</Mark>
        ) : !sitting.open ? (
          <Mark tone="quiet">{words.order.notOpen}</Mark>
        ) : isClosed ? (
          <Mark tone="quiet">{words.order.closed}</Mark>
        ) : left === 0 ? (
          <Mark tone="waiting">{words.order.full}</Mark>
        ) : (
          <Mark tone={left <= 5 ? 'waiting' : 'info'}>{words.order.left(left)}</Mark>
        )}
      </Box>
      <Box>
        {sitting.dishes
          .slice(0, 6)
          .map((dish) => dish.name)
          .join(words.dishes.listSeparator)}
      </Box>
      {canOrder ? (
        minutes <= SOON_MINUTES ? (
          <Box>
            <Mark tone="waiting">{words.order.closingSoon(minutes)}</Mark>
          </Box>
        ) : (
          <Box className="soft">{words.order.closesAt(say.moment(sitting.closesAt))}</Box>
        )
      ) : null}
      {order !== undefined ? (
        <Button onTap={() => open('mealOrder', { orderId: order.orderId })}>{words.order.seeOrder}</Button>
      ) : canOrder ? (
        <Button look="main" onTap={onChoose}>
          {words.order.choose(`${say.shortDay(sitting.date)}${words.wordGap}${meal}`)}
        </Button>
      ) : sitting.open && !isClosed && left === 0 ? (
        <Box className="soft">{words.order.fullText}</Box>
      ) : null}
    </Box>
  );
}
