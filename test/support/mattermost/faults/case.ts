import type { Fault, FaultRule } from '../faults.ts'

/** One fault of the robustness list (reference, section 5), ready to be pushed with a `match`. */
export type FaultCase = { case: number; name: string; rule: Omit<FaultRule, 'match'> }

/** A fault that takes the place of the reply: the handler has not run. */
export function instead(number: number, name: string, fault: Fault, times = 1): FaultCase {
  return { case: number, name, rule: { fault, at: 'beforeHandler', times } }
}

/** A fault after the handler has run: a post is saved, its reply is lost or altered. */
export function afterwards(number: number, name: string, fault: Fault, times = 1): FaultCase {
  return { case: number, name, rule: { fault, at: 'afterHandler', times } }
}

/** A whole reply in JSON, as the server would label it. */
export function jsonFault(status: number, body: string | Buffer, type = 'application/json'): Fault {
  return { kind: 'reply', status, headers: [['Content-Type', type]], body }
}

/** The JSON of an error as the server writes it. */
export function errorText(status: number, id: string, detail = ''): string {
  const told = {
    id,
    message: 'It went wrong.',
    detailed_error: detail,
    request_id: REQUEST_ID,
    status_code: status,
  }
  return JSON.stringify(told)
}

export function errorFault(status: number, id: string, detail = ''): Fault {
  return jsonFault(status, errorText(status, id, detail))
}

const REQUEST_ID = 'qqqqqqqqqqqqqqqqqqqqqqqqqy'
