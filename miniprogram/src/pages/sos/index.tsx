import { useEffect, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Box } from '../../components/primitives';
import { Section } from '../../components/section.tsx';
import { PhoneButtons } from '../../components/sos/phone-buttons.tsx';
import { PressCard } from '../../components/sos/press-card.tsx';
import { type SosWhom, useRaise, useSosPress, useSosWhom } from '../../hooks/use-sos.ts';
import { useSosWords } from '../../i18n/sos';
import { goBack, open, openAlert, usePageParams } from '../../services/pages.ts';
import type { SosCall } from '../../services/sos.ts';

/** A second tap sooner than this may belong to the one that opened the page; a third one never does. */
const DOUBLE_TAP_MS = 800;

/**
 * Asks before help is called, for everybody who cannot hold the button or has several elders; shows phone numbers alone where
 * nobody has ever signed in. It is in the main package, so that it opens on any phone at any time; with an alert it says how that
 * stands, where the alert's own page could not be fetched.
 */
export default function SosPage() {
  const words = useSosWords();
  const { elderId, name, alertId } = usePageParams();
  const whom = useSosWhom(elderId && name ? { elderId, name } : undefined);
  const press = useSosPress(alertId ?? '');
  const { prepare, raise } = useRaise();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(prepare, []);
  const help = (call: SosCall) => {
    const made = raise(call);
    if (made !== undefined) openAlert(made.alertId, 'replace');
  };

  /** Taps on the emergency button here: the finger that opened the page may have tapped twice by mistake. */
  const taps = useRef({ count: 0, openedAt: 0 });
  useEffect(() => {
    taps.current.openedAt = Date.now();
  }, []);
  const sayYes = (): void => {
    taps.current.count += 1;
    const meant = taps.current.count > 1 || Date.now() - taps.current.openedAt > DOUBLE_TAP_MS;
    if (!meant || whom.kind === 'which' || whom.kind === 'never') return;
    help(whom.kind === 'self' ? {} : whom.call);
  };

  if (press !== undefined) {
    return (
      <PageFrame open watch tellsSos title={words.button}>
        <PressCard press={press} />
        <Section title={words.ask.phones}>
          <PhoneButtons all />
        </Section>
      </PageFrame>
    );
  }
  if (whom.kind === 'never') {
    return (
      <PageFrame open tellsSos title={words.buttonPhones} lead={words.ask.never}>
        <Box className="stack">
          <Box>{words.ask.neverText}</Box>
          <PhoneButtons all />
          <Button look="quiet" onTap={() => open('signIn')}>
            {words.ask.signIn}
          </Button>
        </Box>
      </PageFrame>
    );
  }
  return (
    <PageFrame
      open
      onSosTap={sayYes}
      title={titleOf(whom, words.ask)}
      lead={whom.kind === 'here' ? words.ask.textHere : words.ask.text}
    >
      <Box className="stack stack--wide">
        {whom.kind === 'which' ? (
          whom.elders.map((elder) => (
            <Button
              key={elder.elderId}
              look="sos"
              icon="siren"
              onTap={() => help({ elderId: elder.elderId, name: elder.name })}
            >
              {words.ask.forOne(elder.name)}
            </Button>
          ))
        ) : (
          <Button look="sos" icon="siren" onTap={() => help(whom.kind === 'self' ? {} : whom.call)}>
            {whom.kind === 'one' ? words.ask.yesFor(whom.elder.name) : words.ask.yes}
          </Button>
        )}
        <Button onTap={goBack}>{words.ask.no}</Button>
      </Box>
      <Section title={words.ask.phones}>
        <PhoneButtons all />
      </Section>
    </PageFrame>
  );
}

function titleOf(whom: SosWhom, ask: ReturnType<typeof useSosWords>['ask']): string {
  if (whom.kind === 'one') return ask.titleFor(whom.elder.name);
  return whom.kind === 'which' ? ask.titleWhich : ask.title;
}
