export { type Claims, inSeconds, readClaims, signToken } from '@elite-chat/api-process';
