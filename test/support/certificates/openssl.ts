import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A key and its certificate as PEM texts, and the files that hold them. */
export type Certificate = { key: string; cert: string; keyFile: string; certFile: string }

export type CertificateOptions = {
  name: string
  /** Who signs it; itself by default. */
  issuer?: Certificate
  /** e.g. `IP:127.0.0.1,DNS:chat.example`. */
  hosts?: string
  /** May sign others. */
  authority?: boolean
  /** `YYYYMMDDHHMMSSZ`; default from yesterday for a month. */
  from?: string
  until?: string
}

/** Whether there is an `openssl` to make certificates with: Node can read them, but not make them. */
export function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Makes real certificates in a folder of its own, with the `openssl` of the system. */
export class CertificateMaker {
  readonly folder = mkdtempSync(join(tmpdir(), 'kosmo-certificates-'))
  #count = 0

  make(options: CertificateOptions): Certificate {
    const nth = this.#count++
    const file = (end: string): string => join(this.folder, `${nth}-${options.name}.${end}`)
    const [keyFile, certFile, request, config] = [file('key'), file('pem'), file('csr'), file('cnf')]
    this.#run('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', keyFile)
    this.#run('req', '-new', '-key', keyFile, '-subj', `/CN=${options.name}`, '-out', request)
    writeFileSync(file('db'), '')
    writeFileSync(file('db.serial'), `${1000 + nth}\n`)
    writeFileSync(config, configuration(file('db'), this.folder, options))
    const signer = options.issuer ?? { keyFile, certFile: undefined }
    const by = signer.certFile === undefined ? ['-selfsign'] : ['-cert', signer.certFile]
    const from = options.from ?? stamp(-1)
    const until = options.until ?? stamp(30)
    const dates = ['-startdate', from, '-enddate', until]
    this.#run(
      ...['ca', '-batch', '-notext', '-config', config, ...by, '-keyfile', signer.keyFile],
      ...['-in', request, '-out', certFile, ...dates],
    )
    const read = (path: string): string => readFileSync(path, 'utf8')
    return { key: read(keyFile), cert: read(certFile), keyFile, certFile }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  #run(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] })
  }
}

function configuration(database: string, folder: string, { hosts, authority }: CertificateOptions): string {
  const extensions = [
    `basicConstraints = critical,CA:${authority === true ? 'true' : 'false'}`,
    ...(authority === true ? ['keyUsage = keyCertSign,cRLSign'] : []),
    ...(hosts === undefined ? [] : [`subjectAltName = ${hosts}`]),
  ]
  return [
    '[ca]',
    'default_ca = here',
    '[here]',
    `database = ${database}`,
    `serial = ${database}.serial`,
    `new_certs_dir = ${folder}`,
    'default_md = sha256',
    'policy = any',
    'x509_extensions = extensions',
    'unique_subject = no',
    '[any]',
    'commonName = supplied',
    '[extensions]',
    ...extensions,
    '',
  ].join('\n')
}

function stamp(days: number): string {
  return `${new Date(Date.now() + days * 86_400_000).toISOString().replace(/\D/g, '').slice(0, 14)}Z`
}
