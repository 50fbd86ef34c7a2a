/**
 * The place of the emergency button: on every page, at the bottom, above the tabs, never covered. There is no alert to raise yet,
 * and a button that does nothing would be worse than none, so the place is empty.
 */
export function SosPlace() {
  return null;
}
