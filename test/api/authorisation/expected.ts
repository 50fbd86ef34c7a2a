import type { Feature, Relation } from '../../../shared/route.ts';
import type { RouteName } from '../../../shared/routes.ts';
import { routeOf } from '../support/http.ts';
import type { Caller, Place } from './worlds.ts';

/** What must come of asking: let in (200), or refused as nobody (401) or as this person (403). */
export type Verdict = 'in' | 401 | 403;

/** Where a relation ties each role to the five places. Roles that a route does not name never get so far. */
const REACH: Readonly<
  Record<Exclude<Relation, 'none' | 'self'>, Readonly<Record<Exclude<Caller, 'nobody'>, readonly Place[]>>>
> = {
  elder: {
    elder: ['own'],
    family: ['own'],
    'community-staff': ['own', 'neighbour'],
    'district-staff': ['own', 'neighbour', 'other-community'],
    dispatcher: ['own', 'neighbour', 'other-community'],
    'grid-worker': ['own', 'neighbour'],
    device: [],
    // They see an elder's order where it is an order at their own canteen.
    'canteen-staff': ['own'],
  },
  alert: {
    elder: ['own'],
    family: ['own'],
    'canteen-staff': [],
    'community-staff': ['own', 'neighbour'],
    'grid-worker': ['own', 'neighbour'],
    'district-staff': ['own', 'neighbour', 'other-community'],
    dispatcher: ['own', 'neighbour', 'other-community'],
    device: [],
  },
  canteen: {
    elder: [],
    family: [],
    dispatcher: [],
    'grid-worker': [],
    device: [],
    'canteen-staff': ['own'],
    'community-staff': ['own', 'neighbour'],
    'district-staff': ['own', 'neighbour', 'other-community'],
  },
  area: {
    elder: [],
    family: [],
    dispatcher: ['own', 'neighbour', 'other-community'],
    'grid-worker': ['own', 'neighbour'],
    device: [],
    'canteen-staff': [],
    'community-staff': ['own', 'neighbour'],
    'district-staff': ['own', 'neighbour', 'other-community'],
  },
};

const KNOWS_DEVICES: readonly Feature[] = ['raise-alert', 'circle'];

/** What the route table says of a cell. */
function byRouteTable(name: RouteName, caller: Caller, place: Place): Verdict {
  const { role, relation, feature } = routeOf(name);
  if (role === 'public') return 'in';
  if (caller === 'nobody') return 401;
  // Most functions do not know the devices' key: a device is nobody to them.
  if (caller === 'device' && !KNOWS_DEVICES.includes(feature)) return 401;
  if (!role.includes(caller)) return 403;
  if (caller === 'device' && relation === 'self') return place === 'own' ? 'in' : 403;
  if (relation === 'none' || relation === 'self') return 'in';
  return REACH[relation][caller].includes(place) ? 'in' : 403;
}

interface Exception {
  readonly route: RouteName;
  readonly caller: Caller;
  readonly places: readonly Place[];
  readonly verdict: Verdict;
  readonly because: string;
}

/** Every cell in which the route table alone does not say what is right, with the reason. There is none at present. */
export const EXCEPTIONS: readonly Exception[] = [];

export function expected(name: RouteName, caller: Caller, place: Place): Verdict {
  const exception = EXCEPTIONS.find(
    (each) => each.route === name && each.caller === caller && each.places.includes(place),
  );
  return exception?.verdict ?? byRouteTable(name, caller, place);
}
