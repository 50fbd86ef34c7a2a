import type { Person } from '../../shared/contracts/people.ts';

/** Somebody to sign in as: by `wechatCode` at the stand-in for WeChat, or by `phone` and the one-time code that is sent to it. */
export interface TownPerson {
  readonly personId: string;
  readonly city: string;
  readonly name: string;
  readonly role: Person['role'];
  /** In words: whom or what they belong to. */
  readonly boundTo: string;
  readonly wechatCode: string;
  readonly openid: string;
  /** Absent: no number is known yet; the pages ask for one. */
  readonly phone?: string;
  /** How many messages of alerts they let WeChat bring. */
  readonly consents?: number;
  readonly area?: string;
  readonly canteenId?: string;
  /** The elders whom they may order for. */
  readonly elderIds: readonly string[];
  /** What the community handed to somebody who is not bound yet. */
  readonly bindingCode?: string;
}

/** Different names in neighbouring cities, so that it is plain where one has signed in. */
const NAMES = [
  {
    father: '王建国',
    mother: '李秀兰',
    veteran: '张德明',
    herself: '孙桂英',
    unbound: '赵玉梅',
    daughter: '王芳',
    son: '张伟',
    newcomer: '赵静',
    community: '陈晓梅',
    canteen: '徐志刚',
    district: '刘建平',
    dispatcher: '周敏',
    gridWorker: '赵强',
  },
  {
    father: '杨永福',
    mother: '马玉兰',
    veteran: '马国栋',
    herself: '魏淑珍',
    unbound: '石凤英',
    daughter: '杨丽',
    son: '马俊',
    newcomer: '石敏',
    community: '韩雪',
    canteen: '白建军',
    district: '郭宏伟',
    dispatcher: '柳青',
    gridWorker: '马文斌',
  },
] as const;
export const namesIn = ({ cityNumber }: { readonly cityNumber: number }) => NAMES[cityNumber % 2 === 1 ? 0 : 1];
