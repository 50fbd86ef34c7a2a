import { useDidShow } from '@tarojs/taro';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { Box } from '../components/primitives';
import { useCircleWords } from '../i18n/circle';
import { askInTap, consentsStore, loadConsents } from '../services/message-consents.ts';
import { useStore } from '../services/store.ts';

interface MoreMessagesProps {
  /** Shows nothing where this many messages, or more, can still come. */
  readonly fewerThan?: number;
}

/** How many messages WeChat can still bring, and a button that asks it for one more. Nothing on the web, which has none. */
export function MoreMessages({ fewerThan = Number.POSITIVE_INFINITY }: MoreMessagesProps) {
  const { reach: words } = useCircleWords();
  const consents = useStore(consentsStore);
  const [busy, setBusy] = useState(false);
  useDidShow(() => void loadConsents());
  if (consents === undefined || consents.left >= fewerThan) return null;
  const ask = () => {
    setBusy(true);
    void askInTap().finally(() => setBusy(false));
  };
  return (
    <Box className="stack">
      <Box>{consents.left === 0 ? words.messagesNone : words.messagesLeft(consents.left)}</Box>
      <Button icon="bell" disabled={busy} onTap={ask}>
        {words.messagesMore}
      </Button>
    </Box>
  );
}
