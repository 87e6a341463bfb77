#include "storage/sqlite/checked_pages.h"

#include <sqlite3.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <array>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/sqlite/log_file.h"

namespace kith::sqlite {
namespace {

// Questions of ours to sqlite3_file_control(); SQLite keeps numbers up to 100 for itself.
constexpr int kAskForDigests = 0x4b01;
constexpr int kTakeDamagedPage = 0x4b02;

constexpr int kHeaderBytes = 100;
constexpr int kReservedAt = 20;  // how many bytes at the end of a page are not SQLite's
constexpr int kMarkAt = 60;
constexpr char kMagic[] = "SQLite format 3";  // with its zero

// A new file has digests from its first page on, whichever page is written first.
enum class Pages : std::uint8_t { unknown, plain, checked };

struct Layer {
  std::string name;
  sqlite3_vfs* under = nullptr;
  sqlite3_vfs vfs{};
};

// SQLite allocates szOsFile bytes for each file: this, and the file of the layer below right behind it.
struct File {
  sqlite3_file base{};
  bool is_database = false;
  bool is_log = false;
  // Of a log: what its header says, and the first frame this connection wrote and has not committed (0: none).
  std::uint32_t log_page_bytes = 0;
  bool sums_are_big_endian = false;
  sqlite3_int64 unfinished_from = 0;
  Pages pages = Pages::unknown;
  std::uint32_t damaged = 0;
  std::vector<unsigned char> copy;  // of the page that is being written; the original is SQLite's

  sqlite3_file* own() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* self(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}
sqlite3_file* own(sqlite3_file* file) {
  return self(file)->own();
}

std::uint32_t big_endian(const unsigned char* at) {
  return std::uint32_t{at[0]} << 24 | std::uint32_t{at[1]} << 16 | std::uint32_t{at[2]} << 8 | at[3];
}

std::uint64_t digest_of(const unsigned char* page, int size, std::uint32_t number) {
  return XXH3_64bits_withSeed(page, static_cast<std::size_t>(size - kDigestBytes), number);
}

void put(unsigned char* at, std::uint64_t digest) {
  for (int i = 0; i < kDigestBytes; ++i) at[i] = static_cast<unsigned char>(digest >> (8 * i) & 0xff);
}

bool holds(const unsigned char* page, int size, std::uint32_t number) {
  unsigned char expected[kDigestBytes];
  put(expected, digest_of(page, size, number));
  return std::memcmp(expected, page + size - kDigestBytes, kDigestBytes) == 0;
}

bool is_page_size(int size) {
  return size >= 512 && (size & (size - 1)) == 0;
}
// SQLite reads and writes whole pages, but for a look at the header.
bool is_whole_page(int size, sqlite3_int64 at) {
  return is_page_size(size) && at % size == 0;
}
std::uint32_t page_number(int size, sqlite3_int64 at) {
  return static_cast<std::uint32_t>(at / size) + 1;
}

bool is_header(const unsigned char* bytes, int size, sqlite3_int64 at) {
  return at == 0 && size >= kHeaderBytes && std::memcmp(bytes, kMagic, sizeof kMagic) == 0;
}

int damaged(File& file, std::uint32_t page) {
  file.damaged = page;
  return SQLITE_IOERR_DATA;
}

// What the header says about all pages. Once they are checked they stay so, whatever a header says that was read later.
int learn(File& file, const unsigned char* header) {
  if (file.pages == Pages::checked) return SQLITE_OK;
  if (header[kReservedAt] == kDigestBytes) {
    file.pages = Pages::checked;
    return SQLITE_OK;
  }
  // One of the two witnesses was changed: the pages have digests, and this header is not as it was written.
  if (big_endian(header + kMarkAt) == kPagesAreChecked) return damaged(file, 1);
  file.pages = Pages::plain;
  return SQLITE_OK;
}

// ---- the log

sqlite3_int64 frame_bytes(int page_bytes) {
  return page_bytes + kFrameHeaderBytes;
}
// Of the page that lies at `at`; nothing when no page of a frame does.
std::optional<sqlite3_int64> frame_with_page_at(int page_bytes, sqlite3_int64 at) {
  const sqlite3_int64 behind_first = at - kLogHeaderBytes - kFrameHeaderBytes;
  // Whole frames are read, too: with their header they are no power of two.
  if (!is_page_size(page_bytes) || behind_first < 0 || behind_first % frame_bytes(page_bytes) != 0) return std::nullopt;
  return behind_first / frame_bytes(page_bytes) + 1;
}

template <std::size_t size>
std::optional<std::string_view> read_small(File& file, std::array<char, size>& to, sqlite3_int64 at) {
  if (file.own()->pMethods->xRead(file.own(), to.data(), size, at) != SQLITE_OK) return std::nullopt;
  return std::string_view(to.data(), size);
}

std::optional<LogHeader> keep_header(File& file, std::string_view bytes) {
  auto header = read_log_header(bytes);
  if (!header) return std::nullopt;
  file.log_page_bytes = header->page_bytes;
  file.sums_are_big_endian = header->sums_are_big_endian;
  return header;
}
std::optional<LogHeader> read_header(File& file) {
  std::array<char, kLogHeaderBytes> to;
  const auto bytes = read_small(file, to, 0);
  return bytes ? keep_header(file, *bytes) : std::nullopt;
}

// The sums before a frame: those of the frame before it, or of the log's header.
std::optional<Sums> sums_before(File& file, int page_bytes, sqlite3_int64 frame, sqlite3_int64 frame_at) {
  if (frame == 1 || file.log_page_bytes == 0) {
    const auto header = read_header(file);
    if (!header || frame == 1) return header ? std::optional(header->sums) : std::nullopt;
  }
  std::array<char, kFrameHeaderBytes> before;
  const auto bytes = read_small(file, before, frame_at - frame_bytes(page_bytes));
  if (!bytes) return std::nullopt;
  return read_frame_header(*bytes).sums;
}

// Sums are right from the commit on; until then SQLite may write a frame of its own transaction again without them.
bool log_holds(File& file, const void* page, int size, sqlite3_int64 at) {
  const auto frame = frame_with_page_at(size, at);
  if (!frame || (file.unfinished_from != 0 && *frame >= file.unfinished_from)) return true;
  const sqlite3_int64 frame_at = at - kFrameHeaderBytes;
  const auto before = sums_before(file, size, *frame, frame_at);
  std::array<char, kFrameHeaderBytes> header;
  const auto bytes = read_small(file, header, frame_at);
  if (!before || !bytes) return false;
  const std::string_view content(static_cast<const char*>(page), static_cast<std::size_t>(size));
  return read_frame_header(*bytes).sums == sums_after(*before, *bytes, content, file.sums_are_big_endian);
}

// SQLite writes the header of a frame by itself, before its page.
void notice_written(File& file, std::string_view bytes, sqlite3_int64 at) {
  if (at == 0 && keep_header(file, bytes)) file.unfinished_from = 0;
  if (bytes.size() != static_cast<std::size_t>(kFrameHeaderBytes)) return;
  if (file.log_page_bytes == 0 && !read_header(file)) return;
  const Frame frame = read_frame_header(bytes);
  const sqlite3_int64 number = (at - kLogHeaderBytes) / frame_bytes(static_cast<int>(file.log_page_bytes)) + 1;
  if (frame.is_commit())
    file.unfinished_from = 0;
  else if (file.unfinished_from == 0 || number < file.unfinished_from)
    file.unfinished_from = number;
}

int read(sqlite3_file* base, void* to, int size, sqlite3_int64 at) {
  File& file = *self(base);
  const int code = file.own()->pMethods->xRead(file.own(), to, size, at);
  // A file that ends too early; SQLite would go on with zeros.
  const bool is_cut = code == SQLITE_IOERR_SHORT_READ && file.pages == Pages::checked && is_whole_page(size, at);
  if (is_cut) return damaged(file, page_number(size, at));
  if (code == SQLITE_OK && file.is_log) return log_holds(file, to, size, at) ? SQLITE_OK : SQLITE_IOERR_DATA;
  if (code != SQLITE_OK || !file.is_database) return code;
  const auto* bytes = static_cast<const unsigned char*>(to);
  if (is_header(bytes, size, at))
    if (const int learned = learn(file, bytes); learned != SQLITE_OK) return learned;
  if (file.pages != Pages::checked || !is_whole_page(size, at)) return SQLITE_OK;
  const std::uint32_t number = page_number(size, at);
  return holds(bytes, size, number) ? SQLITE_OK : damaged(file, number);
}

int write(sqlite3_file* base, const void* from, int size, sqlite3_int64 at) {
  File& file = *self(base);
  if (file.is_log) notice_written(file, {static_cast<const char*>(from), static_cast<std::size_t>(size)}, at);
  if (file.is_database && is_whole_page(size, at)) {
    const auto* bytes = static_cast<const unsigned char*>(from);
    if (is_header(bytes, size, at)) file.pages = bytes[kReservedAt] == kDigestBytes ? Pages::checked : Pages::plain;
    if (file.pages == Pages::unknown) file.pages = Pages::checked;
    if (file.pages == Pages::checked) {
      file.copy.assign(bytes, bytes + size);
      put(file.copy.data() + size - kDigestBytes, digest_of(bytes, size, page_number(size, at)));
      from = file.copy.data();
    }
  }
  return file.own()->pMethods->xWrite(file.own(), from, size, at);
}

int control(sqlite3_file* base, int question, void* answer) {
  File& file = *self(base);
  if (question == kAskForDigests) {
    *static_cast<bool*>(answer) = file.pages == Pages::checked;
    return SQLITE_OK;
  }
  if (question == kTakeDamagedPage) {
    *static_cast<std::uint32_t*>(answer) = std::exchange(file.damaged, 0);
    return SQLITE_OK;
  }
  return file.own()->pMethods->xFileControl(file.own(), question, answer);
}

int close(sqlite3_file* base) {
  File* file = self(base);
  const int code = file->own()->pMethods ? file->own()->pMethods->xClose(file->own()) : SQLITE_OK;
  file->~File();
  return code;
}

// Without xFetch: pages that are mapped would be read past us.
constexpr sqlite3_io_methods kMethods = {
    .iVersion = 2,
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = [](sqlite3_file* f, sqlite3_int64 size) { return own(f)->pMethods->xTruncate(own(f), size); },
    .xSync = [](sqlite3_file* f, int flags) { return own(f)->pMethods->xSync(own(f), flags); },
    .xFileSize = [](sqlite3_file* f, sqlite3_int64* size) { return own(f)->pMethods->xFileSize(own(f), size); },
    .xLock = [](sqlite3_file* f, int level) { return own(f)->pMethods->xLock(own(f), level); },
    .xUnlock = [](sqlite3_file* f, int level) { return own(f)->pMethods->xUnlock(own(f), level); },
    .xCheckReservedLock = [](sqlite3_file* f, int* out) { return own(f)->pMethods->xCheckReservedLock(own(f), out); },
    .xFileControl = control,
    .xSectorSize = [](sqlite3_file* f) { return own(f)->pMethods->xSectorSize(own(f)); },
    .xDeviceCharacteristics = [](sqlite3_file* f) { return own(f)->pMethods->xDeviceCharacteristics(own(f)); },
    .xShmMap = [](sqlite3_file* f, int page, int size, int extend,
                  void volatile** to) { return own(f)->pMethods->xShmMap(own(f), page, size, extend, to); },
    .xShmLock = [](sqlite3_file* f, int offset, int n,
                   int flags) { return own(f)->pMethods->xShmLock(own(f), offset, n, flags); },
    .xShmBarrier = [](sqlite3_file* f) { own(f)->pMethods->xShmBarrier(own(f)); },
    .xShmUnmap = [](sqlite3_file* f, int remove) { return own(f)->pMethods->xShmUnmap(own(f), remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* base, int flags, int* out) {
  auto* layer = static_cast<Layer*>(vfs->pAppData);
  File* file = new (base) File;
  file->is_database = (flags & SQLITE_OPEN_MAIN_DB) != 0;
  file->is_log = (flags & SQLITE_OPEN_WAL) != 0;
  const int code = layer->under->xOpen(layer->under, path, file->own(), flags, out);
  if (code == SQLITE_OK) {
    file->base.pMethods = &kMethods;
    return SQLITE_OK;
  }
  file->~File();
  return code;
}

std::unique_ptr<Layer> make_layer(const std::string& base) {
  auto layer = std::make_unique<Layer>();
  layer->under = sqlite3_vfs_find(base.empty() ? nullptr : base.c_str());
  layer->name = "kith-checked" + (base.empty() ? std::string() : "-" + base);
  if (!layer->under) return layer;  // opening will say that there is no such layer
  layer->vfs = *layer->under;
  layer->vfs.pNext = nullptr;
  layer->vfs.zName = layer->name.c_str();
  layer->vfs.pAppData = layer.get();
  layer->vfs.szOsFile = static_cast<int>(sizeof(File)) + layer->under->szOsFile;
  layer->vfs.xOpen = open;
  // The others of the layer below expect to be given itself.
  layer->vfs.xDelete = [](sqlite3_vfs* v, const char* path, int sync) {
    auto* under = static_cast<Layer*>(v->pAppData)->under;
    return under->xDelete(under, path, sync);
  };
  layer->vfs.xAccess = [](sqlite3_vfs* v, const char* path, int flags, int* out) {
    auto* under = static_cast<Layer*>(v->pAppData)->under;
    return under->xAccess(under, path, flags, out);
  };
  layer->vfs.xFullPathname = [](sqlite3_vfs* v, const char* path, int size, char* out) {
    auto* under = static_cast<Layer*>(v->pAppData)->under;
    return under->xFullPathname(under, path, size, out);
  };
  sqlite3_vfs_register(&layer->vfs, 0);
  return layer;
}

}  // namespace

const std::string& checked_layer_over(const std::string& base) {
  // SQLite's own list of layers is one for the process, and so is this.
  static std::mutex one_at_a_time;
  static std::map<std::string, std::unique_ptr<Layer>> layers;
  const std::lock_guard lock(one_at_a_time);
  auto& layer = layers[base];
  if (!layer) layer = make_layer(base);
  return layer->name;
}

void begin_with_digests(sqlite3* database) {
  int bytes = kDigestBytes;
  sqlite3_file_control(database, "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes);
}

bool has_digests(sqlite3* database) {
  bool yes = false;
  return sqlite3_file_control(database, "main", kAskForDigests, &yes) == SQLITE_OK && yes;
}

std::optional<std::uint32_t> take_damaged_page(sqlite3* database) {
  std::uint32_t page = 0;
  if (sqlite3_file_control(database, "main", kTakeDamagedPage, &page) != SQLITE_OK || page == 0) return std::nullopt;
  return page;
}

}  // namespace kith::sqlite
