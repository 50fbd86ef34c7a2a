import { API_OF, type Feature } from './route.ts';
import { alertRoutes, raiseRoutes } from './routes/alerts.ts';
import { circleRoutes } from './routes/circle.ts';
import { elderRoutes } from './routes/elders.ts';
import { mealRoutes } from './routes/meals.ts';
import { sessionRoutes } from './routes/sessions.ts';

/** Every method, path, role, body and reply of AnxinApi and AnxinAlerts. Handlers, templates, OpenAPI document and client all read it. */
export const routes = {
  ...sessionRoutes,
  ...elderRoutes,
  ...mealRoutes,
  ...raiseRoutes,
  ...alertRoutes,
  ...circleRoutes,
} as const;
export type Routes = typeof routes;
export type RouteName = keyof Routes;

/** The routes of one API, as its stack makes them. */
export const routesOf = (api: (typeof API_OF)[Feature]) =>
  Object.values(routes).filter(({ feature }) => API_OF[feature] === api);
