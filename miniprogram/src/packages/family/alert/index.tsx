import { useEffect, useRef } from 'react';
import type { AlertDetail, AlertView } from '../../../../../shared/contracts/alerts.ts';
import type { Role } from '../../../../../shared/contracts/roles.ts';
import { Button } from '../../../components/button.tsx';
import { Mark, Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { PhoneButtons } from '../../../components/sos/phone-buttons.tsx';
import { PressCard } from '../../../components/sos/press-card.tsx';
import { isClosed, useAlertSays } from '../../../features/alerts/alert-says.ts';
import { type Live, useLive } from '../../../hooks/use-live.ts';
import { useNow } from '../../../hooks/use-now.ts';
import { useSosPress } from '../../../hooks/use-sos.ts';
import { useSosWords } from '../../../i18n/sos';
import { sos } from '../../../services/api.ts';
import { type HelpPhone, helpPhonesStore, keepHelpPhones } from '../../../services/help-phones.ts';
import { open, usePageParams, useSignInFirst } from '../../../services/pages.ts';
import { callPhone } from '../../../services/phone.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { Answering, NoteToAll } from './answering.tsx';
import { CallOff } from './call-off.tsx';
import { Standing } from './standing.tsx';
import { Timeline } from './timeline.tsx';
import { Who } from './who.tsx';

const EVERY_SECONDS = 2;

/** After the press: who was told, who is coming, a large button to phone. Quiet, and true also without a connection. */
export default function AlertPage() {
  const { words } = useAlertSays();
  const sosWords = useSosWords();
  const { alertId = '' } = usePageParams();
  const session = useStore(sessionStore);
  const press = useSosPress(alertId);
  /** How the press of this phone stood last: it is gone once the alert is over, or once the person has stopped it. */
  const lastState = useRef(press?.state);
  lastState.current = press?.state ?? lastState.current;
  // What has not arrived cannot be asked for.
  const arrived = lastState.current === undefined || lastState.current === 'received';
  const live = useLive('getAlert', arrived && alertId !== '' ? { params: { alertId } } : null, EVERY_SECONDS);
  const alert = live.value?.alert;
  const over = alert !== undefined && (isClosed(alert) || alert.calledOffAt !== undefined);
  useEffect(() => {
    if (over) sos.drop(alertId);
  }, [over, alertId]);
  // A message led here, on a phone whose session has run out.
  const isStranger = session === null && lastState.current === undefined;
  const signInFirst = useSignInFirst();
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it becomes so, not each time the page is drawn
  useEffect(() => {
    if (isStranger) signInFirst();
  }, [isStranger]);
  const name = session?.person.name;
  useEffect(() => {
    if (alert) keepHelpPhones(othersOf(alert, name));
  }, [alert, name]);

  const own = isOwn(session?.person.role);
  const ofOthers = alert?.name !== undefined && !own;
  return (
    <PageFrame
      open
      watch
      tellsSos
      action={
        own && !over ? (
          <Button look="danger" icon="phone" onTap={() => callPhone('120')}>
            {sosWords.phones.ambulance}
          </Button>
        ) : undefined
      }
      title={ofOthers ? words.alert.of(alert.name ?? '') : press?.name ? words.alert.of(press.name) : words.alert.mine}
    >
      {live.value === undefined ? (
        <Unknown live={live} alertId={alertId} stopped={press === undefined && !arrived} />
      ) : (
        <Known detail={live.value} live={live} />
      )}
    </PageFrame>
  );
}

/** An elder, or somebody whose session has ended: 120 is then the page's main button, within thumb's reach. */
const isOwn = (role: Role | undefined): boolean => role === undefined || role === 'elder';

/** The contacts of the alert, without whoever looks: nobody phones themselves. */
const othersOf = ({ contacts }: AlertView, me: string | undefined) =>
  contacts.filter(({ name, callee }) => !(callee === 'family' && name === me));

/** Whom to phone: those of the alert, or those whom this phone has kept. */
function Phones({ people, title }: { readonly people: readonly HelpPhone[]; readonly title: string }) {
  const own = isOwn(useStore(sessionStore)?.person.role);
  const kept = useStore(helpPhonesStore);
  if (own && people.length === 0 && kept.length === 0) return null;
  return (
    <Section title={title}>
      <PhoneButtons people={people} peopleOnly={own} />
    </Section>
  );
}

interface UnknownProps {
  readonly live: Live<AlertDetail>;
  readonly alertId: string;
  /** The person has stopped it before it was known to have arrived. */
  readonly stopped: boolean;
}

/** Nothing is known yet but what this phone has done itself. */
function Unknown({ live, alertId, stopped }: UnknownProps) {
  const { words } = useAlertSays();
  const sosWords = useSosWords();
  const press = useSosPress(alertId);
  const signedIn = useStore(sessionStore) !== null;
  const refused = live.refusal && live.refusal.code !== 'offline' ? live.refusal : undefined;
  const received = press?.state === 'received';
  return (
    <Box className="stack">
      {stopped ? (
        <Notice tone="info" title={words.alert.stopped}>
          {words.alert.stoppedText}
        </Notice>
      ) : null}
      {press ? <PressCard press={press} /> : null}
      {live.refusal?.code === 'offline' ? (
        <Notice tone="waiting" title={words.alert.lost}>
          {received ? words.alert.lostFirst : undefined}
        </Notice>
      ) : null}
      {received && !signedIn ? (
        <Notice
          tone="info"
          title={words.alert.signInText}
          actions={<Button onTap={() => open('signIn')}>{sosWords.ask.signIn}</Button>}
        />
      ) : null}
      {received && refused ? <Box className="card">{words.alert.mayNotSee}</Box> : null}
      {refused && press === undefined && !stopped ? (
        refused.code === 'not-found' ? (
          <Notice tone="info" title={words.alert.notFound} />
        ) : (
          <Failure refusal={refused} onRetry={live.reload} />
        )
      ) : null}
      <Phones people={[]} title={sosWords.ask.phones} />
    </Box>
  );
}

/** How far the phone's clock is from the server's must not show in how long somebody has waited. */
function useServerNow({ value, answeredAt }: Live<AlertDetail>): number {
  const now = useNow(1);
  const ahead = value?.at === undefined || answeredAt === undefined ? 0 : Date.parse(value.at) - answeredAt;
  return now + ahead;
}

interface KnownProps {
  readonly detail: AlertDetail;
  readonly live: Live<AlertDetail>;
}

function Known({ detail, live }: KnownProps) {
  const { words } = useAlertSays();
  const { alert } = detail;
  const now = useServerNow(live);
  const phoneNow = useNow(1);
  const me = useStore(sessionStore)?.person;
  const role = me?.role;
  const closed = isClosed(alert);
  const answers = role !== undefined && role !== 'elder' && role !== 'canteen-staff';
  const elderPhone =
    role !== 'elder' && alert.phone !== undefined && !alert.phone.includes('*') ? alert.phone : undefined;
  const elder =
    elderPhone === undefined ? [] : [{ name: alert.name ?? words.somebody, callee: 'elder', phone: elderPhone }];
  return (
    <Box className="stack">
      {alert.drill ? (
        <Box>
          <Mark tone="info">{words.drill}</Mark> {words.drillText}
        </Box>
      ) : null}
      {live.refusal ? (
        <Notice urgent tone="waiting" title={words.alert.lost}>
          {words.alert.lostText(words.span(Math.max(0, Math.round((phoneNow - (live.answeredAt ?? phoneNow)) / 1000))))}
        </Notice>
      ) : null}
      <Standing alert={alert} now={now} ownElder={role === 'elder'} />
      <CallOff alert={alert} now={now} onDone={live.reload} />
      {answers ? <Answering alert={alert} onDone={live.reload} /> : null}
      <Who deliveries={detail.deliveries} open={!closed} />
      {closed ? null : <Phones people={[...elder, ...othersOf(alert, me?.name)]} title={words.alert.phones} />}
      {answers ? <NoteToAll alert={alert} onDone={live.reload} /> : null}
      <Timeline detail={detail} />
    </Box>
  );
}
