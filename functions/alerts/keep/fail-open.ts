import type { AlertDeps } from '../deps.ts';
import type { NoticeMessage } from '../messages.ts';
import { publishNotice } from '../notices/publish-notice.ts';
import { recipientsOf } from '../notices/recipients.ts';
import type { PressRecord } from '../records.ts';
import { isCanary } from './alert.ts';
import { partnersIn, rememberedRosters } from './around-store.ts';

/** A notice of its own: what it says is less than the first wave says, and must not stand in its place in the ledger. */
const WITHOUT_TABLE = 'wave-0';

/**
 * Tells that somebody pressed when the table cannot be asked who they are: with what the press itself says, to the desk's board,
 * the call centre of the city's rules, and the dispatchers who were last known to be on duty. The press is brought again until
 * it can be kept; the first wave then tells them who it is and where.
 */
export async function failOpen(
  deps: Pick<AlertDeps, 'policies' | 'publish' | 'send' | 'channelQueues'>,
  press: PressRecord,
): Promise<void> {
  // Nobody answers a test of the stage or a drill, and both can wait; of who presses again and again people were told.
  if (isCanary(press) || press.drill || press.again) return;
  const { pressId, source, at, elderId, area = '', position, note } = press;
  const recipients = recipientsOf(
    { callees: ['dispatchers', 'call-centre'], channels: ['inbox', 'sms', 'voice', 'partner'] },
    {
      area,
      contacts: [],
      family: [],
      rosters: rememberedRosters(area),
      partners: partnersIn(deps.policies, { area, source, at }),
    },
  );
  const notice: NoticeMessage = {
    type: 'notice',
    alertId: pressId,
    notice: WITHOUT_TABLE,
    kind: 'wave',
    source,
    raisedAt: at,
    drill: false,
    ...(elderId !== undefined && { elderId }),
    area,
    ...(position !== undefined && { position }),
    ...(note !== undefined && { note }),
    recipients,
  };
  await publishNotice(deps, notice);
}
