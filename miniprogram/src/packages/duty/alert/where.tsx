import { useState } from 'react';
import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { Button } from '../../../components/button.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { coordinateText, mapLink, useAlertWords } from '../alert-words.ts';
import { copyText, openMap } from '../copy-text.ts';
import { useDutyWords } from '../words';

/** Where to go: the address, and the position as text that any map takes. */
export function Where({ alert }: { readonly alert: AlertView }) {
  const duty = useDutyWords();
  const say = useAlertWords();
  const [copied, setCopied] = useState<boolean | undefined>();
  const { position } = alert;
  const copy = async () => {
    if (position !== undefined) setCopied(await copyText(`${coordinateText(position)} ${mapLink(position)}`));
  };
  return (
    <Section title={duty.alert.where}>
      <Box className="card stack">
        <Facts
          facts={[
            { name: duty.alert.address, value: alert.address ?? duty.alert.noAddress },
            ...(alert.area === '' ? [] : [{ name: duty.alert.area, value: say.area(alert.area) }]),
            {
              name: duty.alert.position,
              value: position === undefined ? duty.alert.noPosition : say.position(position),
            },
          ]}
        />
        {position === undefined ? null : (
          <>
            <Box className="desk-buttons">
              <Button icon="place" onTap={() => openMap(position)}>
                {duty.alert.map}
              </Button>
              <Button onTap={() => void copy()}>{duty.alert.copy}</Button>
            </Box>
            <Box className="map-link small">{mapLink(position)}</Box>
            <Box role="status" className="soft small">
              {copied === undefined ? duty.alert.mapText : copied ? duty.alert.copied : duty.alert.copyFailed}
            </Box>
          </>
        )}
      </Box>
    </Section>
  );
}
