import { type Route } from '#features/serve.ts';
export declare const personalDataRoutes: readonly Route[];
