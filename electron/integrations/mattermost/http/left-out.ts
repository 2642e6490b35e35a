import { BlockList, isIP } from 'node:net'

/**
 * Whether a list like `NO_PROXY` leaves a server out: by its name, by that of a domain above it (with or without a dot or
 * `*.` before it), by address or subnet, each with or without a port; `*` leaves out everything.
 */
export function isLeftOut(list: string, { hostname, port }: URL): boolean {
  const host = bare(hostname)
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some(entry => entry === '*' || (entry.includes('/') ? inSubnet(entry, host) : named(entry, host, port)))
}

function named(entry: string, host: string, port: string): boolean {
  const [, name = '', only] = isIP(entry) === 6 ? [entry, entry] : (/^(.*?)(?::(\d+))?$/.exec(entry) ?? [])
  // The port of https is not in the URL.
  if (only !== undefined && only !== (port === '' ? '443' : port)) return false
  const wanted = canonical(name.replace(/^\*?\.?/, ''))
  if (wanted === '') return false
  return host === wanted || host.endsWith(`.${wanted}`)
}

function inSubnet(entry: string, host: string): boolean {
  const [network = '', bits = ''] = entry.split('/')
  const family = isIP(bare(network))
  if (family === 0 || family !== isIP(host) || !/^\d{1,3}$/.test(bits)) return false
  const type = family === 6 ? 'ipv6' : 'ipv4'
  const list = new BlockList()
  try {
    list.addSubnet(bare(network), Number(bits), type)
  } catch {
    return false
  }
  return list.check(host, type)
}

/** As it stands in a URL: names of other alphabets and addresses have more than one spelling. */
function canonical(name: string): string {
  const address = bare(name)
  const url = `https://${isIP(address) === 6 ? `[${address}]` : address}`
  return URL.canParse(url) ? bare(new URL(url).hostname) : ''
}

function bare(host: string): string {
  return host.replace(/^\[|\]$|\.$/g, '')
}
