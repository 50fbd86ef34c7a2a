import type { SittingView } from '../../../../../shared/contracts/canteens.ts';
import { Button } from '../../../components/button.tsx';
import { Mark } from '../../../components/notice.tsx';
import { Box, Heading, Words } from '../../../components/primitives';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useNow } from '../../../hooks/use-now.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { today } from '../../../services/clock.ts';
import { open } from '../../../services/pages.ts';
import { useClosing } from '../place/closing.ts';
import type { SittingAt } from '../place/sitting-at.ts';
import { useStaffWords } from '../words';

const TONE = { open: 'info', soon: 'waiting', closed: 'quiet' } as const;

interface SittingTodayProps {
  readonly at: SittingAt;
  /** Undefined where nothing is published. */
  readonly sitting: SittingView | undefined;
}

/** One sitting at a glance: how many eat, what is left of each slot, until when orders come in, and how many have come. */
export function SittingToday({ at, sitting }: SittingTodayProps) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const now = useNow();
  const closing = useClosing();
  const isToday = at.date === today();
  const sheet = useRoute('getKitchenSheet', isToday && sitting !== undefined ? { params: { ...at } } : null);
  const params = { canteenId: at.canteenId, date: at.date, sitting: at.sitting };
  const title = say.meal(at.sitting);

  if (sitting === undefined) {
    return (
      <Box role="region" label={`${say.day(at.date)}${words.wordGap}${title}`} className="card stack">
        <Box className="row row--apart row--wrap">
          <Heading level={3} className="lead">
            {title}
          </Heading>
          <Mark tone="waiting">{staff.today.noMenu}</Mark>
        </Box>
        <Box className="soft">{staff.today.noMenuText}</Box>
        <Button onTap={() => open('editMenu', params)}>{staff.today.publish}</Button>
      </Box>
    );
  }

  const taken = sitting.slots.reduce((sum, slot) => sum + slot.taken, 0);
  const meals = sheet.value?.meals ?? taken;
  const close = closing(sitting.closesAt, now);
  return (
    <Box role="region" label={`${say.day(at.date)}${words.wordGap}${title}`} className="card stack">
      <Box className="row row--apart row--wrap">
        <Heading level={3} className="lead">
          {title}
        </Heading>
        {sitting.open ? (
          <Mark tone={TONE[close.state]}>{close.words}</Mark>
        ) : (
          <Mark tone="quiet">{words.order.notOpen}</Mark>
        )}
      </Box>
      <Box className="desk-numbers">
        <Box>
          <Words className="price__number">{String(meals)}</Words>
          <Box className="soft">{staff.today.meals}</Box>
        </Box>
        {isToday && sheet.value ? (
          <Box>
            <Words className="price__number">{String(sheet.value.served)}</Words>
            <Box className="soft">{staff.today.served}</Box>
          </Box>
        ) : null}
        {isToday && sheet.value ? (
          <Box>
            <Words className="price__number">{String(Math.max(0, sheet.value.meals - sheet.value.served))}</Words>
            <Box className="soft">{staff.today.toCome}</Box>
          </Box>
        ) : null}
      </Box>
      <Box role="list" label={staff.today.slots} className="stack">
        {sitting.slots.map((slot) => (
          <Box key={slot.slotId} role="listitem">
            <Box className="shares__line">
              <Words className="strong">{say.slot(slot)}</Words>
              <Words>{slot.left > 0 ? staff.today.left(slot.taken, slot.left) : staff.today.full(slot.taken)}</Words>
            </Box>
            <Box decorative className="shares__track">
              <Box
                className="shares__bar"
                style={{ width: `${Math.min(100, Math.round((slot.taken / Math.max(1, slot.capacity)) * 100))}%` }}
              />
            </Box>
          </Box>
        ))}
      </Box>
      <Box className="desk-buttons">
        {isToday ? (
          <Button
            look="main"
            icon="checkIn"
            onTap={() => open('checkIn', params)}
            label={`${title} ${words.staffTabs.checkIn}`}
          >
            {words.staffTabs.checkIn}
          </Button>
        ) : null}
        <Button icon="kitchen" onTap={() => open('kitchen', params)} label={`${title} ${staff.kitchen.title}`}>
          {staff.kitchen.title}
        </Button>
        <Button onTap={() => open('editMenu', params)} label={`${title} ${words.staffTabs.menu}`}>
          {words.staffTabs.menu}
        </Button>
      </Box>
    </Box>
  );
}
