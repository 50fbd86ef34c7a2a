import { elderRoutes } from './routes/elders.ts';
import { mealRoutes } from './routes/meals.ts';
import { sessionRoutes } from './routes/sessions.ts';

/** Every method, path, role, body and reply of AnxinApi. Handlers, template, OpenAPI document and client all read it. */
export const routes = { ...sessionRoutes, ...elderRoutes, ...mealRoutes } as const;
export type Routes = typeof routes;
export type RouteName = keyof Routes;
