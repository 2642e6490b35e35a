import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from 'node:crypto'
import { app } from '../app/app.ts'
import { strict } from '../strict.ts'

/** Chromium's mark of a text that is locked with a key which everybody knows, for want of a keychain. */
const PREFIX = 'v10'
const KEY = pbkdf2Sync('peanuts', 'saltysalt', 1, 16, 'sha1')

/** What Electron does where there is no keychain: a text that looks encrypted and is not protected. */
export const safeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: async () => app.isReady(),
  encryptStringAsync: async plainText => {
    requireReady()
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-128-gcm', KEY, iv)
    const text = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()])
    return Buffer.concat([Buffer.from(PREFIX), iv, cipher.getAuthTag(), text])
  },
  decryptStringAsync: async encrypted => {
    requireReady()
    if (encrypted.subarray(0, 3).toString() !== PREFIX)
      throw new Error('Error while decrypting the ciphertext.')
    const decipher = createDecipheriv('aes-128-gcm', KEY, encrypted.subarray(3, 15))
    decipher.setAuthTag(encrypted.subarray(15, 31))
    const result = Buffer.concat([decipher.update(encrypted.subarray(31)), decipher.final()]).toString('utf8')
    return { result, shouldReEncrypt: false }
  },
} satisfies Partial<Electron.SafeStorage>)

function requireReady(): void {
  if (!app.isReady()) throw new Error('safeStorage cannot be used before app is ready')
}
