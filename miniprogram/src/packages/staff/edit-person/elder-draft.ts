import type { Allergen, Diet } from '../../../../../shared/contracts/diet.ts';
import { ElderForm, type ElderView } from '../../../../../shared/contracts/elders.ts';
import type { RefusalDetail } from '../../../../../shared/contracts/refusal.ts';
import { readDate } from '../dates.ts';

/** What is typed of an elder, as it stands in the boxes. */
export interface ElderDraft {
  readonly name: string;
  readonly sex: ElderForm['sex'] | null;
  readonly birthDate: string;
  readonly phone: string;
  readonly idNumber: string;
  /** The number of the grid inside its community, as people say it: `3`. */
  readonly grid: string;
  readonly address: string;
  readonly localHousehold: boolean;
  readonly allergens: readonly Allergen[];
  readonly diets: readonly Diet[];
}
export type ElderField = keyof ElderDraft;

export const EMPTY_ELDER: ElderDraft = {
  name: '',
  sex: null,
  birthDate: '',
  phone: '',
  idNumber: '',
  grid: '',
  address: '',
  localHousehold: true,
  allergens: [],
  diets: [],
};

export const draftOf = (elder: ElderView): ElderDraft => ({
  name: elder.name,
  sex: elder.sex,
  birthDate: elder.birthDate,
  phone: elder.phone ?? '',
  idNumber: '',
  grid: elder.area.slice(12).replace(/^0+(?=\d)/, ''),
  address: elder.address,
  localHousehold: elder.localHousehold,
  allergens: elder.allergens,
  diets: elder.diets,
});

/** An id number says birth date and sex: they need not be typed twice (GB 11643-1999). */
export function fromIdNumber(idNumber: string): Partial<ElderDraft> {
  const text = idNumber.trim().toUpperCase();
  if (!/^\d{17}[\dX]$/.test(text)) return {};
  const birthDate = readDate(text.slice(6, 14));
  return {
    sex: Number(text[16]) % 2 === 1 ? 'male' : 'female',
    ...(birthDate === undefined ? {} : { birthDate }),
  };
}

/** The form to send, or the fields that are not right yet. */
export function formOf(
  draft: ElderDraft,
  { community, rev }: { community: string; rev: number },
): { form: ElderForm } | { wrong: ReadonlySet<ElderField> } {
  const phone = draft.phone.replace(/[\s-]/g, '');
  const idNumber = draft.idNumber.trim().toUpperCase();
  const parsed = ElderForm.safeParse({
    name: draft.name.trim(),
    sex: draft.sex,
    birthDate: readDate(draft.birthDate) ?? '',
    ...(phone === '' ? {} : { phone }),
    ...(idNumber === '' ? {} : { idNumber }),
    area: /^\d{1,3}$/.test(draft.grid.trim()) ? community + draft.grid.trim().padStart(3, '0') : '',
    address: draft.address.trim(),
    localHousehold: draft.localHousehold,
    allergens: [...draft.allergens],
    diets: [...draft.diets],
    rev,
  });
  if (parsed.success) return { form: parsed.data };
  return { wrong: new Set(parsed.error.issues.map(({ path }) => fieldOf(String(path[0])))) };
}

const fieldOf = (name: string): ElderField => (name === 'area' ? 'grid' : (name as ElderField));

/** What the API found wrong, by field, in its words where it has some in this language. */
export function wrongFields(
  details: readonly RefusalDetail[],
  language: 'zh' | 'en',
): ReadonlyMap<ElderField, string | undefined> {
  const found = new Map<ElderField, string | undefined>();
  for (const { path = '', message, ...more } of details) {
    const name = path.split('.')[1];
    if (name === undefined) continue;
    const zh = typeof more.zh === 'string' ? more.zh : undefined;
    found.set(fieldOf(name), language === 'zh' ? zh : zh === undefined ? undefined : message);
  }
  return found;
}
