/** Where the web page may send requests: the two APIs, as origins (`https://…`). */
export interface PageOrigins {
  readonly api: string;
  readonly alerts: string;
}

/**
 * What the browser may do for the web page (CSP Level 3): run the scripts that were built, and nothing that stands in the page; ask the
 * two APIs, and nobody else. So a name that became markup would still be no script, and could send nothing anywhere.
 *
 * Styles may stand in the page: Taro's router and React's `style` write them there, and a style runs nothing. The board's clock is
 * a worker that is made from a line of its own (`ticker.h5.ts`).
 */
export function contentSecurityPolicy({ api, alerts }: PageOrigins): string {
  const policy: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'worker-src': ['blob:'],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'media-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...new Set([api, alerts])],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
  };
  return Object.entries(policy)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}

/** What the page asks the device for: where it is, when somebody calls for help; and that the board’s screen stays on. */
const PERMISSIONS =
  'geolocation=(self), screen-wake-lock=(self), clipboard-write=(self), camera=(), microphone=(), payment=(), usb=()';

/** A year, in seconds: browsers then never ask without TLS. */
const HSTS_SECONDS = 365 * 24 * 60 * 60;

/** The headers of the page and of every file of it, in lower case. Without TLS (one machine) there is no promise of TLS. */
export const pageHeaders = (
  origins: PageOrigins,
  { tls }: { readonly tls: boolean },
): Readonly<Record<string, string>> => ({
  'content-security-policy': contentSecurityPolicy(origins),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy': PERMISSIONS,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  ...(tls && { 'strict-transport-security': `max-age=${HSTS_SECONDS}; includeSubDomains` }),
});
