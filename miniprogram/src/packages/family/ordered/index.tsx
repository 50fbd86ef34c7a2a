import type { MealOrderView } from '../../../../../shared/contracts/meal-orders.ts';
import { formatYuan } from '../../../../../shared/values/money.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { QueryStates } from '../../../components/page-states.tsx';
import { Box, Heading } from '../../../components/primitives';
import { QrCode } from '../../../components/qr-code.tsx';
import { mealCodeOf } from '../../../features/meals/meal-code.ts';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { MoreMessages } from '../../../features/more-messages.tsx';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { open, replace, usePageParams } from '../../../services/pages.ts';

/** With so many messages of alerts left nobody need be asked for another. */
const FEW_MESSAGES = 3;

/** After an order: the one fact that matters, and what to bring. */
export default function OrderedPage() {
  const words = useWords();
  const { orderId, kept } = usePageParams();
  const query = useRoute('getMealOrder', orderId === undefined ? null : { params: { orderId } });
  return (
    <PageFrame
      title={kept === undefined ? words.ordered.title : words.ordered.keptTitle}
      lead={kept}
      action={
        <>
          <Button look="main" onTap={() => open('home')}>
            {words.ordered.done}
          </Button>
          {orderId === undefined ? null : (
            <Button onTap={() => replace('mealOrder', { orderId })}>{words.ordered.see}</Button>
          )}
        </>
      }
    >
      {kept === undefined ? (
        <QueryStates query={query} cards={2}>
          {(order) => <Calm order={order} />}
        </QueryStates>
      ) : (
        <Box className="card">{words.ordered.keptText}</Box>
      )}
      <Box className="section">
        <MoreMessages fewerThan={FEW_MESSAGES} />
      </Box>
    </PageFrame>
  );
}

function Calm({ order }: { readonly order: MealOrderView }) {
  const words = useWords();
  const say = useMealWords();
  const time = say.slot(order.slot);
  const copay = order.quote.shares.person;
  const isDelivered = order.eating === 'delivery';
  const fact = { 'dine-in': words.ordered.come, pickup: words.ordered.pickup, delivery: words.ordered.delivered };
  return (
    <Box className="card stack center">
      <Box>
        <Icon shape="circleCheck" colour="leaf" className="icon--large" />
      </Box>
      <Box>{words.ordered.lead(order.elderName, say.day(order.date), say.meal(order.sitting))}</Box>
      <Heading level={2} className="frame__title">
        {fact[order.eating](time)}
      </Heading>
      {isDelivered ? null : <Box className="lead">{order.canteenName}</Box>}
      {copay > 0 ? <Box className="strong">{words.ordered.bringMoney(formatYuan(copay))}</Box> : null}
      {isDelivered ? (
        <Box>{words.ordered.atHome}</Box>
      ) : (
        <>
          <QrCode text={mealCodeOf(order.orderId)} alt={words.ordered.qr} />
          <Box className="soft">{words.ordered.bring}</Box>
        </>
      )}
    </Box>
  );
}
