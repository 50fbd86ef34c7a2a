import { useEffect, useState } from 'react';
import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, Failure, Loading } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useKeepAwake } from '../../../hooks/use-keep-awake.ts';
import { useWords } from '../../../i18n';
import { open, type PageName } from '../../../services/pages.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { tabsOf } from '../../../services/tabs.ts';
import { AlertPanel } from '../alert/alert-panel.tsx';
import { useAlertWords } from '../alert-words.ts';
import { useWide } from '../use-wide.ts';
import { tryRing } from '../watch/alert-watch.ts';
import { isUnanswered } from '../watch/board-state.ts';
import { take } from '../watch/taking.ts';
import { useWatch } from '../watch/use-watch.ts';
import { useDutyWords } from '../words';
import { AlertRow } from './alert-row.tsx';
import { Connection, RingBanner } from './banners.tsx';
import { Unverified } from './unverified.tsx';
import { useKeys } from './use-keys.ts';
import '../../staff/staff.css';
import '../duty.css';

/** The board of those on duty: who calls for help now, who waits, and who is on it. */
export default function BoardPage() {
  const duty = useDutyWords();
  const person = useStore(sessionStore)?.person;
  const watched = useWatch();
  const { board, alerts } = watched;
  const waiting = alerts.filter(isUnanswered).length;
  useKeepAwake();
  const isTab = person !== undefined && tabsOf(person.role).some(({ page }) => page === 'board');
  return (
    <PageFrame
      desk
      watch
      title={duty.board.title}
      // Without a connection nobody knows how many call for help now.
      lead={
        board.heardAt === undefined || board.lostSince !== undefined
          ? undefined
          : duty.board.lead(alerts.length, waiting)
      }
      {...(isTab ? { tab: 'board' as const } : {})}
    >
      {person !== undefined && person.area === undefined ? (
        <Notice urgent tone="waiting" title={duty.board.noArea}>
          {duty.board.noAreaText}
        </Notice>
      ) : (
        <Board {...watched} />
      )}
      <Also isQuiet={waiting === 0} />
    </PageFrame>
  );
}

function Board({ board, alerts, now, serverNow }: ReturnType<typeof useWatch>) {
  const duty = useDutyWords();
  const person = useStore(sessionStore)?.person;
  const wide = useWide();
  const [chosen, setChosen] = useState<string | undefined>();
  const say = useAlertWords();
  const newest = alerts.find(isUnanswered);
  // In the order in which they stand: the unverified are apart.
  const ids = [...alerts].sort((a, b) => Number(a.unverified) - Number(b.unverified)).map(({ alertId }) => alertId);
  // What is chosen stays chosen when another alert comes in: Enter must not take one that nobody looked at.
  const selected = chosen !== undefined && ids.includes(chosen) ? chosen : wide ? ids[0] : undefined;
  useEffect(() => {
    if (selected !== chosen) setChosen(selected);
  }, [selected, chosen]);
  const openOne = (alertId: string) => {
    setChosen(alertId);
    if (!wide) open('dutyAlert', { alertId });
  };
  useKeys({
    ids,
    selected,
    onSelect: setChosen,
    onEnter: (alertId) => {
      const alert = alerts.find((one) => one.alertId === alertId);
      if (alert !== undefined && isUnanswered(alert)) void take(alertId);
      else openOne(alertId);
    },
  });

  const rows = (some: readonly AlertView[]) =>
    some.map((alert) => (
      <AlertRow
        key={alert.alertId}
        alert={alert}
        serverNow={serverNow}
        selected={alert.alertId === selected}
        onOpen={() => openOne(alert.alertId)}
      />
    ));
  const [verified, unverified] = [alerts.filter((one) => !one.unverified), alerts.filter((one) => one.unverified)];

  const list =
    alerts.length === 0 ? (
      board.heardAt === undefined && board.lostSince === undefined ? (
        <Loading />
      ) : board.lostSince === undefined ? (
        <Empty icon="circleCheck" title={duty.board.quiet} text={duty.board.quietText} />
      ) : null
    ) : (
      <Box>
        {verified.length === 0 ? null : (
          <Box role="list" label={duty.board.list} className="alert-list">
            {rows(verified)}
          </Box>
        )}
        {unverified.length === 0 ? null : (
          <Unverified alerts={unverified} person={person}>
            {rows(unverified)}
          </Unverified>
        )}
        {board.hidden > 0 ? <Box className="soft">{duty.board.hidden(board.hidden)}</Box> : null}
      </Box>
    );
  return (
    <>
      <RingBanner />
      {/* Who listens instead of looking hears of each new alert at once. */}
      <Box role="alert" className="visually-hidden">
        {newest === undefined ? '' : duty.board.news(say.name(newest), duty.sources[newest.source])}
      </Box>
      <Connection board={board} now={now} known={alerts.length} />
      {board.lostSince === undefined && board.refusal !== undefined && board.refusal.code !== 'offline' ? (
        <Failure refusal={board.refusal} title={duty.board.refused} />
      ) : null}
      {wide && alerts.length > 0 ? (
        <Box className="board">
          <Box className="board__list">
            {list}
            <Box className="soft small">{duty.board.keys}</Box>
          </Box>
          <Box className="board__alert">
            {selected === undefined ? (
              <Empty icon="bell" title={duty.board.choose} text={duty.board.chooseText} />
            ) : (
              <AlertPanel key={selected} alertId={selected} onBoard />
            )}
          </Box>
        </Box>
      ) : (
        list
      )}
    </>
  );
}

/** What else those on duty do, as far as it is no tab of theirs. */
function Also({ isQuiet }: { readonly isQuiet: boolean }) {
  const words = useWords();
  const duty = useDutyWords();
  const role = useStore(sessionStore)?.person.role;
  if (role === undefined) return null;
  const links: readonly (readonly [PageName, string, boolean])[] = [
    ['raiseFor', words.staffTabs.raiseFor, true],
    ['checkTasks', words.staffTabs.checkTasks, true],
    ['devices', words.staffTabs.devices, true],
    ['alertReport', duty.report.title, role !== 'grid-worker'],
    ['openings', duty.openings.title, role === 'district-staff'],
  ];
  const tabs = tabsOf(role).map(({ page }) => page);
  return (
    <Section title={duty.board.also}>
      <Box className="desk-links">
        {links
          .filter(([page, , isTheirs]) => isTheirs && !tabs.includes(page))
          .map(([page, title]) => (
            <Button key={page} onTap={() => open(page)}>
              {title}
            </Button>
          ))}
        {isQuiet ? (
          <Button icon="bell" onTap={tryRing}>
            {duty.board.soundTest}
          </Button>
        ) : null}
      </Box>
    </Section>
  );
}
