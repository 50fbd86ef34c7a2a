import { useWords } from '../i18n';
import { waitingAlertsStore } from '../services/duty-notice.ts';
import { open, restartAt } from '../services/pages.ts';
import { sessionStore } from '../services/session.ts';
import { useStore } from '../services/store.ts';
import { tabsOf } from '../services/tabs.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** Somebody waits for help while this person is on another page than the board: said on top of it, with the way there. */
export function DutyNotice() {
  const words = useWords();
  const waiting = useStore(waitingAlertsStore);
  const role = useStore(sessionStore)?.person.role;
  if (waiting === 0 || role === undefined) return null;
  const isTab = tabsOf(role).some(({ page }) => page === 'board');
  return (
    <Notice
      urgent
      tone="waiting"
      title={words.duty.waiting(waiting)}
      actions={<Button onTap={() => (isTab ? restartAt('board') : open('board'))}>{words.duty.toBoard}</Button>}
    />
  );
}
