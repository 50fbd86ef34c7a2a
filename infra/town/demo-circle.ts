import { watchIn } from '../../functions/alerts/circle/watch.ts';
import type { TaskRecord } from '../../functions/alerts/records.ts';
import type { ElderRecord } from '../../functions/elders/elder-record.ts';
import type { HealthNotes } from '../../shared/contracts/circle.ts';
import { toInstant } from '../../shared/values/dates.ts';
import type { NotesOf } from './alert-circles.ts';
import type { Community } from './community.ts';

/** Somebody has missed two meals running, and the grid worker has the policy's time to look after her. */
export function demoTask({ now, policies }: Community, elder: ElderRecord, taskId: string): TaskRecord {
  const { elderId, name, address, phone, area } = elder;
  const { checkTaskMinutes } = watchIn(policies, area, now);
  return {
    taskId,
    elderId,
    name,
    address,
    ...(phone !== undefined && { phone }),
    area,
    why: 'meals-missed',
    openedAt: now,
    dueAt: toInstant(Date.parse(now) + checkTaskMinutes * 60_000),
  };
}

const NOTES = {
  father: {
    conditions: '高血压、冠心病，2019 年放过支架',
    medicines: '阿司匹林 100 mg 每晚；氨氯地平 5 mg 每早',
    allergies: '青霉素；花生',
    bloodType: 'A',
    hospital: '区人民医院心内科',
    entrance: '3号楼2单元，门禁 0501#，钥匙在对门',
  },
  mother: {
    conditions: '脑梗后遗症，右侧偏瘫，说话不清',
    medicines: '氯吡格雷 75 mg',
    bloodType: 'O',
    other: '不能自己站立',
  },
  herself: { conditions: '糖尿病', medicines: '二甲双胍 0.5 g 每日两次', allergies: '磺胺类', bloodType: 'B' },
} as const satisfies Record<string, HealthNotes>;

/** What the families of the story have written for helpers. */
export const demoNotes = (elders: Readonly<Record<keyof typeof NOTES, ElderRecord>>): NotesOf =>
  new Map(
    (['father', 'mother', 'herself'] as const).map((key): [string, HealthNotes] => [elders[key].elderId, NOTES[key]]),
  );
