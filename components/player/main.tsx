import { createRoot } from 'react-dom/client'
import { App } from './app'
import { drawer } from './drawing'

/** The participant's page: one small program that opens without the server. */
createRoot(document.getElementById('peserta')!).render(<App />)
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js', { scope: '/tes' }).catch(() => undefined)
addEventListener('load', () => void drawer().catch(() => undefined))
