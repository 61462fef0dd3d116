import { apiPaths, HealthDto } from '@elite-chat/contracts';
import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { type FastifyReply } from 'fastify';
import { type Connection } from 'mongoose';

import { Public } from '../auth/decorators/public.decorator';
import { RedisConnection } from '../redis/redis-connection';
import { REST_LIMIT } from '../throttling/rest-limit';

/** How long the database may take to answer, in milliseconds: less than a probe usually waits. */
const PING_TIMEOUT_MS = 2_000;

/** For load balancers and process managers. */
@ApiTags('health')
@Public()
@SkipThrottle({ [REST_LIMIT]: true })
@Controller()
export class HealthController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly redis: RedisConnection,
  ) {}

  /** The process answers */
  @Get(apiPaths.healthLive)
  live(): HealthDto {
    return { status: 'ok' };
  }

  /** The process can serve: all that it needs answers */
  @Get(apiPaths.healthReady)
  @ApiResponse({ status: 503, type: HealthDto, description: 'Something that is needed does not answer' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthDto> {
    const answers = await this.databaseAnswers();
    const needed = this.redis.isConfigured
      ? { database: stateOf(answers), redis: stateOf(this.redis.isReady) }
      : { database: stateOf(answers) };
    const status = stateOf(Object.values(needed).every((state) => state === 'ok'));
    if (status !== 'ok') reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return { status, ...needed };
  }

  private async databaseAnswers(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), PING_TIMEOUT_MS);
    });
    const answer = this.connection.getClient().db().command({ ping: 1 });
    try {
      return await Promise.race([answer.then(() => true).catch(() => false), tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function stateOf(answers: boolean): HealthDto['status'] {
  return answers ? 'ok' : 'unavailable';
}
