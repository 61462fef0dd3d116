import { type ExecutionContext, SetMetadata } from '@nestjs/common';

/** Limits that some calls have beside the one for all; the settings are in `Environment.limits`. */
export type AddressLimit = 'login' | 'register';

const ADDRESS_LIMIT = 'throttling:address-limit';

/** Puts a call under a limit of its own, counted for each address, whoever is signed in there. */
export const LimitedPerAddress = (limit: AddressLimit) => SetMetadata(ADDRESS_LIMIT, limit);

/** Whether a call is under this limit. */
export function isLimitedPerAddress(context: ExecutionContext, limit: AddressLimit): boolean {
  return Reflect.getMetadata(ADDRESS_LIMIT, context.getHandler()) === limit;
}
