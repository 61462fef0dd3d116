import { SetMetadata } from '@nestjs/common';

/** Metadata key of {@link Public}. */
export const IS_PUBLIC = 'auth:is-public';

/** Opens a call, or all of a controller, to people who are not signed in. */
export const Public = () => SetMetadata(IS_PUBLIC, true);
