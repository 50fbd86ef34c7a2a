import { formatYuan } from '../../../../../shared/values/money.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { firstSlot, SlotChoice } from '../../../features/meals/choices.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useNow } from '../../../hooks/use-now.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { notBeforeToday } from '../../../services/clock.ts';
import { useCanteens } from '../place/use-canteens.ts';
import { useStaffWords } from '../words';
import { LateReason } from './late-reason.tsx';
import { Meal } from './meal.tsx';
import { Pick } from './pick.tsx';
import { unsettled } from './rows.ts';
import { RowsTable } from './rows-table.tsx';
import { useMany } from './use-many.ts';
import '../staff.css';

/** One meal for many elders: tick them, look over what each gets, send, and see what became of each. */
export default function ManyPage() {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const now = useNow();
  const place = useCanteens();
  const many = useMany();
  const { change } = many;
  const draft = { ...many.draft, date: notBeforeToday(many.draft.date) };
  const canteenId = place.canteen?.canteenId;
  const sittings = useRoute(
    'listSittings',
    canteenId === undefined ? null : { params: { canteenId }, query: { from: draft.date, to: draft.date } },
  );
  const sitting = sittings.value?.sittings.find((one) => one.sitting === draft.sitting && one.open);
  const eating = draft.eating !== null && sitting?.eating.includes(draft.eating) ? draft.eating : sitting?.eating[0];
  const slotId = draft.slotId || (sitting ? firstSlot(sitting.slots) : '');
  const closed = sitting !== undefined && now > Date.parse(sitting.closesAt);
  const lacksReason = closed && draft.reason.trim() === '';
  const todo = unsettled(draft.rows);
  const placed = draft.rows.filter((row) => row.state === 'placed');
  // Another time may be chosen for those who found theirs full; not while an order may stand with the first one.
  const isFull = todo.some((row) => row.refusal?.code === 'slot-full') && !todo.some((row) => row.state === 'unknown');
  const busy = many.progress !== undefined;
  const what = say.dayMeal(draft.date, draft.sitting);
  const step = draft.rows.length === 0 ? 'choose' : draft.sent ? 'answers' : 'check';

  const send = () => {
    if (sitting === undefined || eating === undefined || slotId === '' || lacksReason) return;
    void many
      .send({
        canteenId: sitting.canteenId,
        date: draft.date,
        sitting: draft.sitting,
        slotId,
        eating,
        ...(closed ? { reason: draft.reason.trim() } : {}),
      })
      .then(sittings.reload);
  };
  const startAgain = () => many.forget();

  const action =
    step === 'choose' ? (
      draft.picked.length > 0 && sitting && slotId !== '' ? (
        <Button
          look="main"
          disabled={busy}
          onTap={() => {
            // Fixed from here on: an order that is sent again must be the same order.
            change({ slotId, eating: eating ?? null });
            void many.prepare(sitting);
          }}
        >
          {busy ? staff.many.preparing(many.progress ?? 0, draft.picked.length) : staff.many.check(draft.picked.length)}
        </Button>
      ) : undefined
    ) : step === 'check' ? (
      <>
        <Button look="main" disabled={busy || todo.length === 0 || lacksReason} onTap={send}>
          {busy
            ? staff.many.sending(many.progress ?? 0, todo.length)
            : staff.many.send(todo.length, say.shortDay(draft.date), say.meal(draft.sitting))}
        </Button>
        <Button onTap={() => change({ rows: [] })} disabled={busy}>
          {staff.many.back}
        </Button>
      </>
    ) : (
      <>
        {todo.length > 0 ? (
          <Button look="main" disabled={busy} onTap={send}>
            {busy ? staff.many.sending(many.progress ?? 0, todo.length) : staff.many.retry(todo.length)}
          </Button>
        ) : null}
        <Button look={todo.length > 0 ? 'plain' : 'main'} disabled={busy} onTap={startAgain}>
          {staff.many.done}
        </Button>
      </>
    );

  return (
    <PageFrame desk title={staff.many.title} lead={step === 'choose' ? staff.many.lead : what} action={action}>
      {many.refusal ? (
        <Failure
          refusal={many.refusal}
          title={many.refusal.code === 'offline' && draft.sent ? staff.many.offline : undefined}
        />
      ) : null}
      {step === 'choose' ? (
        <>
          <Meal
            place={place}
            draft={{ ...draft, eating, slotId }}
            sittings={sittings}
            sitting={sitting}
            closed={closed}
            onChange={change}
          />
          <Pick date={draft.date} picked={draft.picked} onChange={(picked) => change({ picked })} />
        </>
      ) : (
        <>
          {step === 'answers' && !busy ? (
            <Notice
              urgent={todo.length > 0}
              tone={placed.length === draft.rows.length ? 'done' : 'waiting'}
              title={staff.many.result(placed.length, draft.rows.length - placed.length)}
            >
              {placed.length > 0
                ? staff.many.sum(formatYuan(placed.reduce((sum, row) => sum + (row.copay ?? 0), 0)))
                : undefined}
            </Notice>
          ) : null}
          {closed && todo.length > 0 ? (
            <LateReason value={draft.reason} onChange={(reason) => change({ reason })} />
          ) : null}
          {isFull && sitting && !busy ? (
            <Section title={staff.many.otherSlot}>
              <SlotChoice slots={sitting.slots} value={slotId} onChange={(value) => change({ slotId: value })} />
            </Section>
          ) : null}
          <RowsTable rows={draft.rows} sitting={sitting} isSent={draft.sent} />
          {step === 'check' ? (
            <Box className="soft section">{staff.many.checkHelp(words.eating[eating ?? 'dine-in'])}</Box>
          ) : null}
        </>
      )}
    </PageFrame>
  );
}
