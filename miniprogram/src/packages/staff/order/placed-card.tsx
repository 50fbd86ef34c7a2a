import type { MealOrderView } from '../../../../../shared/contracts/meal-orders.ts';
import { formatYuan } from '../../../../../shared/values/money.ts';
import { Button } from '../../../components/button.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Box } from '../../../components/primitives';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { payWords } from '../../../features/meals/quote-card.tsx';
import { useWords } from '../../../i18n';
import { open } from '../../../services/pages.ts';
import { useStaffWords } from '../words';

export interface Placed {
  readonly elderName: string;
  readonly what: string;
  /** Undefined where no answer came yet: the order waits on this phone. */
  readonly order?: MealOrderView | undefined;
}

/** What to tell the elder: when, where, what to bring. */
export function PlacedCard({ placed }: { readonly placed: Placed }) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const { order } = placed;
  if (order === undefined) {
    return (
      <Notice tone="waiting" title={`${placed.elderName} ${placed.what}`}>
        {staff.order.keptText}
      </Notice>
    );
  }
  const copay = order.quote.shares.person;
  return (
    <Box className="stack">
      <Notice tone="done" title={words.ordered.lead(order.elderName, say.day(order.date), say.meal(order.sitting))}>
        {staff.order.tell}
      </Notice>
      <Box className="card">
        <Facts
          facts={[
            { name: words.orderPage.where, value: order.canteenName },
            { name: words.orderPage.when, value: `${say.day(order.date)} ${say.slot(order.slot)}` },
            { name: words.orderPage.how, value: words.eating[order.eating] },
            {
              name: words.orderPage.what,
              value: order.dishes.map((dish) => dish.name).join(words.dishes.listSeparator),
            },
            { name: payWords(words, copay, order.elderName), value: formatYuan(copay) },
          ]}
        />
      </Box>
      <Button onTap={() => open('person', { elderId: order.elderId })}>{staff.order.seePerson(order.elderName)}</Button>
    </Box>
  );
}
