import { ActionForm } from '@/components/ui/action-form'
import { Button, buttonClass } from '@/components/ui/form'
import { dropPhoto } from '@/lib/tutoring/actions'

/** Photos of a meeting by link: nothing is opened, and nothing noted, before somebody asks for it. */
export function PhotoLinks({ photos, topic }: { photos: readonly string[]; topic: string }) {
  return photos.map((id, i) => (
    <a key={id} href={`/api/support/foto/${id}`} target="_blank" rel="noreferrer" className={buttonClass('quiet')}>
      Lihat foto {i + 1}
      <span className="sr-only">: {topic} (tab baru)</span>
    </a>
  ))
}

/** The same for the two who met, each of whom may remove one: both may be in it. */
export function MeetingPhotos({ photos, topic }: { photos: readonly string[]; topic: string }) {
  return (
    <div className="my-2 flex flex-wrap items-start gap-2">
      <PhotoLinks photos={photos} topic={topic} />
      {photos.map((id, i) => (
        <ActionForm
          key={id}
          action={dropPhoto}
          label={`Hapus foto ${i + 1}: ${topic}`}
          ask={{
            question: 'Foto dihapus bagi Anda berdua dan bagi BGTK, dan tidak dapat dikembalikan. Catatannya tetap.',
            yes: 'Ya, hapus foto',
          }}
        >
          <input type="hidden" name="photo" value={id} />
          <Button look="quiet">
            Hapus foto {i + 1}
            <span className="sr-only">: {topic}</span>
          </Button>
        </ActionForm>
      ))}
    </div>
  )
}
