/**
 * Words that passwords are most often made of, here and elsewhere: what people try first, and so what attackers try first. Written
 * for this project. A password is judged by what is left when endings, digits and look-alikes are taken away, so that one word
 * stands for its hundreds of usual variants. Lower case, letters only.
 */
const ENGLISH = `
password passwort passwd pass passphrase passcode secret topsecret letmein letmeinnow welcome welcomeback login logon signin signup
admin administrator adminadmin root superuser superadmin sysadmin user username guest test tester testing demo sample example
default changeme changeit change temp temporary system server access master manager office company business internet computer
laptop desktop windows microsoft apple google android samsung nokia xiaomi oppo vivo iphone ipad facebook instagram twitter
youtube whatsapp telegram tiktok yahoo gmail hotmail linkedin netflix spotify amazon github database oracle mysql postgres cisco
qwerty qwertyuiop qwertz azerty asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qweasd qweasdzxc asdzxc abc abcd abcde abcdef abcdefg abcdefgh
iloveyou iloveu loveyou lovely love lover loveme lovers mylove myloveyou forever together always sweet sweetheart sweetie honey darling
baby babygirl babyboy angel angels princess prince queen king kingdom royal flower flowers rose roses lily daisy jasmine
monkey dragon tiger lion eagle falcon hawk wolf bear panther shark dolphin horse rabbit kitten kitty puppy doggy dog cat bird fish
buster charlie maggie bailey shadow ginger pepper cookie cookies chocolate cheese banana orange apple cherry peaches lemon mango
sunshine moonlight starlight sunset sunrise rainbow summer winter spring autumn morning night nights midnight daylight heaven
football baseball basketball soccer hockey tennis golfer golf swimming racing runner hunter fisher killer soldier ranger warrior
superman batman spiderman ironman captain pokemon pikachu naruto sasuke onepiece doraemon starwars matrix avatar hello hellokitty
hello hellothere helloworld world people person friend friends friendship bestfriend family mother father mommy daddy mom dad sister
brother son daughter grandma grandpa michael michelle jordan jessica jennifer daniel david andrew anthony ashley amanda nicole
thomas robert richard joseph matthew joshua george william jonathan justin brandon christian christopher alexander alexandra
samantha elizabeth victoria stephanie patricia sandra barbara maria anna laura sarah rachel rebecca hannah emily olivia sophia
martin patrick peter steven kevin brian jason eric mark paul john james jack harry oliver thunder lightning storm freedom liberty
peace hope faith grace believe blessed blessing jesus christ jesuschrist savior god godisgood holy spirit church bible prayer
trust trustno trustnoone nothing something anything everything whatever forget remember nopassword mypassword yourpassword
newpassword oldpassword thepassword password password pw pwd key keys lock unlock open opensesame sesame magic wizard merlin ninja
hacker hack hacked gamer gaming game games player players minecraft roblox fortnite mobilelegend mobilelegends pubg freefire dota
counterstrike playstation xbox nintendo mario zelda sonic silver golden gold diamond platinum crystal purple yellow black white blue
green red pink brown colour color music guitar piano singer dance dancing rock metallica nirvana eminem coldplay beatles linkinpark
chelsea liverpool arsenal manchester manutd barcelona realmadrid juventus milan internazionale ronaldo messi rooney beckham yankees
cowboys steelers lakers chicago boston london paris newyork texas america canada mexico brasil england france germany spain
japan tokyo korea seoul china india australia indonesia malaysia singapore thailand summertime winner success successful happy
happiness smile smiling laugh lucky luckyday money dollar million millionaire rich business boss student teacher school college
university class classroom science history english maths math physics chemistry biology doctor nurse hospital police fire water
earth wind nature mountain river ocean beach island garden tree forest house home kitchen window table chair phone mobile number
january february march april may june july august september october november december monday tuesday wednesday thursday friday
saturday sunday weekend today tomorrow yesterday year month week birthday christmas newyear holiday vacation travel airplane
trouble danger crazy stupid fuckyou fuckoff bitch asshole sexy hottie hot cool coolguy nice good goodluck great best first one two three
four five six seven eight nine ten hundred thousand zero blink snoopy garfield mickey minnie donald disney scooby bubbles
peanut butter pumpkin muffin cupcake candy sugar sugarbaby toffee coffee tea beer whiskey vodka pizza burger chicken rice noodles
`
const INDONESIAN = `
katasandi sandi rahasia rahasiaku sandirahasia katakunci kunci masuk selamat selamatdatang selamatpagi halo hai apakabar coba cobacoba
percobaan contoh uji ujian ujicoba tes pengguna pemakai tamu kantor dinas pegawai operator petugas pengelola pengawas admin adminku
bismillah bismilah alhamdulillah alhamdulilah subhanallah allahuakbar allahu akbar allah astaghfirullah assalamualaikum salam
insyaallah masyaallah lailahaillallah muhammad rasulullah nabi islam muslim muslimah hijrah istiqomah barokah berkah amin quran
alquran masjid musholla ramadhan ramadan idulfitri lebaran sholat shalat subuh puasa haji umroh mekkah madinah jannah surga
yesus yesuskristus tuhan tuhanyesus gereja haleluya puji syukur natal paskah om santi swastiastu buddha merdeka pancasila garuda
indonesia indonesiaraya nusantara bhinneka merahputih proklamasi soekarno sukarno suharto soeharto jokowi prabowo kartini
diponegoro hasanuddin gajahmada majapahit sriwijaya jakarta bandung surabaya medan palembang semarang yogyakarta jogja solo
malang bogor depok bekasi tangerang serang banten jabar jateng jatim bali denpasar makassar manado padang pekanbaru jambi bengkulu
lampung bandarlampung metro pringsewu tulangbawang waykanan waykambas pesawaran tanggamus pesisirbarat lampungtengah lampungtimur
lampungselatan lampungutara lampungbarat mesuji kotabumi kalianda liwa krui sukadana gunungsugih panaragan gedongtataan menggala
rajabasa telukbetung tanjungkarang sukarame kedaton unila siger gajah krakatau sai bumi ruwa jurai bumiruwajurai
aceh papua kalimantan sulawesi sumatera sumatra jawa maluku ambon lombok flores timor borneo pontianak samarinda balikpapan
sayang sayangku sayangkamu sayangmama sayangibu sayangsayang akusayangkamu cinta cintaku cintakamu akucintakamu akucinta
akucintapadamu kasih kasihku kekasih rindu kangen pacar pacarku mantan suami istri suamiku istriku mama mamaku papa papaku ibu ibuku
bapak bapakku ayah ayahku bunda bundaku ayahbunda mamapapa papamama ibubapak anak anakku anakanak adik adikku kakak kakakku
nenek kakek keluarga keluargaku keluargabahagia bahagia bahagiaselalu semangat sukses suksesselalu sukseskan sehat sehatselalu
semoga semogaberhasil berhasil berkat jaya jayaselalu maju majuterus pantangmenyerah bisa pastibisa akubisa kamubisa kitabisa
mantap mantul keren gantengku ganteng cantik cantikku manis imut lucu jelek gendut kurus botak tampan jelita indah indahnya permata
mutiara intan berlian emas perak bintang bintangku bulan bulanbintang matahari mentari pelangi langit awan hujan angin badai petir
samudra lautan laut pantai gunung sungai danau hutan pohon bunga bungaku melati mawar anggrek kamboja kenanga dahlia teratai edelweis
kucing kucingku anjing kelinci hamster ayam bebek burung kambing sapi kerbau kuda kudaku harimau macan singa gajah naga ular buaya
kancil kupukupu lebah semut ikan lele nila gurame udang cumi durian mangga jeruk apel anggur pisang nanas semangka pepaya salak manggis
rambutan duku jambu nasi nasigoreng rendang bakso baksoo soto sate gado tempe tahu sambal kerupuk kopi kopihitam tehmanis tehbotol
susu gula garam roti donat cokelat coklat permen eskrim jajan pempek seruit tempoyak indomie supermi
guru guruku gurubesar gurusd gurusmp gurusma gurusmk guruhebat gurupenggerak pakguru buguru ibuguru bapakguru kepalasekolah kepsek
wakasek siswa siswaku murid muridku pelajar mahasiswa sekolah sekolahku sekolahdasar madrasah pesantren kampus kuliah belajar
merdekabelajar pendidikan mengajar mendidik pengajar tutwuri tutwurihandayani kurikulum kelas kelasku pelajaran tugas nilai rapor
ijazah beasiswa lulus wisuda sarjana ujiannasional asesmen kompetensi pedagogik kepribadian sosial profesional literasi numerasi
matematika fisika kimia biologi sejarah geografi ekonomi sosiologi bahasa bahasaindonesia bahasainggris olahraga penjas seni
agama pramuka pmr osis upacara perpustakaan laboratorium dapodik simpkb simpatika sertifikasi pppk asn pns honorer bgtk bpmp lpmp
disdikbud kemdikbud kemendikbud kemendikdasmen kemenag belajarid petaguru pemetaan peta
senin selasa rabu kamis jumat sabtu minggu januari februari maret april mei juni juli agustus september oktober november desember
satu dua tiga empat lima enam tujuh delapan sembilan sepuluh seratus seribu sejuta nol merah putih kuning hijau biru ungu hitam
cokelat jingga abuabu pagi siang sore malam malamminggu hari tahun tanggal lahir tanggallahir ulangtahun hariini besok kemarin
budi budiman agus bambang slamet joko suparman sutrisno supriyadi suryadi hartono wahyu wahyudi eko dwi tri catur panca rizky
rizki riski fajar bayu dimas aditya adit yoga yogi andi ahmad achmad abdul abdullah muhamad mohamad ali umar hasan husein hussein
ibrahim ismail yusuf iqbal ilham irfan rahman rahmat hidayat ridwan rudi rudy hendra hendri iwan wawan dedi dedy deni denny doni
siti nur nurul aisyah aisah fatimah khadijah maryam zahra zahira nabila nadia nanda putri putriku putra putraku dewi devi dian diana
ayu ayuning rina rini ratna ratih sri wati yanti yuli yulia yuliana lestari indah kartika mega megawati intan melati wulan bulan
sari permatasari anggraini anggi angga maya nia nina nisa anisa annisa lia lina linda lisa rani rara tika tiara tari wahyuni
nadiem rina susi susanti susilo suci fitri fitriani fitria hana salma salsa salsabila keysha kayla aqila azzahra alfarizi rafael
raffi rafi fauzan faiz farhan raihan rayhan zaki zidan bagas bagus galih gilang satria surya teguh yanto yono
persib persija persebaya arema psms timnas bulutangkis sepakbola bola bolavoli voli basket badminton futsal silat renang sepeda
motor mobil honda yamaha suzuki kawasaki toyota avanza vespa ninja supra beat vario jupiter truk kereta pesawat kapal
dangdut slank peterpan noah dewa sheila sheilaon ungu wali iwanfals rhomairama agnezmo raisa tulus isyana korea drakor oppa bts
blackpink exo jungkook lalisa kpop sultan raja ratu pangeran putri pendekar jagoan preman bos bosku juragan sobat teman temanku
sahabat sahabatku kawan kawanku saudara tetangga cukup sudah belum tidak tidakada tidaktahu lupa lupasandi lupakatasandi ganti gantisandi
gakadaa gaktau bodoh gila gilaa anjay anjir bangsat bajingan kampret asu jancok goblok tolol setan hantu kuntilanak pocong
uang duit duitku kaya kayaraya rejeki rezeki untung jodoh nasib takdir dunia akhirat hidup mati jiwa hati hatiku mimpi impian harapan
cahaya terang gelap damai aman amanah jujur sabar ikhlas tabah kuat hebat juara pemenang pahlawan pejuang
`
export const commonWords: ReadonlySet<string> = new Set(`${ENGLISH} ${INDONESIAN}`.split(/\s+/).filter(Boolean))

/** Words that say where one is, not who one is. */
export const productWords =
  `petaguru pemetaan bgtk disdikbud kemdikbud kemendikdasmen dinas lampung bandarlampung guru pengawas pakar sekolah kepsek
administrator kompetensi belajar dapodik katasandi sandi`.split(/\s+/)

/** Rows of keys; a walk along them is no secret. */
export const keyboardWalks = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azertyuiop',
  'qwertzuiop',
  '1qaz',
  '2wsx',
  '3edc',
  '4rfv',
  '5tgb',
  '6yhn',
  '7ujm',
  '8ik',
  '9ol',
]
