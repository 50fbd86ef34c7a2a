import { toInstant } from '../../../../../shared/values/dates.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { useSay } from '../../../i18n';
import { useStore } from '../../../services/store.ts';
import { useAlertWords } from '../alert-words.ts';
import { sound } from '../watch/alert-watch.ts';
import { type BoardState, isOld } from '../watch/board-state.ts';
import { useDutyWords } from '../words';

/** That the connection is back is said for so long. In ms. */
const BACK_FOR_MS = 60_000;

interface ConnectionProps {
  readonly board: BoardState;
  /** By this device's clock, ms since 1970. */
  readonly now: number;
  /** How many alerts stand below, with numbers to phone. */
  readonly known: number;
}

/** Whether the board is live: since when it is not, that it keeps trying, and what to do until then. */
export function Connection({ board, now, known }: ConnectionProps) {
  const duty = useDutyWords();
  const say = useAlertWords();
  const refusalWords = useSay();
  const { lostSince, back, refusal } = board;
  if (lostSince !== undefined) {
    const title = duty.board.lost(say.time(toInstant(lostSince)), say.span(now - lostSince));
    return (
      <Notice urgent tone="waiting" title={board.heardAt === undefined ? `${duty.board.lostFirst} · ${title}` : title}>
        {refusal !== undefined && refusal.code !== 'offline' ? `${refusalWords(refusal.message)} ` : ''}
        {known > 0 ? duty.board.lostText : duty.board.lostTextNobody}{' '}
        {known > 0 ? duty.board.lostPhones : duty.board.lostNobody}
        {isOld(board) && known > 0 ? ` ${duty.board.old}` : ''}
      </Notice>
    );
  }
  if (back !== undefined && now - back.at < BACK_FOR_MS) {
    return (
      <Notice tone="done" title={duty.board.back(say.span(back.lostMs))}>
        {duty.board.backText}
      </Notice>
    );
  }
  return null;
}

/** Whether the ring can be heard, and the touch that switches it on. */
export function RingBanner() {
  const duty = useDutyWords();
  const state = useStore(sound.state);
  if (state === 'ready') return null;
  if (state === 'none') {
    return (
      <Notice urgent tone="waiting" title={duty.board.soundNone}>
        {duty.board.soundNoneText}
      </Notice>
    );
  }
  return (
    <Notice
      urgent
      tone="waiting"
      title={duty.board.soundBlocked}
      actions={
        <Button look="main" icon="bell" onTap={sound.unblock}>
          {duty.board.soundOn}
        </Button>
      }
    >
      {duty.board.soundBlockedText}
    </Notice>
  );
}
