import { deserialize, serialize } from 'node:v8';

// jsdom has none; the database copies all that it keeps.
globalThis.structuredClone ??= (value) => deserialize(serialize(value));

import 'fake-indexeddb/auto';
