import type { DeliveryView } from '../../../../../shared/contracts/alerts.ts';
import { Mark, type Tone } from '../../../components/notice.tsx';
import { Box, Cell, HeadCell, Table, TableBody, TableHead, TableRow } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useAlertWords } from '../alert-words.ts';
import { useDutyWords } from '../words';

const TONE = {
  sending: 'info',
  sent: 'done',
  failed: 'waiting',
  cancelled: 'quiet',
  bundled: 'quiet',
} as const satisfies Record<DeliveryView['state'], Tone | 'quiet'>;

/** Who was told, by what, when, and whether it arrived. */
export function Deliveries({ deliveries }: { readonly deliveries: readonly DeliveryView[] }) {
  const duty = useDutyWords();
  const say = useAlertWords();
  const notice = (key: string): string => {
    const wave = /^wave-(\d+)/.exec(key)?.[1];
    return wave === undefined
      ? ((duty.alert.notices as Readonly<Record<string, string>>)[key] ?? key)
      : duty.alert.noticeWave(Number(wave));
  };
  return (
    <Section title={duty.alert.deliveries}>
      {deliveries.length === 0 ? (
        <Box className="soft">{duty.alert.noDeliveries}</Box>
      ) : (
        <Box scrolls role="region" label={duty.alert.deliveries} className="desk-scroll">
          <Table label={duty.alert.deliveries} className="small deliveries">
            <TableHead>
              <TableRow>
                <HeadCell>{duty.alert.heads.who}</HeadCell>
                <HeadCell>{duty.alert.heads.channel}</HeadCell>
                <HeadCell>{duty.alert.heads.state}</HeadCell>
                <HeadCell>{duty.alert.heads.when}</HeadCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {deliveries.map((one) => (
                <TableRow key={`${one.notice} ${one.channel} ${one.to}`}>
                  <HeadCell scope="row">
                    {one.name}
                    <Box className="soft">{say.callee(one.callee)}</Box>
                  </HeadCell>
                  <Cell>
                    {duty.channels[one.channel]}
                    {one.phone === undefined ? null : <Box className="soft">{one.phone}</Box>}
                  </Cell>
                  <Cell>
                    <Mark tone={TONE[one.state]}>{duty.deliveryStates[one.state]}</Mark>
                  </Cell>
                  <Cell>
                    {say.time(one.at)}
                    <Box className="soft">{notice(one.notice)}</Box>
                  </Cell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
      )}
    </Section>
  );
}
