import type { z } from 'zod/mini';
import type { Course, Dish } from '../../shared/contracts/canteens.ts';
import type { Allergen, Diet } from '../../shared/contracts/diet.ts';

type CourseName = z.infer<typeof Course>;

const ALLERGEN: Readonly<Record<string, Allergen>> = {
  g: 'gluten',
  c: 'crustacean',
  f: 'fish',
  e: 'egg',
  p: 'peanut',
  s: 'soy',
  m: 'milk',
  n: 'nut',
};
const DIET: Readonly<Record<string, Diet>> = {
  L: 'low-salt',
  G: 'low-sugar',
  S: 'soft',
  H: 'halal',
  V: 'vegetarian',
};

/** `id name allergens suits English name`, a dash for none. Soy sauce counts as soy and gluten, as a label must name it. */
const dishes = (course: CourseName, lines: string): Dish[] =>
  lines
    .trim()
    .split('\n')
    .map((text) => {
      const [dishId = '', name = '', allergens = '', suits = '', ...english] = text.trim().split(/\s+/);
      const letters = (from: string) => (from === '-' ? [] : [...from]);
      return {
        dishId,
        name,
        nameEn: english.join(' '),
        course,
        allergens: letters(allergens).flatMap((letter) => ALLERGEN[letter] ?? []),
        suits: letters(suits).flatMap((letter) => DIET[letter] ?? []),
      };
    });

/** Mains that nobody's religion or allergy needs to shun are spread through the week by `menuOf`. */
export const MEAT_MAINS = dishes(
  'main',
  `
  braised-pork 红烧肉 sg S Braised pork belly
  meatballs 清炖狮子头 eg LS Stewed pork meatballs
  fish-pork-shreds 鱼香肉丝 sg - Pork shreds in garlic sauce
  sweet-sour-ribs 糖醋排骨 sg - Sweet and sour ribs
  pork-potato 土豆烧肉 sg S Pork stewed with potatoes
  mushroom-pork 蘑菇炒肉片 - LG Sliced pork with mushrooms
  cabbage-pork-tofu 白菜豆腐炖肉 s LGS Pork, cabbage and tofu stew
  `,
);
export const HALAL_MAINS = dishes(
  'main',
  `
  chicken-mushroom 香菇蒸鸡 - LGH Steamed chicken with shiitake
  steamed-bass 清蒸鲈鱼 f LGSH Steamed bass
  beef-potato 土豆炖牛肉 sg SH Beef stewed with potatoes
  tomato-beef 番茄牛腩 - LSH Beef brisket with tomatoes
  kung-pao-chicken 宫保鸡丁 psg H Chicken with peanuts
  radish-lamb 萝卜炖羊肉 - LGSH Lamb stewed with radish
  braised-hairtail 红烧带鱼 fsg H Braised hairtail
  shrimp-egg 虾仁滑蛋 ce LGSH Scrambled eggs with shrimps
  chicken-cashew 腰果鸡丁 n GH Chicken with cashew nuts
  `,
);
export const LANZHOU_MAINS = dishes(
  'main',
  `
  beef-noodles 兰州牛肉面 g H Lanzhou beef noodles
  hand-lamb 手抓羊肉 - GH Hand-held lamb
  lamb-carrot-pilaf 羊肉抓饭 - H Lamb and carrot pilaf
  big-plate-chicken 大盘鸡 sg H Chicken with potatoes and peppers
  beef-cabbage-stew 牛肉烩菜 - LGSH Beef and cabbage stew
  `,
);
export const MEATLESS_MAINS = dishes(
  'main',
  `
  home-tofu 家常豆腐 s LGHV Home-style tofu
  tomato-egg 番茄炒蛋 e LSHV Tomatoes with eggs
  soft-tofu 素烩豆腐羹 s LGSHV Soft tofu custard
  braised-aubergine 烧茄子 - SHV Braised aubergine
  three-earth 地三鲜 - HV Potato, aubergine and pepper
  mixed-mushrooms 什锦烩鲜菇 - LGSHV Braised mixed mushrooms
  `,
);
export const SIDES = dishes(
  'side',
  `
  garlic-greens 蒜蓉青菜 - LGHV Greens with garlic
  vinegar-cabbage 醋溜白菜 - GHV Cabbage with vinegar
  stir-spinach 清炒菠菜 - LGSHV Stir-fried spinach
  potato-shreds 酸辣土豆丝 - HV Hot and sour potato shreds
  celery-lily 西芹百合 - LGHV Celery with lily bulb
  broccoli 白灼西兰花 - LGSHV Blanched broccoli
  pumpkin-steamed 蒸南瓜 - LSHV Steamed pumpkin
  cucumber-salad 拍黄瓜 - LGHV Cucumber salad
  wood-ear-yam 木耳炒山药 - LGHV Yam with wood ear
  bean-sprouts 素炒豆芽 s LGHV Stir-fried bean sprouts
  winter-melon 烧冬瓜 - LGSHV Braised winter melon
  dried-tofu-celery 芹菜香干 sg GHV Celery with dried tofu
  carrot-lettuce 胡萝卜炒莴笋 - LGHV Celtuce with carrots
  peanut-spinach 花生拌菠菜 p GHV Spinach with peanuts
  `,
);
export const SOUPS = dishes(
  'soup',
  `
  egg-drop 紫菜蛋花汤 e LGSHV Seaweed and egg soup
  winter-melon-soup 冬瓜虾皮汤 c GSH Winter melon soup with dried shrimps
  tofu-greens-soup 青菜豆腐汤 s LGSHV Greens and tofu soup
  millet-porridge 小米粥 - LGSHV Millet porridge
  tomato-egg-soup 番茄鸡蛋汤 e LSHV Tomato and egg soup
  radish-soup 白萝卜汤 - LGSHV White radish soup
  white-fungus 银耳莲子羹 - LSHV White fungus and lotus seed soup
  `,
);
export const STAPLES = dishes(
  'staple',
  `
  rice 米饭 - LGSHV Steamed rice
  steamed-bun 馒头 g LGSHV Steamed bun
  mixed-rice 杂粮饭 - LGHV Mixed-grain rice
  flower-roll 花卷 g LSHV Steamed twisted roll
  soft-noodles 软面条 g LSHV Soft noodles
  sweet-potato 蒸红薯 - LSHV Steamed sweet potato
  corn-cake 玉米发糕 gm SHV Steamed corn cake
  `,
);
export const FRUITS = dishes(
  'fruit',
  `
  apple 苹果 - LGHV Apple
  banana 香蕉 - LSHV Banana
  pear 梨 - LHV Pear
  orange 橙子 - LGHV Orange
  yoghurt 酸奶 m LSHV Yoghurt
  `,
);
export const BREAKFASTS = dishes(
  'main',
  `
  boiled-egg 水煮蛋 e LGSHV Boiled egg
  soy-milk 豆浆 s LGSHV Soy milk
  vegetable-bun 素包子 g HV Vegetable bun
  `,
);

/** Every dish of every kitchen, each once. */
export const ALL_DISHES: readonly Dish[] = [
  ...MEAT_MAINS,
  ...HALAL_MAINS,
  ...LANZHOU_MAINS,
  ...MEATLESS_MAINS,
  ...SIDES,
  ...SOUPS,
  ...STAPLES,
  ...FRUITS,
  ...BREAKFASTS,
];
