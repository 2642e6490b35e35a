import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { chromium } from 'playwright-core'
import { ico } from './ico.mjs'

/*
 * Draws every icon of the app from its source: `npm run icons`, with CHROMIUM naming a Chromium that is not at its
 * usual place. macOS colours templates itself, so they are black; others need one for light and one for dark panels.
 * Windows takes the size that fits its screen out of one file.
 */

const here = import.meta.dirname
const sources = join(here, 'sources')
const packaging = join(here, '../../packaging/icons')
mkdirSync(packaging, { recursive: true })

const LOOKS = [
  { suffix: 'Template', ink: '#000', mark: '#000', hole: '#fff', size: 16 },
  {
    suffix: '-light',
    ink: '#27272a',
    mark: { waiting: '#d97706', trouble: '#b91c1c' },
    hole: '#fff',
    size: 24,
  },
  {
    suffix: '-dark',
    ink: '#f4f4f5',
    mark: { waiting: '#fbbf24', trouble: '#f87171' },
    hole: '#18181b',
    size: 24,
  },
]
const APP_SIZES = [16, 32, 48, 64, 128, 256, 512, 1024]
const TRAY_SIZES_OF_WINDOWS = [16, 20, 24, 32, 48]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const page = await browser.newPage()

/** @param path undefined: nowhere but into what comes back */
async function draw(svg, size, style, path) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px;${style}}</style>${svg}`,
  )
  return page.screenshot({ path, omitBackground: true })
}

async function drawIco(svg, style, path) {
  const pictures = []
  for (const size of TRAY_SIZES_OF_WINDOWS) pictures.push({ size, png: await draw(svg, size, style) })
  writeFileSync(path, ico(pictures))
}

for (const file of readdirSync(sources)) {
  const svg = readFileSync(join(sources, file), 'utf8')
  const name = basename(file, '.svg')
  if (name === 'app') {
    for (const size of APP_SIZES) await draw(svg, size, '', join(packaging, `${size}x${size}.png`))
    continue
  }
  for (const { suffix, ink, mark, hole, size } of LOOKS) {
    const colour = typeof mark === 'string' ? mark : (mark[name.replace('tray-', '')] ?? ink)
    const style = `color:${ink};--mark:${colour};--hole:${hole}`
    await draw(svg, size, style, join(here, `${name}${suffix}.png`))
    await draw(svg, size * 2, style, join(here, `${name}${suffix}@2x.png`))
    if (suffix !== 'Template') await drawIco(svg, style, join(here, `${name}${suffix}.ico`))
  }
}
await browser.close()
