import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Box } from '../../../components/primitives';
import { copyText } from '../copy-text.ts';
import { useDutyWords } from '../words';

interface TokenOnceProps {
  readonly token: string;
  readonly onClose: () => void;
}

/** The key of a device, shown this once: it is kept nowhere, and gone when the card is closed. */
export function TokenOnce({ token, onClose }: TokenOnceProps) {
  const duty = useDutyWords();
  const [copied, setCopied] = useState<boolean | undefined>();
  return (
    <Box role="group" label={duty.devices.token} className="card stack">
      <Notice tone="done" title={duty.devices.registered}>
        {duty.devices.tokenText}
      </Notice>
      <Box className="strong">{duty.devices.token}</Box>
      <Box className="token">{token}</Box>
      <Box role="status" className="soft small">
        {copied === undefined ? '' : copied ? duty.devices.tokenCopied : duty.alert.copyFailed}
      </Box>
      <Box className="desk-buttons">
        <Button look="main" onTap={() => void copyText(token).then(setCopied)}>
          {duty.devices.copyToken}
        </Button>
        <Button onTap={onClose}>{duty.devices.tokenDone}</Button>
      </Box>
    </Box>
  );
}
