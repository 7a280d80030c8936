'use client'

import { useRef, useState } from 'react'
import { buttonClass } from '@/components/ui/form'

const keyOf = (scope: string, media: string) => `petaguru.sound.${scope}.${media.slice(0, 16)}`

function heard(key: string): number {
  try {
    return Number(localStorage.getItem(key) ?? 0) || 0
  } catch {
    return 0
  }
}

type Props = { src: string; media: string; alt: string; plays: number; scope: string }

/**
 * Sound for listening. Without a limit it is the browser's own player; with one, each press plays it from the beginning to the end and
 * counts on this device. `scope` is the attempt that the count belongs to.
 */
export function Sound({ src, media, alt, plays, scope }: Props) {
  const key = keyOf(scope, media)
  const [count, setCount] = useState(() => heard(key))
  const [sounding, setSounding] = useState(false)
  const audio = useRef<HTMLAudioElement>(null)
  if (!plays)
    return (
      <figure className="my-2">
        <audio controls preload="none" src={src} className="w-full max-w-md" aria-label={alt} />
        <figcaption className="text-sm text-soft">{alt}</figcaption>
      </figure>
    )
  const left = Math.max(0, plays - count)
  const play = async () => {
    try {
      await audio.current?.play()
    } catch {
      return
    }
    const next = count + 1
    setCount(next)
    setSounding(true)
    try {
      localStorage.setItem(key, String(next))
    } catch {
      /* the count then lasts as long as this page */
    }
  }
  return (
    <figure className="my-2">
      <audio ref={audio} preload="auto" src={src} onEnded={() => setSounding(false)} aria-label={alt} />
      <button type="button" className={buttonClass('quiet')} disabled={sounding || left === 0} onClick={() => void play()}>
        {sounding ? 'Sedang diputar …' : left ? 'Putar suara' : 'Sudah diputar semua'}
      </button>
      <figcaption className="mt-1 text-sm text-soft" role="status">
        {alt} · sisa {left} dari {plays} kali putar
      </figcaption>
    </figure>
  )
}
