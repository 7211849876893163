import { en, type Messages } from './en';
import { ja } from './ja';
import type { Locale } from './locales';
import { zhCn } from './zh-cn';

export const MESSAGES: Record<Locale, Messages> = { en, ja, 'zh-CN': zhCn };
