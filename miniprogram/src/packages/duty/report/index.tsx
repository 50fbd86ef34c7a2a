import { useState } from 'react';
import type { AlertReport } from '../../../../../shared/contracts/alert-report.ts';
import { monthOf } from '../../../../../shared/values/dates.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useAction } from '../../../hooks/use-action.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { call } from '../../../services/api.ts';
import { today } from '../../../services/clock.ts';
import { open, usePageParams } from '../../../services/pages.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { tabsOf } from '../../../services/tabs.ts';
import { onWeb, printPage, saveFile } from '../../staff/web-only.ts';
import { useStaffWords } from '../../staff/words';
import { useAlertWords } from '../alert-words.ts';
import { useDutyWords } from '../words';
import { ByArea, BySource } from './breakdown.tsx';
import { MonthChart } from './month-chart.tsx';
import { monthsBack } from './percent.ts';
import { Slow } from './slow.tsx';
import { Targets } from './targets.tsx';
import '../../staff/staff.css';
import '../duty.css';
import './report.css';

const MONTHS = 6;

/** How fast alerts were answered in a month, against the targets, with every slower one. */
export default function ReportPage() {
  const duty = useDutyWords();
  const say = useAlertWords();
  const params = usePageParams();
  const person = useStore(sessionStore)?.person;
  const own = person?.area;
  const months = monthsBack(monthOf(today()), MONTHS);
  const [month, setMonth] = useState(params.month ?? months[0] ?? '');
  const [chosen, setChosen] = useState<string | undefined>();
  const area = chosen ?? own;
  const query = useRoute('alertReport', area === undefined ? null : { params: { area }, query: { month } });
  const isTab = person !== undefined && tabsOf(person.role).some(({ page }) => page === 'alertReport');
  const monthWords = (one: string) => duty.report.monthOf(Number(one.slice(0, 4)), Number(one.slice(5)));
  // Short enough for three in a row on a phone; the year is said where it is another.
  const shortWords = (one: string) =>
    one.slice(0, 4) === today().slice(0, 4) ? duty.report.shortMonth(Number(one.slice(5))) : monthWords(one);
  return (
    <PageFrame desk title={duty.report.title} {...(isTab ? { tab: 'alertReport' as const } : {})}>
      <Box className="desk-chips no-print">
        <Choice
          grid
          name="report-month"
          label={duty.report.month}
          value={month}
          onChange={setMonth}
          items={months.map((value) => ({ value, title: shortWords(value) }))}
        />
      </Box>
      <QueryStates query={query}>
        {(report) => (
          <>
            <Box className="report-head">
              <Box>
                <Box className="lead">
                  {monthWords(report.month)} · {say.area(report.area)}
                </Box>
                <Box className="soft">{chosen === undefined ? duty.report.whole : null}</Box>
              </Box>
              <Tools report={report} onUp={chosen === undefined ? undefined : () => setChosen(undefined)} />
            </Box>
            <Report report={report} onArea={setChosen} />
          </>
        )}
      </QueryStates>
    </PageFrame>
  );
}

interface ToolsProps {
  readonly report: AlertReport;
  readonly onUp: (() => void) | undefined;
}

function Tools({ report, onUp }: ToolsProps) {
  const staff = useStaffWords();
  const duty = useDutyWords();
  const action = useAction();
  const { area, month } = report;
  const download = async () => {
    const answer = await action.run(() => call('alertReportCsv', { params: { area }, query: { month } }));
    if (answer?.ok) saveFile(duty.report.csvName(area, month), answer.value);
  };
  return (
    <Box className="no-print">
      <Box className="desk-buttons">
        {onUp === undefined ? null : <Button onTap={onUp}>{duty.report.up}</Button>}
        {onWeb ? (
          <>
            <Button icon="print" onTap={printPage}>
              {staff.print}
            </Button>
            <Button onTap={() => void download()} disabled={action.busy}>
              {duty.report.csv}
            </Button>
          </>
        ) : null}
      </Box>
      {action.refusal ? <Failure refusal={action.refusal} /> : null}
    </Box>
  );
}

interface ReportProps {
  readonly report: AlertReport;
  readonly onArea: (area: string) => void;
}

function Report({ report, onArea }: ReportProps) {
  const duty = useDutyWords();
  const { drills, devices } = report;
  return (
    <>
      {report.total.alerts === 0 ? (
        <Empty icon="circleCheck" title={duty.report.none} text={duty.report.noneText} />
      ) : (
        <Targets figures={report.total} targets={report.targets} />
      )}
      <MonthChart months={report.byMonth} target={report.targets.within60} />
      {report.total.alerts === 0 ? null : (
        <>
          <Box className="desk-halves">
            <ByArea rows={report.byArea} area={report.area} onArea={onArea} />
            <BySource rows={report.bySource} />
          </Box>
          <Slow slow={report.slow} />
        </>
      )}
      <Box className="desk-halves">
        <Section title={duty.report.drills}>
          <Box className="strong">{duty.report.drillsDone(drills.done, drills.due)}</Box>
          <Box>{duty.report.drillsAnswered(drills.answered)}</Box>
        </Section>
        <Section title={duty.report.devices}>
          <Box className="strong">{duty.report.devicesSilent(devices.silent, devices.registered)}</Box>
          {devices.silent === 0 ? null : (
            <Box className="desk-buttons no-print">
              <Button onTap={() => open('devices')}>{duty.report.toDevices}</Button>
            </Box>
          )}
        </Section>
      </Box>
      <Box className="section soft small">{duty.report.source}</Box>
    </>
  );
}
