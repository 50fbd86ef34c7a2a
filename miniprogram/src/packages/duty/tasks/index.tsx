import { useState } from 'react';
import type { CheckTask } from '../../../../../shared/contracts/circle.ts';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { useNow } from '../../../hooks/use-now.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { tabsOf } from '../../../services/tabs.ts';
import { useDutyWords } from '../words';
import { TaskCard } from './task-card.tsx';
import '../../staff/staff.css';
import '../duty.css';

/** Open tasks first, what is due first at the top. */
const byDue = (a: CheckTask, b: CheckTask): number => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0);

/** Whom to look after now: missed meals, a visit not made, a silent device. What is not done in time becomes an alert. */
export default function TasksPage() {
  const duty = useDutyWords();
  const person = useStore(sessionStore)?.person;
  const area = person?.area;
  const query = useRoute('listCheckTasks', area === undefined ? null : { params: { area } });
  const now = useNow(10);
  const [done, setDone] = useState<CheckTask | undefined>();
  const isTab = person !== undefined && tabsOf(person.role).some(({ page }) => page === 'checkTasks');
  const onDone = (task: CheckTask) => {
    setDone(task);
    if (query.value !== undefined) {
      query.put({ ...query.value, tasks: query.value.tasks.filter(({ taskId }) => taskId !== task.taskId) });
    }
  };
  return (
    <PageFrame desk title={duty.tasks.title} lead={duty.tasks.lead} {...(isTab ? { tab: 'checkTasks' as const } : {})}>
      {done === undefined || done.finding === undefined ? null : (
        <Notice tone="done" title={duty.tasks.done(done.name ?? duty.tasks.unknown, duty.tasks.findings[done.finding])}>
          {done.finding === 'needs-help' ? duty.tasks.doneHelp : undefined}
        </Notice>
      )}
      <QueryStates query={query}>
        {({ at, tasks }) => {
          const open = tasks.filter(({ doneAt }) => doneAt === undefined).sort(byDue);
          return open.length === 0 ? (
            <Empty icon="circleCheck" title={duty.tasks.none} text={duty.tasks.noneText} />
          ) : (
            <Box role="list" label={duty.tasks.list} className="desk-cards">
              {open.map((task) => (
                <TaskCard key={task.taskId} task={task} now={Math.max(now, Date.parse(at))} onDone={onDone} />
              ))}
            </Box>
          );
        }}
      </QueryStates>
    </PageFrame>
  );
}
