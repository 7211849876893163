import type { ConnectionKind } from '@/lib/policy/lint/device-actions';
import type { Place } from '@/lib/policy/lint/iot-arn';

/** What the editor has to know of where the policy will be. */
export type PolicyEditorContext = {
  /** Account and Region that ARNs are built for. */
  place: Place;
  /** Whether other policies may be attached beside it. */
  hasCompanions?: boolean | undefined;
  /** Certificates over MQTT where nothing is said. */
  connection?: ConnectionKind | undefined;
  /** Where AWS's own answer is asked for; undefined: it cannot be. */
  authorizationUrl?: string | undefined;
  /** The client id, thing and common name that the try-out begins with. */
  exampleName?: string | undefined;
};
