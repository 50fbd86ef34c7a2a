import { useEffect, useState } from 'react';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { Box } from '../components/primitives';
import { Section } from '../components/section.tsx';
import { useSosWords } from '../i18n/sos';
import { allowLocation, locationAllowed } from '../services/location';

/** Asks an elder beforehand whether a call for help may say where the phone is: in the moment of need nothing may pop up. */
export function SosLocation() {
  const { location } = useSosWords();
  const [allowed, setAllowed] = useState<boolean | undefined>();
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    void locationAllowed().then(setAllowed);
  }, []);
  const allow = async () => {
    const given = await allowLocation();
    setAllowed(given);
    setRefused(!given);
  };
  return (
    <Section title={location.title}>
      <Box className="stack">
        <Box>{location.text}</Box>
        {allowed ? <Notice tone="done" title={location.allowed} /> : null}
        {refused ? <Notice urgent tone="waiting" title={location.refused} /> : null}
        {allowed === false ? <Button onTap={() => void allow()}>{location.allow}</Button> : null}
      </Box>
    </Section>
  );
}
