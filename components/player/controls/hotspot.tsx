import { codes, toggle } from '../change'
import { FreePointing, Pointing } from '../pointing'
import { onePart, type Control } from './control'

export const hotspot: Control<'hotspot'> = {
  Choices: ({ content, value, media, disabled, onChange }) => {
    const picture = { content, src: media[content.media] ?? `/api/media/${content.media}`, disabled }
    return content.free ? (
      <FreePointing {...picture} points={codes(value)} onChange={onChange} />
    ) : (
      <Pointing {...picture} chosen={codes(value)} onToggle={(spot) => onChange(toggle(spot, content.most))} />
    )
  },
  slots: null,
  parts: onePart,
}
