import { existsSync } from 'node:fs'
import type { Finding } from '../../../shared/clients/finding.ts'
import type { DoctorSystem } from './doctor-system.ts'

const PROXIES = [
  'MATTERMOST_PROXY',
  'HTTPS_PROXY',
  'https_proxy',
  'ALL_PROXY',
  'all_proxy',
  'HTTP_PROXY',
  'http_proxy',
]
const FILES = [
  'MATTERMOST_CA_FILE',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'MATTERMOST_CLIENT_CERT',
  'MATTERMOST_CLIENT_KEY',
]

/** Which proxies and authorities the environment names, and whether their files are there. Never a password. */
export function checkNetwork({ environment: { variables } }: DoctorSystem): Finding[] {
  const base = { id: 'network', title: 'Network' }
  const set = (name: string) => (variables[name]?.trim() ?? '') !== ''
  const missing = FILES.find(name => set(name) && !existsSync(variables[name]?.trim() ?? ''))
  if (missing !== undefined) {
    const said = `${missing} names a file that is not there.`
    return [{ ...base, state: 'fail', said, todo: `Correct ${missing}, or take it out.` }]
  }
  const proxies = PROXIES.filter(set).map(name => `${name} (${hostOf(variables[name] ?? '')})`)
  const files = FILES.filter(set)
  const said = [
    proxies.length === 0 ? 'No proxy is set.' : `Proxies: ${proxies.join(', ')}.`,
    files.length === 0
      ? "The system's authorities are trusted."
      : `Besides the system's authorities: ${files.join(', ')}.`,
  ]
  return [{ ...base, state: 'ok', said: said.join(' ') }]
}

function hostOf(value: string): string {
  const text = value.includes('://') ? value : `http://${value}`
  return URL.canParse(text) ? new URL(text).host : 'not an address'
}
