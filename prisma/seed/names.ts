/** Invented people and plausible places for the demonstration data. No name here belongs to a known teacher. */
export const womenNames = ['Siti', 'Dewi', 'Rina', 'Sri', 'Nur', 'Wayan', 'Ratna', 'Eka', 'Yuliana', 'Fitri', 'Lestari', 'Maria', 'Rosmala', 'Indah', 'Ketut', 'Susi', 'Hesti', 'Melda', 'Nyimas', 'Tri', 'Umi', 'Winda', 'Asih', 'Dian', 'Endang', 'Laila', 'Mega', 'Novita', 'Puji', 'Tuti']
export const menNames = ['Ahmad', 'Budi', 'Agus', 'Made', 'Hendra', 'Joko', 'Rizal', 'Eko', 'Yusuf', 'Fajar', 'Slamet', 'Nyoman', 'Rahmat', 'Irwan', 'Komang', 'Sugeng', 'Heru', 'Zainal', 'Raden', 'Tono', 'Umar', 'Wahyu', 'Anton', 'Dedi', 'Edi', 'Lukman', 'Mukhlis', 'Nanang', 'Purnomo', 'Taufik']
export const middleNames = ['', '', 'Kurnia', 'Puspita', 'Wulan', 'Hadi', 'Adi', 'Nur', 'Setia', 'Cahya', 'Bagus', 'Intan', 'Surya', 'Ayu', 'Dwi', 'Mulya']
export const lastNames = ['Saputra', 'Lestari', 'Wijaya', 'Handayani', 'Santoso', 'Rahayu', 'Pratama', 'Anggraini', 'Hidayat', 'Kusuma', 'Sitorus', 'Nasution', 'Sembiring', 'Gunawan', 'Permata', 'Yulianti', 'Suryani', 'Wibowo', 'Utami', 'Siregar', 'Putra', 'Maharani', 'Nugroho', 'Safitri', 'Harahap', 'Oktaviani', 'Firmansyah', 'Astuti', 'Ramadhan', 'Purnama', 'Tanjung', 'Fauzi', 'Marlina', 'Basuki', 'Widodo', 'Ismail']
export const titles = ['S.Pd.', 'S.Pd.', 'S.Pd.', 'S.Pd., Gr.', 'S.Pd., M.Pd.', 'M.Pd.', 'S.Si.', 'S.Kom.']

/** Kecamatan names by Kemendagri code, used in the names of invented schools. */
export const districts: Record<string, string[]> = {
  '18.01': ['Kalianda', 'Natar', 'Sidomulyo', 'Candipuro', 'Palas', 'Penengahan', 'Ketapang', 'Jati Agung', 'Merbau Mataram', 'Tanjung Bintang'],
  '18.02': ['Terbanggi Besar', 'Gunung Sugih', 'Kota Gajah', 'Punggur', 'Seputih Raman', 'Kalirejo', 'Bangunrejo', 'Padang Ratu', 'Trimurjo', 'Rumbia', 'Seputih Banyak', 'Way Pengubuan'],
  '18.03': ['Kotabumi', 'Abung Selatan', 'Abung Timur', 'Bukit Kemuning', 'Tanjung Raja', 'Sungkai Utara', 'Sungkai Selatan', 'Muara Sungkai', 'Abung Semuli'],
  '18.04': ['Liwa', 'Way Tenong', 'Sumber Jaya', 'Belalau', 'Sekincau', 'Suoh', 'Batu Brak', 'Sukau'],
  '18.05': ['Menggala', 'Banjar Agung', 'Banjar Margo', 'Gedung Aji', 'Rawajitu Selatan', 'Penawartama', 'Dente Teladas'],
  '18.06': ['Kota Agung', 'Talang Padang', 'Wonosobo', 'Gisting', 'Pulau Panggung', 'Sumberejo', 'Cukuh Balak', 'Semaka'],
  '18.07': ['Sukadana', 'Way Jepara', 'Pekalongan', 'Batanghari', 'Sekampung', 'Labuhan Maringgai', 'Purbolinggo', 'Raman Utara', 'Jabung', 'Bandar Sribhawono'],
  '18.08': ['Blambangan Umpu', 'Baradatu', 'Banjit', 'Kasui', 'Buay Bahuga', 'Pakuan Ratu', 'Negeri Agung', 'Gunung Labuhan'],
  '18.09': ['Gedong Tataan', 'Negeri Katon', 'Tegineneng', 'Way Lima', 'Padang Cermin', 'Kedondong', 'Punduh Pidada'],
  '18.10': ['Pringsewu', 'Gading Rejo', 'Sukoharjo', 'Pagelaran', 'Ambarawa', 'Adiluwih', 'Banyumas'],
  '18.11': ['Tanjung Raya', 'Simpang Pematang', 'Way Serdang', 'Rawajitu Utara', 'Panca Jaya'],
  '18.12': ['Tulang Bawang Tengah', 'Tumijajar', 'Gunung Terang', 'Lambu Kibang', 'Way Kenanga'],
  '18.13': ['Pesisir Tengah', 'Krui Selatan', 'Bengkunat', 'Lemong', 'Pesisir Selatan'],
  '18.71': ['Bandar Lampung'],
  '18.72': ['Metro'],
}
