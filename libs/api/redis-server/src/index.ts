export { type RedisServer, startRedisServer } from './lib/start-redis-server';
