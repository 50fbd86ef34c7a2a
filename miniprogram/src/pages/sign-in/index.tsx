import Taro from '@tarojs/taro';
import { useEffect, useState } from 'react';
import type { Session, SignIn } from '../../../../shared/contracts/people.ts';
import { Button } from '../../components/button.tsx';
import { TapCard } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Failure } from '../../components/page-states.tsx';
import { Box } from '../../components/primitives';
import { Section } from '../../components/section.tsx';
import { PhoneSignIn } from '../../features/phone-sign-in.tsx';
import { useAction } from '../../hooks/use-action.ts';
import { useWords } from '../../i18n';
import { addresses } from '../../services/addresses.ts';
import { call, outbox } from '../../services/api.ts';
import { type Answer, OFFLINE } from '../../services/client.ts';
import { type DemoPerson, demoOneTimeCode, demoPeople } from '../../services/demo.ts';
import { firstPageOf, restartAt, restartAtAlert, usePageParams } from '../../services/pages.ts';
import { cameByWechat, expiredStore, keepCameByWechat, keepSession } from '../../services/session.ts';
import { useStore } from '../../services/store.ts';

const inWeChat = process.env.TARO_ENV === 'weapp';

/** A session that ends right after it began is no reason to begin one after another. */
const SILENT_MS = 60_000;
let silentAt = Number.NEGATIVE_INFINITY;
function isTimeForSilence(): boolean {
  if (Date.now() - silentAt < SILENT_MS) return false;
  silentAt = Date.now();
  return true;
}

export default function SignInPage() {
  const words = useWords();
  const action = useAction();
  const expired = useStore(expiredStore);
  const { alertId } = usePageParams();
  const [people, setPeople] = useState<readonly DemoPerson[]>([]);

  useEffect(() => {
    if (inWeChat) return;
    void addresses()
      .then(({ dev }) => (dev ? demoPeople() : []))
      .then(setPeople)
      .catch(() => undefined);
  }, []);

  const enter = (request: () => Promise<Answer<Session>>) =>
    action.run(async () => {
      const answer = await request();
      if (answer.ok) {
        keepSession(answer.value);
        const { role } = answer.value.person;
        if (alertId === undefined) restartAt(firstPageOf(role));
        else restartAtAlert(alertId, role);
        void outbox.flush();
      }
      return answer;
    });
  const signIn = (body: SignIn) => enter(() => call('signIn', { body }));

  const withWeChat = () =>
    enter(async () => {
      const login = await Taro.login().catch(() => undefined);
      const answer: Answer<Session> = login?.code
        ? await call('signIn', { body: { by: 'wechat', code: login.code } })
        : { ok: false, refusal: OFFLINE };
      if (answer.ok) keepCameByWechat(answer.value.person.personId);
      return answer;
    });
  // Whoever came by WeChat comes back without noticing; a new visitor is asked, and so is whoever signed out.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(() => {
    if (inWeChat && expired && cameByWechat() && isTimeForSilence()) void withWeChat();
  }, []);

  const asDemo = ({ wechatCode, phone }: DemoPerson) => {
    if (wechatCode !== undefined) return signIn({ by: 'wechat', code: wechatCode });
    return enter(async () => {
      const sent = await call('requestOneTimeCode', { body: { phone: phone ?? '' } });
      if (!sent.ok) return sent;
      const code = await demoOneTimeCode(phone ?? '');
      return call('signIn', { body: { by: 'phone', phone: phone ?? '', code: code ?? '000000' } });
    });
  };

  return (
    <PageFrame
      open
      title={words.signIn.title}
      lead={words.signIn.lead}
      action={
        inWeChat ? (
          <Button look="main" onTap={withWeChat} disabled={action.busy}>
            {action.busy ? words.signIn.signingIn : words.signIn.wechat}
          </Button>
        ) : undefined
      }
    >
      {expired && !action.refusal ? <Notice tone="info" title={words.signIn.expired} /> : null}
      {action.refusal ? <Failure refusal={action.refusal} /> : null}
      {inWeChat ? <Notice tone="info" title={words.signIn.wechatHelp} /> : null}
      {people.length > 0 ? (
        <Section title={words.signIn.demo}>
          <Box className="soft">{words.signIn.demoHelp}</Box>
          <Box className="stack">
            {people.map((person) => (
              <TapCard
                key={`${person.role}-${person.name}`}
                label={words.signIn.demoAs(person.name)}
                onTap={() => void asDemo(person)}
              >
                <Box className="lead">{words.signIn.demoAs(person.name)}</Box>
                <Box className="soft">
                  {roleWords(words.roles, person.role)} · {person.boundTo}
                </Box>
              </TapCard>
            ))}
          </Box>
        </Section>
      ) : null}
      <PhoneSignIn busy={action.busy} onSignIn={signIn} />
    </PageFrame>
  );
}

const roleWords = (roles: Readonly<Record<string, string>>, role: string): string => roles[role] ?? role;
