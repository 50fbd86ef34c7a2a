import type { Language } from '../../services/settings.ts';
import { useLanguage } from '../index.ts';
import type { Widen } from '../zh.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type SosWords = Widen<typeof zh>;

const words: Readonly<Record<Language, SosWords>> = { zh, en };

export const useSosWords = (): SosWords => words[useLanguage()];
