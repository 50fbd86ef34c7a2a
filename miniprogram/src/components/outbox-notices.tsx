import { useSay, useWords } from '../i18n';
import { outbox } from '../services/api.ts';
import { sessionStore } from '../services/session.ts';
import { useStore } from '../services/store.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** What is kept on the phone and not sent yet, and what became of what was sent late. */
export function OutboxNotices() {
  const words = useWords();
  const say = useSay();
  const { pending, late } = useStore(outbox.state);
  const personId = useStore(sessionStore)?.person.personId;
  return (
    <>
      {late
        .filter((one) => one.personId === personId)
        .map((one) => (
          <Notice
            key={one.id}
            urgent={one.refusal !== undefined}
            tone={one.refusal ? 'waiting' : 'done'}
            title={one.refusal ? words.outbox.refused(one.what) : words.outbox.arrived(one.what)}
            actions={<Button onTap={() => outbox.dismiss(one.id)}>{words.close}</Button>}
          >
            {one.refusal ? say(one.refusal.message) : words.outbox.arrivedText}
          </Notice>
        ))}
      {pending
        .filter((one) => one.personId === personId && one.waiting)
        .map((one) => (
          <Notice
            key={one.id}
            tone="waiting"
            title={words.outbox.waiting(one.what)}
            actions={
              <>
                <Button onTap={() => void outbox.flush()}>{words.outbox.sendNow}</Button>
                <Button look="quiet" onTap={() => outbox.discard(one.id)}>
                  {words.outbox.discard}
                </Button>
              </>
            }
          >
            {words.outbox.waitingText}
          </Notice>
        ))}
    </>
  );
}
