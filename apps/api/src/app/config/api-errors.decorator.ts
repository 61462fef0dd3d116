import { ERROR_STATUS, ErrorBody, type ErrorCode } from '@elite-chat/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';

/** What every call that needs a token can be answered, whatever it does. */
const SIGNED_IN_CODES: readonly ErrorCode[] = ['unauthorized', 'forbidden', 'rate_limited', 'unavailable'];

/** Documents the errors of a call for people who are signed in: its own, and those that every such call has. */
export function ApiErrors(...codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  return ApiErrorsOnly(...codes, ...SIGNED_IN_CODES);
}

/** Documents exactly these errors of a call. */
export function ApiErrorsOnly(...codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  const codesByStatus = Map.groupBy(new Set(codes), (code) => ERROR_STATUS[code]);
  return applyDecorators(
    ...[...codesByStatus].map(([status, together]) =>
      ApiResponse({
        status,
        type: ErrorBody,
        description: together.map((code) => `\`${code}\``).join(', '),
      }),
    ),
  );
}
