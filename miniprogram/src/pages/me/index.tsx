import { useState } from 'react';
import { Ask } from '../../components/ask.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Choice } from '../../components/choice.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Box } from '../../components/primitives';
import { Section } from '../../components/section.tsx';
import { InboxButton } from '../../features/alerts/inbox-button.tsx';
import { SosLocation } from '../../features/sos-location.tsx';
import { useWords } from '../../i18n';
import { useCircleWords } from '../../i18n/circle';
import { call } from '../../services/api.ts';
import { open, restartAt } from '../../services/pages.ts';
import { dropSession, sessionStore } from '../../services/session.ts';
import { changeSettings, type Language, settingsStore, TEXT_SCALES } from '../../services/settings.ts';
import { useStore } from '../../services/store.ts';

export default function MePage() {
  const words = useWords();
  const circle = useCircleWords();
  const settings = useStore(settingsStore);
  const session = useStore(sessionStore);
  const [asking, setAsking] = useState(false);

  const signOut = () => {
    // The refresh token ends on the server as soon as it hears of it; this phone forgets at once, connected or not.
    void call('signOut');
    dropSession();
    restartAt('signIn');
  };

  return (
    <PageFrame title={words.me.title} tab="me">
      {session ? (
        <Card>
          <Box className="soft">{words.me.signedInAs}</Box>
          <Box className="lead">{session.person.name}</Box>
          <Box>{words.roles[session.person.role]}</Box>
        </Card>
      ) : null}
      {session ? (
        <Box className="section">
          <InboxButton />
        </Box>
      ) : null}
      {session?.person.role === 'family' ? (
        <Box className="section">
          <Button icon="bell" onTap={() => open('reach')}>
            {circle.reach.title}
          </Button>
        </Box>
      ) : null}
      {session?.person.role === 'elder' ? <SosLocation /> : null}
      <Section title={words.me.textSize}>
        <Choice
          grid
          name="text-size"
          label={words.me.textSize}
          value={settings.textScale}
          onChange={(textScale) => changeSettings({ textScale })}
          items={TEXT_SCALES.map((value) => ({ value, title: words.me.sizes[value] }))}
        />
        <Box className="section soft">{words.me.sample}</Box>
      </Section>
      <Section title={words.me.language}>
        <Choice
          grid
          name="language"
          label={words.me.language}
          value={settings.language}
          onChange={(language) => changeSettings({ language })}
          items={(['zh', 'en'] as const satisfies readonly Language[]).map((value) => ({
            value,
            title: words.me.languages[value],
          }))}
        />
      </Section>
      <Box className="section">
        {asking ? (
          <Ask
            title={words.me.signOutTitle}
            text={words.me.signOutText}
            yes={words.me.signOutYes}
            no={words.me.signOutNo}
            onYes={signOut}
            onNo={() => setAsking(false)}
          />
        ) : (
          <Button onTap={() => setAsking(true)}>{words.me.signOut}</Button>
        )}
      </Box>
    </PageFrame>
  );
}
