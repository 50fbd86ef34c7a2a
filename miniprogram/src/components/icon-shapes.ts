import bell from 'lucide-static/dist/esm/icons/bell.mjs';
import calendar from 'lucide-static/dist/esm/icons/calendar-days.mjs';
import figures from 'lucide-static/dist/esm/icons/chart-column.mjs';
import check from 'lucide-static/dist/esm/icons/check.mjs';
import back from 'lucide-static/dist/esm/icons/chevron-left.mjs';
import forward from 'lucide-static/dist/esm/icons/chevron-right.mjs';
import circleCheck from 'lucide-static/dist/esm/icons/circle-check.mjs';
import checkIn from 'lucide-static/dist/esm/icons/clipboard-check.mjs';
import orders from 'lucide-static/dist/esm/icons/clipboard-list.mjs';
import clock from 'lucide-static/dist/esm/icons/clock.mjs';
import kitchen from 'lucide-static/dist/esm/icons/cooking-pot.mjs';
import home from 'lucide-static/dist/esm/icons/house.mjs';
import info from 'lucide-static/dist/esm/icons/info.mjs';
import place from 'lucide-static/dist/esm/icons/map-pin.mjs';
import phone from 'lucide-static/dist/esm/icons/phone.mjs';
import print from 'lucide-static/dist/esm/icons/printer.mjs';
import siren from 'lucide-static/dist/esm/icons/siren.mjs';
import bowl from 'lucide-static/dist/esm/icons/soup.mjs';
import warning from 'lucide-static/dist/esm/icons/triangle-alert.mjs';
import person from 'lucide-static/dist/esm/icons/user-round.mjs';
import people from 'lucide-static/dist/esm/icons/users-round.mjs';
import offline from 'lucide-static/dist/esm/icons/wifi-off.mjs';
import close from 'lucide-static/dist/esm/icons/x.mjs';

/** The icons in use, by what they mean here. To add one, import its shape from lucide-static. */
export const shapes = {
  back,
  bell,
  bowl,
  calendar,
  check,
  checkIn,
  circleCheck,
  clock,
  close,
  figures,
  forward,
  home,
  info,
  kitchen,
  offline,
  orders,
  people,
  person,
  phone,
  place,
  print,
  siren,
  warning,
} as const;
export type Shape = keyof typeof shapes;
