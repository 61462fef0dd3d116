/** Nest with one gateway and nothing else: what the framework itself takes to start. */
import 'reflect-metadata';

import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';

@WebSocketGateway()
class EchoGateway {
  /** Answers with what it was told. */
  @SubscribeMessage('echo')
  echo(payload: unknown): unknown {
    return payload;
  }
}

@Controller()
class ReadyController {
  /** It answers, so it is ready. */
  @Get('api/health/ready')
  ready(): { status: string } {
    return { status: 'ready' };
  }
}

@Module({ controllers: [ReadyController], providers: [EchoGateway] })
class BareModule {}

async function start(): Promise<void> {
  const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
  app.useWebSocketAdapter(new IoAdapter(app));
  await app.listen(Number(process.env['PORT']), process.env['HOST'] ?? '127.0.0.1');
}

void start();
