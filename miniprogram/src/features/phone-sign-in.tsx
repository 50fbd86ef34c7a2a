import { useState } from 'react';
import { Phone, type SignIn } from '../../../shared/contracts/people.ts';
import { Button } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { Failure } from '../components/page-states.tsx';
import { Box, Form } from '../components/primitives';
import { Section } from '../components/section.tsx';
import { useAction } from '../hooks/use-action.ts';
import { useWords } from '../i18n';
import { call } from '../services/api.ts';

interface PhoneSignInProps {
  readonly busy: boolean;
  readonly onSignIn: (body: SignIn) => unknown;
}

/** Signing in by a phone number and the code that is sent to it: for staff, and for families on the web. */
export function PhoneSignIn({ busy, onSignIn }: PhoneSignInProps) {
  const words = useWords();
  const sending = useAction();
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [sent, setSent] = useState<{ sentTo: string; expiresInSeconds: number } | undefined>();
  const [wrong, setWrong] = useState<'phone' | 'code' | undefined>();

  const sendCode = async () => {
    if (!Phone.safeParse(phone).success) return setWrong('phone');
    setWrong(undefined);
    const answer = await sending.run(() => call('requestOneTimeCode', { body: { phone } }));
    if (answer?.ok) setSent(answer.value);
  };
  const enter = () => {
    if (!Phone.safeParse(phone).success) return setWrong('phone');
    if (!/^\d{6}$/.test(code)) return setWrong('code');
    setWrong(undefined);
    onSignIn({ by: 'phone', phone, code });
  };

  return (
    <Section title={words.signIn.byPhone}>
      <Form className="stack" onSubmit={sent ? enter : sendCode}>
        <TextField
          id="phone"
          label={words.signIn.phone}
          help={words.signIn.phoneHelp}
          kind="phone"
          maxLength={11}
          value={phone}
          onChange={(value) => setPhone(value.trim())}
          wrong={wrong === 'phone' ? words.signIn.phoneWrong : undefined}
        />
        {sending.refusal ? <Failure refusal={sending.refusal} /> : null}
        {sent ? (
          <>
            <Notice tone="done" title={words.signIn.sent(sent.sentTo, Math.round(sent.expiresInSeconds / 60))} />
            <TextField
              id="code"
              label={words.signIn.code}
              help={words.signIn.codeHelp}
              kind="code"
              maxLength={6}
              value={code}
              onChange={(value) => setCode(value.trim())}
              wrong={wrong === 'code' ? words.signIn.codeWrong : undefined}
            />
            <Button look="main" onTap={enter} disabled={busy}>
              {busy ? words.signIn.signingIn : words.signIn.enter}
            </Button>
          </>
        ) : null}
        <Box>
          <Button onTap={sendCode} disabled={sending.busy}>
            {words.signIn.sendCode}
          </Button>
        </Box>
      </Form>
    </Section>
  );
}
