/** What a device is. `canary` is the one by which a stage tests itself. */
export const DEVICE_KINDS = ['key', 'wristband', 'smoke', 'infrared', 'health-meter', 'canary'] as const;
