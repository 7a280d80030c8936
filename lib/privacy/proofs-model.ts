import type { Held } from './processing-model'

const titles: Record<string, string> = {
  identity: 'Tautan belajar.id',
  identity_invitation: 'Undangan menautkan belajar.id',
  passkey: 'Kunci sandi',
  totp: 'Aplikasi kode',
  recovery_code: 'Kode pemulihan',
  reset_link: 'Tautan atur ulang kata sandi',
  confirmation: 'Pembuktian diri yang terakhir di setiap sesi',
  passkey_challenge: 'Pertanyaan kepada kunci sandi',
}

/** What an account proves itself with: one rule for all of it, it goes with the account. */
export const heldOfProofs: Held[] = Object.entries(titles).map(([table, title]) => ({
  table,
  title,
  activity: 'account',
  columns: ['user_id'],
  keep: 'purpose',
  erased: 'deleted',
  erasure: 'Dihapus bersama akun.',
}))
