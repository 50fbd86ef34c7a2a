import type { Allergen, Diet } from '../../shared/contracts/diet.ts';
import type { ElderForm } from '../../shared/contracts/elders.ts';
import type { Bilingual } from '../../shared/values/text.ts';

/** The columns of a file of elders. A header names each in Chinese or in English, in any order. */
export type Column = keyof Omit<ElderForm, 'rev' | 'area'> | 'grid';

interface ColumnNames {
  readonly zh: string;
  readonly en: string;
  /** A file without this column is refused. */
  readonly needed: boolean;
}

export const IMPORT_COLUMNS: Readonly<Record<Column, ColumnNames>> = {
  name: { zh: '姓名', en: 'name', needed: true },
  sex: { zh: '性别', en: 'sex', needed: true },
  birthDate: { zh: '出生日期', en: 'birthDate', needed: true },
  phone: { zh: '电话', en: 'phone', needed: false },
  idNumber: { zh: '身份证号', en: 'idNumber', needed: false },
  grid: { zh: '网格', en: 'grid', needed: true },
  address: { zh: '地址', en: 'address', needed: true },
  localHousehold: { zh: '本地户籍', en: 'localHousehold', needed: false },
  allergens: { zh: '过敏', en: 'allergens', needed: false },
  diets: { zh: '饮食', en: 'diets', needed: false },
};

export const COLUMNS = Object.keys(IMPORT_COLUMNS) as Column[];

/** Every header that is understood, for the message about one that is not. */
export const knownHeaders = (): Bilingual => ({
  zh: COLUMNS.map((column) => IMPORT_COLUMNS[column].zh).join('、'),
  en: COLUMNS.map((column) => IMPORT_COLUMNS[column].en).join(', '),
});

/** The column that a header cell names, or undefined. */
export function columnOf(header: string): Column | undefined {
  const name = header.trim().toLowerCase();
  return COLUMNS.find(
    (column) => IMPORT_COLUMNS[column].zh === name || IMPORT_COLUMNS[column].en.toLowerCase() === name,
  );
}

/** What a cell may say in words, besides the contract's own names. */
export const SEX_WORDS: Readonly<Record<string, ElderForm['sex']>> = {
  女: 'female',
  男: 'male',
  female: 'female',
  male: 'male',
};

export const YES_NO_WORDS: Readonly<Record<string, boolean>> = {
  是: true,
  否: false,
  yes: true,
  no: false,
  true: true,
  false: false,
};

export const ALLERGEN_WORDS: Readonly<Record<string, Allergen>> = {
  麸质: 'gluten',
  甲壳类: 'crustacean',
  鱼: 'fish',
  蛋: 'egg',
  花生: 'peanut',
  大豆: 'soy',
  奶: 'milk',
  坚果: 'nut',
};

export const DIET_WORDS: Readonly<Record<string, Diet>> = {
  低盐: 'low-salt',
  低糖: 'low-sugar',
  软食: 'soft',
  清真: 'halal',
  素食: 'vegetarian',
};
