import { API_PREFIX } from '@elite-chat/contracts';
import { type FastifyInstance } from 'fastify';

import { refusalOf } from '../errors/send-error';
import { type Metrics } from './metrics';

/** Measures REST calls by their routes, what has no route of ours is one of `other`; and counts what was refused. */
export function measureRequests(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { url } = request.routeOptions;
    const route = url?.startsWith(`/${API_PREFIX}/`) ? url : 'other';
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    metrics.requestSeconds.observe({ route, status }, reply.elapsedTime / 1_000);
    const refusal = refusalOf(request);
    if (refusal) metrics.refused('rest', refusal);
    done();
  });
}
