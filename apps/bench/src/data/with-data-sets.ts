import { hostToken, startArm } from '../arms/start-arm';
import { type ServerProcess } from '../processes/server-process';
import { type RowContext } from '../rows/row';
import { dataSet, dataSizes, type DataSet } from './data-set';

/** The product on one data set, with an admin signed in. */
export interface ServedData {
  data: DataSet;
  server: ServerProcess;
  token: string;
}

/** Runs some work with the product on the small and on the large data set, both at once. */
export async function withDataSets<R>(
  context: RowContext,
  work: (small: ServedData, large: ServedData) => Promise<R>,
): Promise<R> {
  const sizes = dataSizes(context.isQuick);
  const served: ServedData[] = [];
  const serve = async (data: DataSet): Promise<ServedData> => {
    const { databaseName } = data;
    const place = { databaseUri: context.database.uri, directory: context.directory, databaseName };
    const { server } = await startArm('ours', place);
    const one = { data, server, token: hostToken('admin') };
    served.push(one);
    return one;
  };
  try {
    const [small, large] = [await dataSet(context, sizes.small), await dataSet(context, sizes.large)];
    return await work(await serve(small), await serve(large));
  } finally {
    for (const { server } of served) await server.stop();
  }
}

/** Asks a REST path, which must answer. */
export async function get<T>({ server, token }: ServedData, path: string): Promise<T> {
  const answer = await fetch(`${server.url}/api/${path}`, { headers: { authorization: `Bearer ${token}` } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
