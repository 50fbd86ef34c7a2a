import Taro from '@tarojs/taro';
import { useState } from 'react';
import type { CanteenView } from '../../../../../shared/contracts/canteens.ts';
import type { SittingOrderRow } from '../../../../../shared/contracts/meal-orders.ts';
import { formatYuan } from '../../../../../shared/values/money.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box, Form, Words } from '../../../components/primitives';
import { orderIdOf } from '../../../features/meals/meal-code.ts';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useWords } from '../../../i18n';
import { today } from '../../../services/clock.ts';
import { open, usePageParams } from '../../../services/pages.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { OfCanteen } from '../place/of-canteen.tsx';
import { isSitting, type SittingAt, sittingOfNow, usualSittings } from '../place/sitting-at.ts';
import { useStaffWords } from '../words';
import { type FoundBy, found, useCheckIn } from './check-in-list.ts';
import { CheckInRow, Mind } from './check-in-row.tsx';
import '../staff.css';

const inWeChat = process.env.TARO_ENV === 'weapp';

/** The counter of today's sitting: find by name, the end of the phone or the code, and one tap. */
export default function CheckInPage() {
  const words = useWords();
  const say = useMealWords();
  return (
    <PageFrame desk tab="checkIn" title={words.staffTabs.checkIn} lead={say.dateAndWeekday(today())}>
      <OfCanteen>{(canteen) => <Canteen key={canteen.canteenId} canteen={canteen} />}</OfCanteen>
    </PageFrame>
  );
}

function Canteen({ canteen }: { readonly canteen: CanteenView }) {
  const words = useWords();
  const params = usePageParams();
  const [sitting, setSitting] = useState(() => (isSitting(params.sitting) ? params.sitting : sittingOfNow(canteen)));
  const usual = usualSittings(canteen);
  return (
    <>
      {usual.length > 1 ? (
        <Box className="desk-chips">
          <Choice
            grid
            name="sitting"
            label={words.order.which}
            value={sitting}
            onChange={setSitting}
            items={usual.map((value) => ({ value, title: words.sittings[value] }))}
          />
        </Box>
      ) : null}
      <Counter
        key={sitting}
        at={{ canteenId: canteen.canteenId, date: today(), sitting }}
        slotOf={(slotId) => canteen.sittings[sitting]?.slots.find((slot) => slot.slotId === slotId)}
      />
    </>
  );
}

type Show = 'waiting' | 'served';

interface CounterProps {
  readonly at: SittingAt;
  readonly slotOf: (slotId: string) => { from: string; until: string } | undefined;
}

function Counter({ at, slotOf }: CounterProps) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  // The canteen's own staff check in; ordering is the community's.
  const mayOrder = useStore(sessionStore)?.person.role !== 'canteen-staff';
  const [find, setFind] = useState('');
  const [show, setShow] = useState<Show>('waiting');
  const [unread, setUnread] = useState<string | undefined>();
  const counter = useCheckIn(at, (row) => `${staff.checkIn.what} ${row.elderName}`);
  const { query, orders, busy, failed, done } = counter;
  const live = orders.filter((one) => one.state !== 'cancelled');
  const served = live.filter((one) => one.state === 'served').length;
  const matches = found(orders, find);
  const rows = matches.filter(
    (one) =>
      find.trim() !== '' ||
      (show === 'served' ? one.state === 'served' : one.state === 'placed' || one.state === 'missed'),
  );
  const slotWords = (row: SittingOrderRow): string => {
    const slot = slotOf(row.slotId);
    return slot ? say.slot(slot) : row.slotId;
  };
  const checkIn = (row: SittingOrderRow, by: FoundBy) => {
    setFind('');
    setUnread(undefined);
    void counter.checkIn(row, by);
  };
  const foundBy: FoundBy = /^\d/.test(find.trim()) ? 'phone-tail' : 'name';

  const readCode = (code: string) => {
    const orderId = orderIdOf(code);
    const row = orders.find((one) => one.orderId === orderId);
    setFind('');
    if (orderId === undefined) setUnread(staff.checkIn.notACode);
    else if (row === undefined) setUnread(staff.checkIn.notHere);
    else if (row.state === 'served') setUnread(staff.checkIn.already(row.elderName));
    else if (row.state === 'cancelled') setUnread(staff.checkIn.isCancelled(row.elderName));
    else checkIn(row, 'qr');
  };
  /** Enter, from the keyboard or a scanner: a code checks in at once, and so does what finds exactly one elder. */
  const enter = () => {
    const text = find.trim();
    if (text.startsWith('anxin:')) return readCode(text);
    const [only, ...others] = matches.filter((one) => one.state === 'placed' || one.state === 'missed');
    const isWhole = only !== undefined && (only.elderName === text || (text.length === 4 && only.phoneTail === text));
    if (isWhole && others.length === 0) checkIn(only, foundBy);
  };
  const scan = async () => {
    const code = await Taro.scanCode({ scanType: ['qrCode'] }).catch(() => undefined);
    if (code) readCode(code.result);
  };

  return (
    <>
      <Form onSubmit={enter} className="section stack" label={staff.checkIn.find}>
        <TextField
          id="find"
          label={staff.checkIn.find}
          help={inWeChat ? staff.checkIn.findHelp : staff.checkIn.findHelpWeb}
          value={find}
          onChange={(text) => {
            setFind(text);
            setUnread(undefined);
          }}
        />
        {inWeChat ? <Button onTap={() => void scan()}>{staff.checkIn.scan}</Button> : null}
      </Form>
      <Box className="check-news">
        {unread ? <Notice urgent tone="waiting" title={unread} /> : null}
        {failed ? <Failure title={staff.checkIn.failed(failed.row.elderName)} refusal={failed.refusal} /> : null}
        {done ? (
          <Notice
            tone={done.what === 'kept' ? 'waiting' : 'done'}
            title={
              done.what === 'in'
                ? staff.checkIn.done(done.row.elderName)
                : done.what === 'undone'
                  ? staff.checkIn.undone(done.row.elderName)
                  : staff.checkIn.kept(done.row.elderName)
            }
            actions={
              done.what === 'undone' ? undefined : (
                <Button disabled={busy !== undefined} onTap={() => void counter.undo(done.row)}>
                  {staff.checkIn.undo}
                </Button>
              )
            }
          >
            {done.what === 'undone' ? undefined : (
              <Box className="stack">
                <Words className="lead">
                  {done.row.copay === 0
                    ? staff.checkIn.nothingToCollect
                    : staff.checkIn.collectNow(formatYuan(done.row.copay))}
                </Words>
                <Words>{done.row.dishes.join(words.dishes.listSeparator)}</Words>
                <Mind row={done.row} />
                {done.what === 'kept' ? <Words>{words.outbox.waitingText}</Words> : null}
              </Box>
            )}
          </Notice>
        ) : null}
      </Box>
      <Box className="section">
        <QueryStates query={query}>
          {() =>
            live.length === 0 ? (
              <Empty
                icon="checkIn"
                title={staff.checkIn.none}
                text={staff.checkIn.noneText}
                action={
                  mayOrder ? <Button onTap={() => open('staffOrder')}>{words.staffTabs.order}</Button> : undefined
                }
              />
            ) : (
              <>
                <Box className="desk-chips">
                  <Choice
                    grid
                    name="show"
                    label={staff.checkIn.show}
                    value={show}
                    onChange={setShow}
                    items={[
                      { value: 'waiting', title: staff.checkIn.waiting(live.length - served) },
                      { value: 'served', title: staff.checkIn.served(served) },
                    ]}
                  />
                </Box>
                <Box role="list" label={words.staffTabs.checkIn} className="section stack">
                  {rows.map((row) => (
                    <CheckInRow
                      key={row.orderId}
                      row={row}
                      slot={slotWords(row)}
                      busy={busy !== undefined}
                      onCheckIn={() => checkIn(row, foundBy)}
                      onUndo={() => void counter.undo(row)}
                    />
                  ))}
                </Box>
                {rows.length === 0 ? (
                  <Empty
                    icon="checkIn"
                    title={find.trim() === '' ? staff.checkIn.allDone : staff.checkIn.nobody(find.trim())}
                    text={find.trim() === '' ? staff.checkIn.allDoneText : staff.checkIn.nobodyText}
                  />
                ) : null}
              </>
            )
          }
        </QueryStates>
      </Box>
    </>
  );
}
