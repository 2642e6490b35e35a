import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { until } from '../broker/until.ts'
import type { Desktop } from './desktop-session.ts'

/** The frame of a bubble, where nothing is written. */
const FRAME = 10
/** What is darker than this is ink. */
const INK = 110
/** Letters of one word are nearer to each other than this, buttons are not. */
const GAP = 14

type Picture = { width: number; height: number; isInk(x: number, y: number): boolean }

/**
 * Presses a button of a notification that the real daemon shows, with a real mouse. The daemon says nothing of where its
 * buttons are, so they are looked for in the picture: the last line of the newest bubble, from left to right.
 *
 * @param buttons how many it has
 */
export async function pressInBubble(desktop: Desktop, at: number, buttons: number): Promise<void> {
  const { x, y } = await until(`a bubble with ${buttons} buttons`, async () => {
    const bubble = await newestBubble(desktop)
    if (bubble === undefined) return undefined
    const picture = await lookAt(desktop, bubble.window)
    const words = picture === undefined ? [] : lastLine(picture)
    const word = words[at]
    if (words.length !== buttons || word === undefined) return undefined
    return { x: bubble.x + word.x, y: bubble.y + word.y }
  })
  await desktop.xdotool('mousemove', x, y, 'click', 1)
}

/** Whether the real daemon shows a notification. */
export async function hasBubble(desktop: Desktop): Promise<boolean> {
  return (await newestBubble(desktop)) !== undefined
}

async function newestBubble(desktop: Desktop): Promise<{ window: string; x: number; y: number } | undefined> {
  const search = ['search', '--onlyvisible', '--class', 'notification-daemon']
  const found = (await desktop.xdotool(...search).catch(() => '')).split('\n')
  const bubbles = await Promise.all(
    found.map(async window => {
      const said = await desktop.xdotool('getwindowgeometry', '--shell', window).catch(() => '')
      const value = (name: string) => Number(new RegExp(`^${name}=(-?\\d+)`, 'm').exec(said)?.[1] ?? 0)
      return { window, x: value('X'), y: value('Y'), width: value('WIDTH') }
    }),
  )
  // Its icon in the tray is a window too.
  return bubbles
    .filter(({ width }) => width > 200)
    .sort((one, other) => Number(one.window) - Number(other.window))
    .at(-1)
}

async function lookAt(desktop: Desktop, window: string): Promise<Picture | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'kosmo-bubble-'))
  const file = join(folder, 'bubble.png')
  try {
    await desktop.screenshot(file, window)
    const { width, height, channels, data, depth } = decode(readFileSync(file))
    const scale = depth === 16 ? 257 : 1
    const isInk = (x: number, y: number) => {
      const from = (y * width + x) * channels
      return Math.max(...data.subarray(from, from + Math.min(3, channels))) / scale < INK
    }
    return { width, height, isInk }
  } catch {
    // Gone while it was looked at.
    return undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function lastLine({ width, height, isInk }: Picture): { x: number; y: number }[] {
  const columns = range(FRAME, width - FRAME)
  const rows = range(FRAME, height - FRAME).filter(y => columns.some(x => isInk(x, y)))
  const line = runs(rows, 2).at(-1)
  if (line === undefined) return []
  const inked = columns.filter(x => line.some(y => isInk(x, y)))
  const y = middle(line)
  return runs(inked, GAP).map(word => ({ x: middle(word), y }))
}

/** Numbers that are no further from each other than that, together. */
function runs(numbers: readonly number[], gap: number): number[][] {
  const found: number[][] = []
  for (const each of numbers) {
    const last = found.at(-1)
    if (last === undefined || each - (last.at(-1) ?? each) > gap) found.push([each])
    else last.push(each)
  }
  return found
}

function middle(numbers: readonly number[]): number {
  return Math.round(((numbers[0] ?? 0) + (numbers.at(-1) ?? 0)) / 2)
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at)
}
