const onWeb = process.env.TARO_ENV === 'h5';
const MARK = '🔔';

let own: string | undefined;

/** On the web the window's title says that somebody waits, every other second, so that it catches the eye among the tabs. */
export function showInTitle(waiting: number, now: number): void {
  if (!onWeb) return;
  if (!document.title.startsWith(MARK)) own = document.title;
  const isOn = waiting > 0 && Math.floor(now / 1000) % 2 === 0;
  const next = isOn ? `${MARK}(${waiting}) ${own ?? ''}` : (own ?? document.title);
  if (document.title !== next) document.title = next;
}
