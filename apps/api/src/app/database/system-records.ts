/** Collection of what the installation remembers about itself. */
export const SYSTEM_COLLECTION = 'system';

/** One remembered value. */
export interface SystemRecord<Value> {
  _id: string;
  value: Value;
}
