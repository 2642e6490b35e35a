/** Which part of an update failed. */
export type UpdateStep = 'look' | 'download' | 'install'

/** What is known of a failure: the library's code or Chromium's words, and the status of an answer. */
export type UpdateFault = { code: string; message: string; status: number | undefined }

const BEGINNINGS: Record<UpdateStep, string> = {
  look: 'It was not found out whether there is a newer version',
  download: 'The new version was not downloaded',
  install: 'The new version was not installed',
}

/** A failure in a sentence: what failed, why, what to do. Nothing of the fault's own words is in it. */
export function updateFailure(step: UpdateStep, fault: UpdateFault): string {
  return `${BEGINNINGS[step]}: ${reason(fault)}`
}

const OFFLINE =
  /ERR_INTERNET_DISCONNECTED|ERR_NAME_NOT_RESOLVED|ERR_ADDRESS_UNREACHABLE|ERR_NETWORK|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH/
const REFUSED = /ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_TIMED_OUT|ECONN|ETIMEDOUT|EPIPE|timed out|aborted/
const UNTRUSTED = /ERR_CERT|ERR_SSL|CERT_|SELF_SIGNED/

function reason({ code, message, status }: UpdateFault): string {
  const said = `${code} ${message}`
  if (code === 'ERR_CHECKSUM_MISMATCH') {
    return 'what came is not what was released (its SHA-512 differs), so it was thrown away. Try again; if it stays, somebody is in between.'
  }
  if (code === 'ERR_UPDATER_INVALID_SIGNATURE')
    return 'it is not signed by us, so it was thrown away. Do not install it by hand either.'
  if (/ENOSPC|EDQUOT/.test(said)) return 'the disk is full. Make room and try again.'
  if (/EACCES|EPERM|EROFS/.test(said)) return 'its place on this computer cannot be written to.'
  if (OFFLINE.test(said)) return 'this computer is offline. Try again once it is not.'
  if (UNTRUSTED.test(said)) return 'the server’s certificate is not trusted here.'
  if (status === 403 || status === 429)
    return 'the server has had enough questions from here. Try again in an hour.'
  if (code === 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND' || status === 404)
    return 'there is no release for this system.'
  if (status !== undefined && status >= 500)
    return `the server has a fault (HTTP ${status}). Try again later.`
  if (REFUSED.test(said)) return 'the server could not be reached. Try again later.'
  return 'the answer could not be understood. Try again later, or download it from the project’s page.'
}
