import { PageFrame } from '../../../components/page-frame.tsx';
import { usePageParams } from '../../../services/pages.ts';
import { useAlertWords } from '../alert-words.ts';
import { Connection, RingBanner } from '../board/banners.tsx';
import { useWatch } from '../watch/use-watch.ts';
import { useDutyWords } from '../words';
import { AlertPanel } from './alert-panel.tsx';
import '../../staff/staff.css';
import '../duty.css';

/** One alert on a page of its own: on a phone, and from the lists that lead to it. */
export default function AlertPage() {
  const duty = useDutyWords();
  const say = useAlertWords();
  const { alertId = '' } = usePageParams();
  const { board, alerts, now } = useWatch();
  const alert = alerts.find((one) => one.alertId === alertId);
  return (
    <PageFrame desk watch title={alert === undefined ? duty.alert.title : duty.alert.of(say.name(alert))}>
      <RingBanner />
      <Connection board={board} now={now} known={alerts.length} />
      <AlertPanel alertId={alertId} />
    </PageFrame>
  );
}
