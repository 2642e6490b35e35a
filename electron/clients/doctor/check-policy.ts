import type { Finding } from '../../../shared/clients/finding.ts'
import type { DoctorSystem } from './doctor-system.ts'

const MEANS = {
  deny: 'Nothing is posted, whatever a client asks for.',
  ask: 'You are asked about every post.',
  allow: 'Clients that you set to allow post without asking.',
}

/** Whether the settings can be read, and what they say of writes. */
export function checkPolicy({ settings }: DoctorSystem): Finding[] {
  const base = { id: 'policy', title: 'Policy' }
  const read = settings.read()
  if (read.kind === 'broken')
    return [{ ...base, state: 'fail', said: read.why, todo: 'Mend the file, or move it away.' }]
  const { ceiling, overrides } = read.settings
  const more = overrides.length === 0 ? '' : ` Set for ${overrides.length} of them otherwise (kosmo policy).`
  return [{ ...base, state: 'ok', said: `${ceiling} at most: ${MEANS[ceiling]}${more}` }]
}
