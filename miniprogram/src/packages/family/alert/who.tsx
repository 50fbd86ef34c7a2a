import type { DeliveryView } from '../../../../../shared/contracts/alerts.ts';
import { Icon } from '../../../components/icon.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { type Told, useAlertSays, whoWasTold } from '../../../features/alerts/alert-says.ts';
import { useSosWords } from '../../../i18n/sos';

interface WhoProps {
  readonly deliveries: readonly DeliveryView[];
  readonly open: boolean;
}

/** Who was told, by what, and who could not be reached. */
export function Who({ deliveries, open }: WhoProps) {
  const { words, moment } = useAlertSays();
  const { callees } = useSosWords();
  const people = whoWasTold(deliveries, words.alert);
  const as = (callee: string): string => (callees as Readonly<Record<string, string>>)[callee] ?? callee;
  if (people.length === 0 && !open) return null;
  return (
    <Section title={words.alert.who}>
      {people.length === 0 ? (
        <Box className="card soft">{words.alert.whoNone}</Box>
      ) : (
        <Box role="list" label={words.alert.who} className="card facts">
          {people.map((person) => (
            <Box key={person.key} role="listitem" className="facts__fact">
              <Box className="row row--apart">
                <Box className="strong">
                  {person.name === as(person.callee) ? person.name : words.alert.actor(person.name, as(person.callee))}
                </Box>
                <Box className="soft">{moment(person.at)}</Box>
              </Box>
              <How person={person} />
            </Box>
          ))}
        </Box>
      )}
    </Section>
  );
}

function How({ person }: { readonly person: Told }) {
  const { words } = useAlertSays();
  const { told, telling, notTold, between } = words.alert;
  return (
    <>
      {person.sent.length === 0 ? null : (
        <Box className="row">
          <Icon shape="check" colour="leaf" />
          <Box className="grow">{told(person.sent.join(between))}</Box>
        </Box>
      )}
      {person.sending.length === 0 ? null : (
        <Box className="row">
          <Icon shape="clock" colour="soft" />
          <Box className="grow">{telling(person.sending.join(between))}</Box>
        </Box>
      )}
      {person.failed.length === 0 ? null : (
        <Box className="row">
          <Icon shape="warning" colour="amber" />
          <Box className="grow">{notTold(person.failed.join(between))}</Box>
        </Box>
      )}
    </>
  );
}
