import { useState } from 'react';
import { type OwnPhone as OwnPhoneProof, Phone } from '../../../../shared/contracts/people.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Failure } from '../../components/page-states.tsx';
import { Box, NumberTap } from '../../components/primitives';
import { useAction } from '../../hooks/use-action.ts';
import { useWords } from '../../i18n';
import { useCircleWords } from '../../i18n/circle';
import { call } from '../../services/api.ts';
import { keepPerson, sessionStore } from '../../services/session.ts';
import { useStore } from '../../services/store.ts';
// Without its ending: the web has a variant of its own.
import { inWechat } from '../../services/wechat';

/** The number that is rung when help is called: which one it is, or the two ways to leave one. */
export function OwnPhone() {
  const { reach: words } = useCircleWords();
  const phone = useStore(sessionStore)?.person.phone;
  const [changing, setChanging] = useState(false);
  if (phone !== undefined && !changing)
    return (
      <Box className="stack">
        <Notice tone="done" title={words.rings(phone)} />
        <Button look="quiet" onTap={() => setChanging(true)}>
          {words.change}
        </Button>
      </Box>
    );
  return <LeaveNumber onKept={() => setChanging(false)} />;
}

function LeaveNumber({ onKept }: { readonly onKept: () => void }) {
  const { signIn: says } = useWords();
  const { reach: words } = useCircleWords();
  const sending = useAction();
  const keeping = useAction();
  const [typing, setTyping] = useState(!inWechat);
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [sent, setSent] = useState<{ sentTo: string; expiresInSeconds: number } | undefined>();
  const [wrong, setWrong] = useState<'phone' | 'code' | undefined>();

  const keep = async (body: OwnPhoneProof) => {
    const answer = await keeping.run(() => call('putOwnPhone', { body }));
    if (!answer?.ok) return;
    keepPerson(answer.value);
    onKept();
  };
  const sendCode = async () => {
    if (!Phone.safeParse(phone).success) return setWrong('phone');
    setWrong(undefined);
    const answer = await sending.run(() => call('askOwnPhone', { body: { phone } }));
    if (answer?.ok) setSent(answer.value);
  };
  const enter = () => {
    if (!/^\d{6}$/.test(code)) return setWrong('code');
    setWrong(undefined);
    void keep({ by: 'text', phone, code });
  };

  return (
    <Box className="stack">
      <Box>{words.why}</Box>
      {keeping.refusal ? <Failure refusal={keeping.refusal} title={words.notKept} /> : null}
      {inWechat ? (
        <NumberTap className="button button--plain" onNumber={(given) => void keep({ by: 'wechat', code: given })}>
          {keeping.busy ? words.keeping : words.byWechat}
        </NumberTap>
      ) : null}
      {typing ? (
        <>
          <TextField
            id="own-phone"
            label={says.phone}
            help={words.phoneHelp}
            kind="phone"
            maxLength={11}
            value={phone}
            onChange={(value) => setPhone(value.trim())}
            wrong={wrong === 'phone' ? says.phoneWrong : undefined}
          />
          {sending.refusal ? <Failure refusal={sending.refusal} /> : null}
          <Box>
            <Button onTap={() => void sendCode()} disabled={sending.busy}>
              {says.sendCode}
            </Button>
          </Box>
          {sent ? (
            <>
              <Notice tone="done" title={says.sent(sent.sentTo, Math.round(sent.expiresInSeconds / 60))} />
              <TextField
                id="own-code"
                label={says.code}
                help={says.codeHelp}
                kind="code"
                maxLength={6}
                value={code}
                onChange={(value) => setCode(value.trim())}
                wrong={wrong === 'code' ? says.codeWrong : undefined}
              />
              <Button onTap={enter} disabled={keeping.busy}>
                {keeping.busy ? words.keeping : words.keep}
              </Button>
            </>
          ) : null}
        </>
      ) : (
        <Button look="quiet" onTap={() => setTyping(true)}>
          {words.byText}
        </Button>
      )}
    </Box>
  );
}
