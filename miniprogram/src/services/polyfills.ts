import * as z from 'zod/mini';

/**
 * Must be the first import of the app. WeChat forbids making code from text, so zod must not try; and old WebViews lack what
 * `shared/` rightly uses on Node.
 */
z.config({ jitless: true });

if (typeof String.prototype.isWellFormed !== 'function') {
  Object.defineProperty(String.prototype, 'isWellFormed', {
    configurable: true,
    writable: true,
    value(this: string) {
      return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?:[^\uD800-\uDBFF]|^)[\uDC00-\uDFFF]/.test(this);
    },
  });
}
