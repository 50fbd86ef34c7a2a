import Taro from '@tarojs/taro';
import type { Position } from '../../../../shared/contracts/alerts.ts';
import { mapLink } from './alert-words.ts';

const onWeb = process.env.TARO_ENV === 'h5';

/** Puts a text on the clipboard. Answers whether that went well: a browser may forbid it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    if (onWeb) await navigator.clipboard.writeText(text);
    else await Taro.setClipboardData({ data: text });
    return true;
  } catch {
    return false;
  }
}

/** Shows a position on a map: in WeChat its own, on the web a page of its own that is given the position alone. */
export function openMap(position: Position): void {
  if (onWeb) {
    window.open(mapLink(position), '_blank', 'noopener,noreferrer');
    return;
  }
  const { longitude, latitude, coordinates } = position;
  // WeChat's map takes Chinese coordinates only; a GPS position would be shown some hundred metres beside.
  if (coordinates === 'gcj02') void Taro.openLocation({ longitude, latitude }).catch(() => copyText(mapLink(position)));
  else void copyText(mapLink(position));
}
