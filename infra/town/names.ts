import type { Random } from './random.ts';

/** The commonest surnames of China, roughly by how common they are. */
const SURNAMES =
  '王王王王王王王李李李李李李李张张张张张张刘刘刘刘刘陈陈陈陈杨杨杨赵赵赵黄黄周周吴吴徐徐孙孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';

/** Given names of those born about 1925 to 1966, and of their children. */
const ELDER_WOMEN =
  '秀英 桂英 秀兰 玉兰 桂兰 玉英 玉珍 凤英 淑珍 淑英 秀珍 凤兰 桂芳 秀芳 素珍 玉梅 春梅 惠珍 翠英 淑华 桂珍 爱华 金凤 月英 兰英 素芳 慧兰 彩云 玉华 美英 淑兰 凤琴 淑琴 素琴 桂荣 秀云 瑞芝 文秀 玉芬 雅琴 宝珍 福珍 喜凤 巧云 莲英 香兰 银花 冬梅 丽华 静芳'.split(
    ' ',
  );
const ELDER_MEN =
  '建国 国强 志明 德明 文华 建华 国华 志强 永福 德福 玉山 长林 福生 金山 国栋 树林 广义 玉林 宝山 永祥 庆华 德胜 学文 振华 正义 志刚 长海 景春 凤山 守义 明德 文斌 世昌 兴国 贵生 铁柱 万林 荣华 福田 耀宗 长生 炳坤 继先 绍武 维民 天佑 春生 秉义 喜顺 有才'.split(
    ' ',
  );
const YOUNGER_WOMEN =
  '芳 丽 敏 静 艳 娟 霞 红梅 燕 玲 晓红 丽娟 海燕 晓燕 雪梅 莉 颖 慧 洁 婷 晓玲 玉洁 春燕 红霞 志红 倩 萍 文静 晓慧 佳'.split(
    ' ',
  );
const YOUNGER_MEN =
  '伟 强 军 磊 勇 斌 涛 波 鹏 辉 志勇 建军 海涛 晓东 文杰 立新 卫东 永强 宏伟 俊杰 浩 超 明 刚 峰 旭东 志鹏 国庆 建平 凯'.split(
    ' ',
  );

export type Sex = 'female' | 'male';

export const surname = (random: Random): string => SURNAMES[random.between(0, SURNAMES.length - 1)] ?? '王';

export const elderGivenName = (random: Random, sex: Sex): string =>
  random.pick(sex === 'female' ? ELDER_WOMEN : ELDER_MEN);

export const youngerGivenName = (random: Random, sex: Sex): string =>
  random.pick(sex === 'female' ? YOUNGER_WOMEN : YOUNGER_MEN);

const ROADS =
  '槐荫路 建设路 和平路 人民路 友谊街 新华街 胜利路 文昌街 平安路 长寿街 东风路 光明街 青年路 育才街 柳荫路 红旗大街 民生路 安康路 福民街 松林路'.split(
    ' ',
  );
const ESTATES =
  '槐树里小区 幸福里小区 光明新村 康乐小区 锦绣家园 纺织厂家属院 机床厂宿舍 桃园小区 丽景花园 福星苑 枫林小区 翠苑小区 铁路新村 阳光家园 和谐佳苑 绿园小区 望河小区 百合苑 书香苑 朝阳里小区'.split(
    ' ',
  );
const COMMUNITIES =
  '槐树里 幸福里 康乐 光明 桃园 翠苑 望河 朝阳里 枫林 福星 安居 永宁 松柏 红星 新风 东湖 西园 南桥 北苑 兴华 青松 长寿里 百花 同心 民乐 泰和 锦绣 文苑 双井 清泉 仁和 广安'.split(
    ' ',
  );

/** A community's name; the same name comes again with a number only after all others. */
export function communityName(index: number): string {
  const round = Math.floor(index / COMMUNITIES.length);
  return `${COMMUNITIES[index % COMMUNITIES.length]}${round === 0 ? '' : `第${round + 1}`}社区`;
}

/** The roads and estates of one community: three of each. */
export function placesOf(random: Random): { roads: readonly string[]; estates: readonly string[] } {
  const start = random.between(0, 19);
  const three = (list: readonly string[], step: number) =>
    [0, 1, 2].map((index) => list[(start + index * step) % list.length] ?? '');
  return { roads: three(ROADS, 3), estates: three(ESTATES, 7) };
}

/** `槐荫路12号槐树里小区3号楼2单元501室` */
export function addressIn(random: Random, { roads, estates }: ReturnType<typeof placesOf>): string {
  const home = random.between(0, 2);
  const floor = random.between(1, 6);
  const room = `${floor}0${random.between(1, 4)}`;
  return `${roads[home]}${20 + home * 8}号${estates[home]}${random.between(1, 18)}号楼${random.between(1, 5)}单元${room}室`;
}
