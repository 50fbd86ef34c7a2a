import type { Eating, SittingName, SittingView } from '../../../../../shared/contracts/canteens.ts';
import { Empty, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { EatingChoice, SlotChoice } from '../../../features/meals/choices.tsx';
import type { Query } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import type { Reply } from '../../../services/client.ts';
import { CanteenBar } from '../place/canteen-bar.tsx';
import { SittingChoice } from '../place/sitting-choice.tsx';
import type { useCanteens } from '../place/use-canteens.ts';
import { useStaffWords } from '../words';
import { LateReason } from './late-reason.tsx';

interface MealDraft {
  readonly date: string;
  readonly sitting: SittingName;
  readonly slotId: string;
  readonly eating: Eating | undefined;
  readonly reason: string;
}

interface MealProps {
  readonly place: ReturnType<typeof useCanteens>;
  readonly draft: MealDraft;
  readonly sittings: Query<Reply<'listSittings'>>;
  readonly sitting: SittingView | undefined;
  readonly closed: boolean;
  readonly onChange: (change: Partial<Omit<MealDraft, 'eating'>> & { eating?: Eating }) => void;
}

/** Which meal it is, the same for all. */
export function Meal({ place, draft, sittings, sitting, closed, onChange }: MealProps) {
  const words = useWords();
  const staff = useStaffWords();
  const { query, canteen, canteens, choose } = place;
  return (
    <QueryStates query={query}>
      {() =>
        canteen === undefined ? (
          <Empty icon="place" title={staff.noCanteen} text={staff.noCanteenText} />
        ) : (
          <>
            <CanteenBar canteens={canteens} value={canteen} onChange={choose} />
            <SittingChoice
              canteen={canteen}
              date={draft.date}
              sitting={draft.sitting}
              onChange={(change) => onChange({ ...change, slotId: '' })}
            />
            <QueryStates query={sittings} cards={1}>
              {() =>
                sitting === undefined ? (
                  <Empty icon="calendar" title={words.order.noSitting} text={words.order.noSittingText} />
                ) : (
                  <>
                    {closed ? <LateReason value={draft.reason} onChange={(reason) => onChange({ reason })} /> : null}
                    <Box className="desk-halves">
                      <Section title={words.confirm.slot}>
                        <SlotChoice
                          slots={sitting.slots}
                          value={draft.slotId}
                          onChange={(slotId) => onChange({ slotId })}
                        />
                      </Section>
                      <Section title={words.confirm.eating}>
                        <EatingChoice
                          offered={sitting.eating}
                          value={draft.eating}
                          onChange={(eating) => onChange({ eating })}
                        />
                      </Section>
                    </Box>
                  </>
                )
              }
            </QueryStates>
          </>
        )
      }
    </QueryStates>
  );
}
