/** `npm run build`: the production build of API and client. */
import { buildProduct } from './build-product.ts';

await buildProduct(['api', 'client']);
