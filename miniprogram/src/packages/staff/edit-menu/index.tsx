import { useState } from 'react';
import type { CanteenView, SittingView } from '../../../../../shared/contracts/canteens.ts';
import { dateInChina, daysBetween, timeInChina } from '../../../../../shared/values/dates.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { useDraft } from '../../../hooks/use-draft.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { outbox } from '../../../services/api.ts';
import { today } from '../../../services/clock.ts';
import { goBack, usePageParams } from '../../../services/pages.ts';
import { isSitting, type SittingAt } from '../place/sitting-at.ts';
import { useStaffWords } from '../words';
import { CopyFrom } from './copy-from.tsx';
import { Dishes } from './dishes.tsx';
import { copied, draftOf, type MenuDraft, type MenuFault, menuForm, slotsOf } from './menu-draft.ts';
import '../staff.css';

/** Publishes the menu of one sitting, or changes it. */
export default function EditMenuPage() {
  const say = useMealWords();
  const params = usePageParams();
  const at: SittingAt = {
    canteenId: params.canteenId ?? '',
    date: params.date ?? today(),
    sitting: isSitting(params.sitting) ? params.sitting : 'lunch',
  };
  const query = useRoute('listSittings', {
    params: { canteenId: at.canteenId },
    query: { from: at.date, to: at.date },
  });
  const sitting = query.value?.sittings.find((one) => one.sitting === at.sitting);
  if (query.value === undefined) {
    return (
      <PageFrame desk title={say.dayMeal(at.date, at.sitting)}>
        <QueryStates query={query}>{() => null}</QueryStates>
      </PageFrame>
    );
  }
  return (
    <EditMenu key={sitting?.rev ?? 0} at={at} canteen={query.value.canteen} sitting={sitting} onReload={query.reload} />
  );
}

interface EditMenuProps {
  readonly at: SittingAt;
  readonly canteen: CanteenView;
  readonly sitting: SittingView | undefined;
  readonly onReload: () => void;
}

function EditMenu({ at, canteen, sitting, onReload }: EditMenuProps) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const action = useAction();
  const [draft, change, forget] = useDraft<MenuDraft>(
    `menu:${at.canteenId}:${at.date}:${at.sitting}:${sitting?.rev ?? 0}`,
    draftOf(canteen, at.sitting, sitting),
  );
  const [fault, setFault] = useState<MenuFault | undefined>();
  const plan = canteen.sittings[at.sitting];
  const closing = sitting
    ? {
        closesAt: timeInChina(sitting.closesAt),
        closesDaysBefore: daysBetween(dateInChina(sitting.closesAt), at.date),
      }
    : { closesAt: plan?.closesAt ?? '09:30', closesDaysBefore: plan?.closesDaysBefore ?? 0 };
  const what = say.dayMeal(at.date, at.sitting);

  const save = async () => {
    const made = menuForm(draft, canteen, at.sitting, sitting, closing);
    if ('fault' in made) return setFault(made.fault);
    setFault(undefined);
    const answer = await action.run(() =>
      outbox.submit({
        id: `menu-${at.canteenId}-${at.date}-${at.sitting}`,
        name: 'putSitting',
        input: { params: { ...at }, body: made.form },
        what: `${staff.today.publish} ${what}`,
      }),
    );
    if (answer?.ok || answer?.refusal.code === 'offline') {
      forget();
      goBack();
    }
  };
  const stale = action.refusal?.code === 'rev-stale';

  return (
    <PageFrame
      desk
      title={staff.menu.of(what)}
      lead={canteen.name}
      action={
        <Button look="main" onTap={() => void save()} disabled={action.busy}>
          {action.busy ? staff.saving : sitting ? staff.menu.save : staff.menu.publish(what)}
        </Button>
      }
    >
      {fault ? <Notice urgent tone="waiting" title={staff.menu.faults[fault]} /> : null}
      {stale ? (
        <Notice
          urgent
          tone="waiting"
          title={staff.edit.stale}
          actions={
            <Button
              onTap={() => {
                action.clear();
                forget();
                onReload();
              }}
            >
              {staff.edit.reload}
            </Button>
          }
        >
          {staff.menu.staleText}
        </Notice>
      ) : action.refusal && action.refusal.code !== 'offline' ? (
        <Failure refusal={action.refusal} title={staff.notSaved} />
      ) : null}
      <Box className="desk-columns">
        <Box>
          <Section title={staff.menu.isOpen}>
            <Choice
              name="open"
              label={staff.menu.isOpen}
              value={draft.open ? 'open' : 'closed'}
              onChange={(value) => change({ open: value === 'open' })}
              items={[
                { value: 'open', title: staff.menu.open },
                { value: 'closed', title: staff.menu.closed, text: staff.menu.closedText },
              ]}
            />
          </Section>
          <Section title={staff.menu.places}>
            <Box className="stack">
              {slotsOf(canteen, at.sitting, sitting).map((slot) => {
                const taken = sitting?.slots.find((one) => one.slotId === slot.slotId)?.taken ?? 0;
                return (
                  <TextField
                    key={slot.slotId}
                    id={`slot-${slot.slotId}`}
                    kind="digits"
                    label={staff.menu.placesOf(say.slot(slot))}
                    help={staff.menu.taken(taken)}
                    maxLength={4}
                    value={draft.capacities[slot.slotId] ?? ''}
                    wrong={
                      fault === 'capacity' && !/^\d{1,4}$/.test(draft.capacities[slot.slotId] ?? '')
                        ? staff.menu.faults.capacity
                        : Number(draft.capacities[slot.slotId]) < taken
                          ? staff.menu.fewer(taken)
                          : undefined
                    }
                    onChange={(text) => change({ capacities: { ...draft.capacities, [slot.slotId]: text } })}
                  />
                );
              })}
            </Box>
          </Section>
          <CopyFrom at={at} onCopy={(from) => change(copied(draft, from))} />
        </Box>
        <Box>
          {draft.dishes.length === 0 ? (
            <Notice tone="info" title={staff.menu.empty}>
              {staff.menu.emptyText}
            </Notice>
          ) : null}
          <Dishes draft={draft} onChange={change} />
        </Box>
      </Box>
      <Box className="soft section">
        {words.order.closesAt(
          `${staff.menu.closes[closing.closesDaysBefore === 0 ? 'same' : 'before']}${closing.closesAt}`,
        )}
      </Box>
    </PageFrame>
  );
}
