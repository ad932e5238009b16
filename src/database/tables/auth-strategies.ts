import type { Fixed } from '../schema-values.ts';

/** owner: auth-strategies */
export interface AuthStrategiesTable {
  id: Fixed<string>;
  name: string;
  name_key: string;
  display_name: string;
  strategy_type: string;
  configs: string;
  labels: string;
  created_at: Fixed<string>;
  updated_at: string;
}
