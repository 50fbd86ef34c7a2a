import type { Language } from '../../services/settings.ts';
import { useLanguage } from '../index.ts';
import { en } from './en.ts';
import { type SosWords, zh } from './zh.ts';

const words: Readonly<Record<Language, SosWords>> = { zh, en };

export const useSosWords = (): SosWords => words[useLanguage()];
