import type { Widen } from '../zh.ts';
/** The words of the emergency button, which stands on every page: part of the main package. */
export const zh = {
  button: '紧急求助',
  buttonFor: (name: string) => `替${name}求助`,
  buttonForSomebody: '替老人求助',
  buttonHere: '这里有人出事，求助',
  buttonPhones: '紧急求助电话',
  holdHelp: '按住 2 秒',
  tapHelp: '点开看号码',
  /** For who cannot see the ring, or cannot hold. */
  orTap: '按不住就点一下',

  holding: '松开就停',
  holdingFor: (what: string, seconds: number) => `再按 ${seconds} 秒，${what}`,
  letGo: '已停下，没有求助。',
  letGoHelp: '要求助：按住 2 秒，或点一下再选“是”。',

  ask: {
    title: '要求助吗？',
    titleFor: (name: string) => `要替${name}求助吗？`,
    titleWhich: '替谁求助？',
    text: '值守台会马上知道，也会打给留了电话的家里人。',
    textHere: '值守台会马上知道您在哪个社区，给您打电话。',
    yes: '是，马上求助',
    yesFor: (name: string) => `是，替${name}求助`,
    forOne: (name: string) => `替${name}求助`,
    no: '不用，回去',
    never: '还不能从这里通知值守台',
    neverText: '这台手机没有登录过，我们不知道是谁。请直接打电话：',
    signIn: '登录',
    phones: '也可以直接打电话',
  },

  state: {
    sending: '正在求助…',
    sendingText: '正在告诉值守台。',
    waiting: '还没有传出去，一直在试',
    offline: '现在连不上。手机会一直自动试，请别锁屏、别关掉；能打电话就先打。',
    trouble: '那边没有接住。手机会一直自动试，请别锁屏、别关掉；能打电话就先打。',
    tries: (times: number) => `已试 ${times} 次`,
    received: '求助已收到',
    receivedAt: (time: string) => `${time} 收到，正在叫人。`,
    refused: '求助没有被接受',
    refusedText: '这台手机的登录不能用了。请马上打电话；重新登录后会自动再发。',
    for: (name: string) => `替${name}求助`,
    see: '看谁会来',
    seeMore: '看求助的情况',
    tryNow: '现在再试',
    stop: '不求助了，不再试',
    stopTitle: '不再求助吗？',
    stopText: '手机不再发送。万一已经传到，会有人打电话来问，告诉他没事就好。',
    stopYes: '是，不求助了',
    stopNo: '不，继续求助',
  },

  location: {
    title: '求助时带上位置',
    text: '您按紧急求助时，值守台能看到手机在哪里。平时不看。',
    allow: '允许带上位置',
    allowed: '求助时会带上位置。',
    refused: '没有允许。以后可以在手机设置里打开。',
  },

  phones: {
    ambulance: '打 120 急救',
    fire: '打 119 火警',
    police: '打 110 报警',
    call: (name: string) => `打电话给${name}`,
    callWho: (name: string, who: string) => `打电话给${name}（${who}）`,
  },
  callees: {
    dispatchers: '值守台',
    family: '家里人',
    'grid-worker': '网格员',
    'community-duty': '社区值班',
    neighbours: '邻居',
    volunteers: '志愿者',
    'call-centre': '呼叫中心',
    'emergency-services': '急救',
  },
};

export type SosWords = Widen<typeof zh>;
