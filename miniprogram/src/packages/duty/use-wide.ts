import { useEffect, useState } from 'react';

const onWeb = process.env.TARO_ENV === 'h5';
/** As wide as the stylesheets' desk layout (staff.css). */
const DESK = '(min-width: 900px)';

/** Whether there is room for two columns. In WeChat there is one. */
export function useWide(): boolean {
  const [wide, setWide] = useState(() => onWeb && window.matchMedia(DESK).matches);
  useEffect(() => {
    if (!onWeb) return undefined;
    const query = window.matchMedia(DESK);
    const look = (): void => setWide(query.matches);
    look();
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return wide;
}
