/** The mark and the name. */
export function Brand() {
  return (
    <span className="inline-flex items-center gap-2 font-bold tracking-tight text-leaf">
      <svg viewBox="0 0 24 24" className="size-7" aria-hidden="true">
        <path d="M12 1 21.5 6.5v11L12 23 2.5 17.5v-11Z" fill="#0F5132" />
        <path d="M12 6 16.5 13.5h-9Z" fill="#C9982B" />
        <path d="M6 17h12" stroke="#FBF8F1" strokeWidth="1.8" strokeLinecap="round" />
      </svg>
      Petaguru
    </span>
  )
}
