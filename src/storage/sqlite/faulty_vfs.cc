#include "storage/sqlite/faulty_vfs.h"

#include <sqlite3.h>

#include <new>

namespace kith::sqlite {

struct FaultyVfs::Plan {
  std::atomic<long> writes = 0;
  std::atomic<long> syncs = 0;
  std::atomic<long> full_from = 0;  // 0: never
  std::atomic<long> broken_write = 0;
  std::atomic<long> broken_sync = 0;

  int before_write() {
    const long now = ++writes;
    if (full_from != 0 && now >= full_from) return SQLITE_FULL;
    return now == broken_write ? SQLITE_IOERR_WRITE : SQLITE_OK;
  }
  int before_sync() { return ++syncs == broken_sync ? SQLITE_IOERR_FSYNC : SQLITE_OK; }
};

namespace {

// SQLite allocates szOsFile bytes for each file: this, and the machine's own file right behind it.
struct File {
  sqlite3_file base;
  FaultyVfs::Plan* plan;

  sqlite3_file* own() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* self(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}
sqlite3_file* own(sqlite3_file* file) {
  return self(file)->own();
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  if (int code = self(file)->plan->before_write(); code != SQLITE_OK) return code;
  return own(file)->pMethods->xWrite(own(file), bytes, size, offset);
}
int sync(sqlite3_file* file, int flags) {
  if (int code = self(file)->plan->before_sync(); code != SQLITE_OK) return code;
  return own(file)->pMethods->xSync(own(file), flags);
}

constexpr sqlite3_io_methods kMethods = {
    .iVersion = 2,
    .xClose = [](sqlite3_file* f) { return own(f)->pMethods ? own(f)->pMethods->xClose(own(f)) : SQLITE_OK; },
    .xRead = [](sqlite3_file* f, void* to, int n,
                sqlite3_int64 at) { return own(f)->pMethods->xRead(own(f), to, n, at); },
    .xWrite = write,
    .xTruncate = [](sqlite3_file* f, sqlite3_int64 size) { return own(f)->pMethods->xTruncate(own(f), size); },
    .xSync = sync,
    .xFileSize = [](sqlite3_file* f, sqlite3_int64* size) { return own(f)->pMethods->xFileSize(own(f), size); },
    .xLock = [](sqlite3_file* f, int level) { return own(f)->pMethods->xLock(own(f), level); },
    .xUnlock = [](sqlite3_file* f, int level) { return own(f)->pMethods->xUnlock(own(f), level); },
    .xCheckReservedLock = [](sqlite3_file* f, int* out) { return own(f)->pMethods->xCheckReservedLock(own(f), out); },
    .xFileControl = [](sqlite3_file* f, int op, void* arg) { return own(f)->pMethods->xFileControl(own(f), op, arg); },
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

std::string next_name() {
  static std::atomic<int> made = 0;
  return "kith-faulty-" + std::to_string(++made);
}

}  // namespace

struct FaultyVfs::Layer {
  std::string name = next_name();
  sqlite3_vfs* machine = sqlite3_vfs_find(nullptr);
  sqlite3_vfs vfs{};
  Plan plan;

  static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out) {
    auto* layer = static_cast<Layer*>(vfs->pAppData);
    File* ours = new (file) File{{nullptr}, &layer->plan};
    int code = layer->machine->xOpen(layer->machine, path, ours->own(), flags, out);
    if (code == SQLITE_OK) ours->base.pMethods = &kMethods;
    return code;
  }
};

FaultyVfs::FaultyVfs() : layer_(std::make_unique<Layer>()) {
  layer_->vfs = *layer_->machine;
  layer_->vfs.pNext = nullptr;
  layer_->vfs.zName = layer_->name.c_str();
  layer_->vfs.pAppData = layer_.get();
  layer_->vfs.szOsFile = static_cast<int>(sizeof(File)) + layer_->machine->szOsFile;
  layer_->vfs.xOpen = Layer::open;
  sqlite3_vfs_register(&layer_->vfs, 0);
}

FaultyVfs::~FaultyVfs() {
  sqlite3_vfs_unregister(&layer_->vfs);
}

const std::string& FaultyVfs::name() const {
  return layer_->name;
}
void FaultyVfs::fill_disk_at_write(long n) {
  layer_->plan.full_from = layer_->plan.writes + n;
}
void FaultyVfs::break_write(long n) {
  layer_->plan.broken_write = layer_->plan.writes + n;
}
void FaultyVfs::break_sync(long n) {
  layer_->plan.broken_sync = layer_->plan.syncs + n;
}
void FaultyVfs::heal() {
  layer_->plan.full_from = 0;
  layer_->plan.broken_write = 0;
  layer_->plan.broken_sync = 0;
}
long FaultyVfs::writes() const {
  return layer_->plan.writes;
}
long FaultyVfs::syncs() const {
  return layer_->plan.syncs;
}

}  // namespace kith::sqlite
