import { useState } from 'react';
import type { InboxEntry } from '../../../../../shared/contracts/alerts.ts';
import { ANSWERING_ROLES } from '../../../../../shared/contracts/roles.ts';
import { Button } from '../../../components/button.tsx';
import { TapCard } from '../../../components/card.tsx';
import { Mark } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { useAlertSays } from '../../../features/alerts/alert-says.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useSay, useWords } from '../../../i18n';
import { call } from '../../../services/api.ts';
import { open } from '../../../services/pages.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';

/** What Anxin has to tell this person, newest first; a tap reads it and opens what it is about. */
export default function InboxPage() {
  const words = useWords();
  const { words: says } = useAlertSays();
  const query = useRoute('myInbox', { query: {} });
  const [earlier, setEarlier] = useState<readonly InboxEntry[]>([]);
  const [cursor, setCursor] = useState<string | undefined>();
  const [asked, setAsked] = useState(false);
  const paging = useAction();
  const reading = useAction();
  const next = asked ? cursor : query.value?.cursor;

  const more = async () => {
    const answer = await paging.run(() => call('myInbox', { query: { cursor: next } }));
    if (!answer?.ok) return;
    setEarlier([...earlier, ...answer.value.entries]);
    setCursor(answer.value.cursor);
    setAsked(true);
  };
  const readAll = async (entries: readonly InboxEntry[]) => {
    for (const { entryId } of entries) {
      const answer = await reading.run(() => call('readInboxEntry', { params: { entryId } }));
      if (!answer?.ok) break;
    }
    query.reload();
  };

  return (
    <PageFrame title={says.inbox.title}>
      <QueryStates query={query}>
        {({ entries: first }) => {
          const entries = [...first, ...earlier];
          const unread = first.filter((entry) => entry.readAt === undefined);
          if (entries.length === 0) {
            return <Empty icon="bell" title={says.inbox.none} text={says.inbox.noneText} />;
          }
          return (
            <Box className="stack">
              {unread.length > 1 ? (
                <Button icon="check" disabled={reading.busy} onTap={() => void readAll(unread)}>
                  {says.inbox.allRead}
                </Button>
              ) : null}
              {reading.refusal ? <Failure refusal={reading.refusal} /> : null}
              {entries.map((entry) => (
                <Entry key={entry.entryId} entry={entry} onRead={query.reload} />
              ))}
              {paging.refusal ? <Failure refusal={paging.refusal} /> : null}
              {next === undefined ? null : (
                <Button onTap={() => void more()} disabled={paging.busy}>
                  {words.more}
                </Button>
              )}
            </Box>
          );
        }}
      </QueryStates>
    </PageFrame>
  );
}

interface EntryProps {
  readonly entry: InboxEntry;
  readonly onRead: () => void;
}

function Entry({ entry, onRead }: EntryProps) {
  const { words, moment } = useAlertSays();
  const say = useSay();
  const role = useStore(sessionStore)?.person.role;
  const { entryId, alertId, at, text, drill, readAt } = entry;
  const onDuty = (ANSWERING_ROLES as readonly string[]).includes(role ?? '');

  const see = () => {
    // Read or not makes no difference to what is opened, so nobody waits for it.
    if (readAt === undefined) void call('readInboxEntry', { params: { entryId } }).then(onRead);
    if (alertId !== undefined) open(onDuty ? 'dutyAlert' : 'alert', { alertId });
  };
  return (
    <TapCard
      label={`${readAt === undefined ? words.inbox.unread : ''} ${words.inbox.open(say(text))}`.trim()}
      onTap={see}
    >
      <Box className="row row--apart">
        <Box className="soft">{moment(at)}</Box>
        <Box className="row">
          {drill ? <Mark tone="quiet">{words.drill}</Mark> : null}
          {readAt === undefined ? <Mark tone="waiting">{words.inbox.unread}</Mark> : null}
        </Box>
      </Box>
      <Box className={readAt === undefined ? 'strong' : ''}>{say(text)}</Box>
    </TapCard>
  );
}
