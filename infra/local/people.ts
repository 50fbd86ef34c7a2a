import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Somebody to sign in as on this machine. The town generator makes them; they lie in the data folder. */
export interface DemoPerson {
  name: string;
  role: string;
  /** In words: the elders, community, canteen or district that they belong to. */
  boundTo: string;
  /** What the stand-in for WeChat takes as this person's login code. */
  wechatCode?: string;
  openid?: string;
  phone?: string;
  /** How many messages of alerts they let WeChat bring before today. */
  consents?: number;
}

const FILE = 'demo-people.json';

export function demoPeople(data: string): DemoPerson[] | undefined {
  const file = join(data, FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoPerson[]) : undefined;
}

export function keepDemoPeople(data: string, people: readonly DemoPerson[]): void {
  writeFileSync(join(data, FILE), JSON.stringify(people, undefined, 1));
}

/**
 * The openid behind a login code: a demo person's, or, for any code that begins with `guest-`, that of somebody who has never
 * been here (`guest-anna` is always the same guest). Other codes are unknown.
 */
export function openidOf(people: readonly DemoPerson[], code: string): string | undefined {
  if (/^guest-[\w-]{1,60}$/.test(code)) return `openid-${code}`;
  return people.find(({ wechatCode }) => wechatCode === code)?.openid;
}

/** How many messages an account lets WeChat bring when the town begins. */
export const consentsOf = (people: readonly DemoPerson[], openid: string): number =>
  people.find((person) => person.openid === openid)?.consents ?? 0;
