import { Button } from '../../components/button.tsx';
import { useLive } from '../../hooks/use-live.ts';
import { useAlertWords } from '../../i18n/alerts';
import { open } from '../../services/pages.ts';

const EVERY_SECONDS = 15;

/** 消息（3 条没看）: the way to the inbox. */
export function InboxButton() {
  const words = useAlertWords();
  const unread = useLive('myInbox', { query: {} }, EVERY_SECONDS).value?.unread ?? 0;
  return (
    <Button icon="bell" onTap={() => open('inbox')}>
      {unread > 0 ? words.home.inboxUnread(unread) : words.home.inbox}
    </Button>
  );
}
