import { type ArgumentsHost, Catch, Controller, type ExceptionFilter, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply } from 'fastify';

import { AccountsTestModule, TEST_JWT_SECRET } from '../../../../test/accounts-context';
import { createTestDatabase } from '../../../../test/test-database';
import { Environment } from '../../config/environment';
import { ApiError } from '../../errors/api-error';
import { UsersService } from '../../users/users.service';
import { type AuthenticatedUser } from '../authenticated-user';
import { CurrentUser } from '../decorators/current-user.decorator';
import { ForRole } from '../decorators/for-role.decorator';
import { Public } from '../decorators/public.decorator';
import { TokenIssuer } from '../token-issuer.service';

@Controller()
class Doors {
  @Get('anybody')
  @Public()
  anybody(): string {
    return 'welcome';
  }

  @Get('signed-in')
  signedIn(@CurrentUser() { name }: AuthenticatedUser): string {
    return name;
  }
}

@Controller('admins')
@ForRole('admin')
class AdminDoors {
  @Get()
  admins(): string {
    return 'welcome';
  }

  @Get('customers')
  @ForRole('user')
  customers(): string {
    return 'welcome';
  }
}

@Module({ controllers: [Doors, AdminDoors] })
class DoorsModule {}

@Catch(ApiError)
class ErrorAnswer implements ExceptionFilter<ApiError> {
  catch(error: ApiError, host: ArgumentsHost): void {
    void host.switchToHttp().getResponse<FastifyReply>().status(error.status).send(error.toBody());
  }
}

describe('The guards', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let app: NestFastifyApplication;
  let customer: string;
  let admin: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    const environment = Environment.read({ JWT_SECRET: TEST_JWT_SECRET, MONGODB_URI: database.uri });
    const module = AccountsTestModule.on(database.uri, environment);
    module.imports?.push(DoorsModule);
    app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
    app.useGlobalFilters(new ErrorAnswer());
    await app.init();
    const [customerToken, adminToken] = await Promise.all(
      (['user', 'admin'] as const).map(async (role) => {
        const account = { name: role, email: `${role}@example.com`, password: 'correct-horse-battery' };
        return app
          .get(TokenIssuer, { strict: false })
          .issue(await app.get(UsersService, { strict: false }).createAccount(account, role));
      }),
    );
    customer = `Bearer ${customerToken}`;
    admin = `Bearer ${adminToken}`;
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  async function call(url: string, authorization?: string) {
    const { statusCode, payload } = await app.inject({
      url,
      headers: authorization ? { authorization } : {},
    });
    return [statusCode, statusCode < 400 ? payload : JSON.parse(payload).code];
  }

  it('open to everybody only what is marked public', async () => {
    expect(await call('/anybody')).toEqual([200, 'welcome']);
    expect(await call('/anybody', 'Bearer wrong')).toEqual([200, 'welcome']);
    expect(await call('/signed-in')).toEqual([401, 'unauthorized']);
  });

  it('hand the person to the call', async () => {
    expect(await call('/signed-in', customer)).toEqual([200, 'user']);
    expect(await call('/signed-in', admin.replace('Bearer', 'bearer'))).toEqual([200, 'admin']);
  });

  it.each(['Bearer', 'Bearer ', 'Basic YTpi', 'Bearer wrong', 'Bearer a b'])(
    'refuse "%s"',
    async (header) => {
      expect(await call('/signed-in', header)).toEqual([401, 'unauthorized']);
    },
  );

  it('refuse a token without its scheme', async () => {
    expect(await call('/signed-in', customer.replace('Bearer ', ''))).toEqual([401, 'unauthorized']);
  });

  it('refuse the other role, a call going before its controller', async () => {
    expect(await call('/admins', admin)).toEqual([200, 'welcome']);
    expect(await call('/admins', customer)).toEqual([403, 'forbidden']);
    expect(await call('/admins/customers', customer)).toEqual([200, 'welcome']);
    expect(await call('/admins/customers', admin)).toEqual([403, 'forbidden']);
  });

  it('ask who somebody is before asking for the role', async () => {
    expect(await call('/admins')).toEqual([401, 'unauthorized']);
  });
});
