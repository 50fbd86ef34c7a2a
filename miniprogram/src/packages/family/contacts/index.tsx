import { useDidShow } from '@tarojs/taro';
import { useEffect } from 'react';
import type { Contact } from '../../../../../shared/contracts/circle.ts';
import { Button } from '../../../components/button.tsx';
import { Mark, Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box, Heading } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useAlertSays } from '../../../features/alerts/alert-says.ts';
import { useKeptContacts } from '../../../features/alerts/keep-contacts.tsx';
import { useAction } from '../../../hooks/use-action.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useCircleWords } from '../../../i18n/circle';
import { call } from '../../../services/api.ts';
import { askInTap, loadConsents } from '../../../services/message-consents.ts';
import { open, usePageParams } from '../../../services/pages.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';

/** While a test is under way, its result is asked for at this distance. */
const TEST_MS = 3000;

/** Whom an alert reaches besides the desk, in the order in which they are called. */
export default function ContactsPage() {
  const { contacts: words } = useCircleWords();
  const { elderId = '' } = usePageParams();
  const elder = useRoute('getElder', { params: { elderId } });
  const query = useRoute('listContacts', { params: { elderId } });
  const { value, reload } = query;
  useKeptContacts(value?.contacts);
  useDidShow(() => void loadConsents());
  useEffect(() => {
    if (!value?.contacts.some((one) => one.testResult === 'sending')) return;
    const timer = setTimeout(reload, TEST_MS);
    return () => clearTimeout(timer);
  }, [value, reload]);

  return (
    <PageFrame
      title={words.title}
      lead={elder.value ? words.lead(elder.value.name) : undefined}
      action={
        <Button look="main" onTap={() => open('contact', { elderId })}>
          {words.add}
        </Button>
      }
    >
      <QueryStates query={query}>
        {({ contacts }) => {
          const written = contacts.filter((one) => one.personId === undefined);
          const bound = contacts.filter((one) => one.personId !== undefined);
          const nobodyRings = contacts.every(({ reach }) => reach !== undefined && reach.length === 0);
          return (
            <Box className="stack">
              {nobodyRings ? (
                <Notice tone="waiting" title={words.nobodyRings}>
                  {words.nobodyRingsText}
                </Notice>
              ) : null}
              {contacts.length === 0 ? null : <Box className="soft">{words.testText}</Box>}
              {written.length === 0 ? <Empty icon="people" title={words.none} text={words.noneText} /> : null}
              {written.map((contact, place) => (
                <ContactCard
                  key={contact.contactId}
                  elderId={elderId}
                  contact={contact}
                  place={place + 1}
                  before={written.slice(0, place)}
                  onChange={reload}
                />
              ))}
              {bound.length === 0 ? null : (
                <Section title={words.bound}>
                  <Box className="stack">
                    <Box className="soft">{words.boundText}</Box>
                    {bound.map((contact) => (
                      <ContactCard key={contact.contactId} elderId={elderId} contact={contact} onChange={reload} />
                    ))}
                  </Box>
                </Section>
              )}
            </Box>
          );
        }}
      </QueryStates>
    </PageFrame>
  );
}

interface ContactCardProps {
  readonly elderId: string;
  readonly contact: Contact;
  /** The place in the calling order, for a contact that was written by hand. */
  readonly place?: number;
  /** Those who are called earlier. */
  readonly before?: readonly Contact[];
  readonly onChange: () => void;
}

function ContactCard({ elderId, contact, place, before = [], onChange }: ContactCardProps) {
  const { contacts: words, reach } = useCircleWords();
  const testing = useAction();
  const moving = useAction();
  const { contactId, name, relation, kind, phone } = contact;
  const above = before.at(-1);
  const isMe = useStore(sessionStore)?.person.personId === contact.personId;

  const test = async () => {
    // A test of oneself takes one of WeChat's messages: ask for another, within the tap.
    if (isMe) void askInTap().then(onChange);
    await testing.run(() => call('testContact', { params: { elderId, contactId } }));
    onChange();
  };
  /** Two change places; where both stood at the same one, they get two. */
  const moveUp = async (other: Contact) => {
    const order = Math.min(other.order, contact.order);
    const later = Math.max(other.order, contact.order, order + 1);
    const first = await moving.run(() => put(elderId, contact, order));
    if (first?.ok) await moving.run(() => put(elderId, other, later));
    onChange();
  };

  return (
    <Box role="group" label={name} className="card stack">
      <Box>
        <Heading level={2} className="lead">
          {place === undefined ? name : `${place}. ${name}`}
        </Heading>
        <Box>{relation ?? words.kinds[kind]}</Box>
        <Box className="strong">{phone ?? words.noPhone}</Box>
        <HowReached contact={contact} />
      </Box>
      <TestResult contact={contact} />
      {testing.refusal ? <Failure refusal={testing.refusal} title={words.testFailed} /> : null}
      {moving.refusal ? <Failure refusal={moving.refusal} title={words.upFailed} /> : null}
      <Button icon="bell" disabled={testing.busy} onTap={() => void test()}>
        {testing.busy ? words.testing : words.testOf(name)}
      </Button>
      {isMe ? <Button onTap={() => open('reach')}>{reach.title}</Button> : null}
      {place === undefined ? null : (
        <Button onTap={() => open('contact', { elderId, contactId })}>{words.changeOf(name)}</Button>
      )}
      {above === undefined ? null : (
        <Button look="quiet" disabled={moving.busy} onTap={() => void moveUp(above)}>
          {words.upOf(name)}
        </Button>
      )}
    </Box>
  );
}

const put = (elderId: string, { contactId, kind, name, relation, phone = '' }: Contact, order: number) =>
  call('putContact', {
    params: { elderId, contactId },
    body: { kind, name, phone, order, ...(relation === undefined ? {} : { relation }) },
  });

/** What would ring at theirs; where nothing would, that is said first. */
function HowReached({ contact: { reach, personId } }: { readonly contact: Contact }) {
  const { contacts: words } = useCircleWords();
  if (reach === undefined) return null;
  if (reach.length > 0)
    return <Box className="soft">{words.reachedBy(reach.map((way) => words.ways[way]).join(words.and))}</Box>;
  return (
    <Notice tone="waiting" title={words.unreachable}>
      {personId === undefined ? words.checkNumber : words.unreachableText}
    </Notice>
  );
}

const TONE = { sending: 'info', sent: 'done', failed: 'waiting' } as const;

function TestResult({ contact: { testedAt, testResult } }: { readonly contact: Contact }) {
  const { contacts: words } = useCircleWords();
  const { moment } = useAlertSays();
  if (testedAt === undefined || testResult === undefined) return <Box className="soft">{words.notTested}</Box>;
  const said = words.testedAt(words.tested[testResult], moment(testedAt));
  return testResult === 'failed' ? (
    <Notice tone="waiting" title={said}>
      {words.checkNumber}
    </Notice>
  ) : (
    <Box>
      <Mark tone={TONE[testResult]}>{said}</Mark>
    </Box>
  );
}
