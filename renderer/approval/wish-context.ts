import { createContext } from 'react'
import type { Wish } from './desk/desk-wishes.ts'

/** Takes what the person does, from anywhere in the page. */
export const WishContext = createContext<(wish: Wish) => void>(() => undefined)
