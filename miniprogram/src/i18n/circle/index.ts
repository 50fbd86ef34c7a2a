import type { Language } from '../../services/settings.ts';
import { useLanguage } from '../index.ts';
import type { Widen } from '../zh.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type CircleWords = Widen<typeof zh>;

const words: Readonly<Record<Language, CircleWords>> = { zh, en };

export const useCircleWords = (): CircleWords => words[useLanguage()];
