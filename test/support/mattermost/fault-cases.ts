import { bodyCases } from './faults/bodies.ts'
import type { FaultCase } from './faults/case.ts'
import { listCases } from './faults/lists.ts'
import { redirectCases } from './faults/redirects.ts'
import { refusalCases } from './faults/refusals.ts'
import { transportCases } from './faults/transport.ts'

/**
 * The robustness list as rules: `mattermost.faults.push({ ...faultCase.rule, match })`. Not here, because no reply can
 * make them: 41 (close the server), 52 (addresses), 57 and 58 (start with `tls`), 59 and 60 (proxies, DNS), 65 (an
 * admin's token).
 */
export function faultCases(elsewhere = 'http://127.0.0.1:9'): FaultCase[] {
  return [...bodyCases, ...listCases, ...transportCases, ...redirectCases(elsewhere), ...refusalCases]
}
